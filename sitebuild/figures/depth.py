"""The multiplications of a backward pass, counted, and what they cost with depth."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from backprop_explained import (
    SIGMOID,
    Cost,
    Network,
    Trace,
    backward,
    forward,
    random_network,
    squared_error,
)
from backprop_explained.notation import Array
from sitebuild.checks.numerals import in_words
from sitebuild.figures.svg import FAINT, RIGHT, as_svg, drawn, note

Way = Callable[[Network, Trace, Array, Cost], Any]


class Counted(np.ndarray):
    """An array that counts the multiplications it takes part in."""

    total = 0

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any
    ) -> Any:
        plain = [np.asarray(value) for value in inputs]
        result = np.asarray(getattr(ufunc, method)(*plain, **kwargs))
        if ufunc is np.multiply:
            Counted.total += result.size
        if ufunc is np.matmul:
            Counted.total += result.size * plain[0].shape[-1]
        return result.view(Counted)


def multiplications(way: Way, network: Network, x: Array) -> int:
    """How many multiplications a way to the gradient makes, from a finished trace."""
    counted = Trace(*([v.view(Counted) for v in part] for part in forward(network, x)))
    Counted.total = 0
    way(network, counted, np.zeros(counted.output.shape), squared_error)
    return Counted.total


def _known(z: Array, a: Array) -> Array:
    """The slopes of a layer, for nothing: they are not what is counted."""
    return SIGMOID.slope(np.asarray(z), np.asarray(a))


def deep(depth: int, width: int = 10) -> tuple[Network, Array]:
    """A random network of so many layers of one width, and one example."""
    rng = np.random.default_rng(0)
    row = SIGMOID._replace(slope=_known)
    network = random_network([width] * (depth + 1), row, rng)
    return network, rng.normal(size=(1, width))


def _plot(axes: Axes, depths: range, back: list[int], out: list[int]) -> None:
    deepest, middle = depths[-1], depths[-1] // 2
    axes.plot(depths, out, color=FAINT, ls=(0, (6, 2)))
    axes.plot(depths, back, color=RIGHT)
    at, beside = (middle, out[middle - 1]), (-8, 8)
    note(axes, "each layer\nwritten out", at, beside, color=FAINT, ha="right")
    note(axes, "backward", (deepest, back[-1]), (0, 7), color=RIGHT, ha="right")
    axes.set(xlabel="layers", ylabel="multiplications", ylim=(0, None))
    axes.set(xticks=[1, *range(5, deepest + 1, 5)])
    axes.yaxis.set_major_formatter("{x:,.0f}")


@cache
def line_and_parabola(written_out: Way, deepest: int = 20) -> str:
    """The multiplications of backward, and of the page's other way, over the depth."""
    depths = range(1, deepest + 1)
    ways = backward, written_out
    back, out = ([multiplications(w, *deep(n)) for n in depths] for w in ways)
    width = deep(deepest)[0].weights[0].shape[1]
    with drawn(2.75) as (drawing, axes):
        _plot(axes, depths, back, out)
    return as_svg(
        drawing,
        "depth",
        f"Passing delta down makes the work grow in a line. With {deepest} layers of "
        f"{in_words(width)} units, backward makes {back[-1]:,} multiplications; to "
        f"write the chain rule out again for each layer takes {out[-1]:,}.",
        f"Multiplications over the number of layers, from 1 to {deepest}. A straight "
        f"line for backward, from {back[0]} to {back[-1]:,}, and a curve that bends "
        f"upwards for the written-out chain rule, from {out[0]} to {out[-1]:,}.",
    )

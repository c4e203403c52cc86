"""What a check costs, by the size of the network: calls, and seconds of one machine.

`make bench` prints the table; with `--write`, the module renews the record that the
page shows.  It takes about a minute, on one thread.
"""

import sys
from collections.abc import Callable, Iterable
from functools import cache, partial
from itertools import chain
from typing import NamedTuple

import numpy as np

from backprop_explained import (
    SIGMOID,
    GradientCheck,
    Network,
    backward,
    check_gradients,
    forward,
    random_network,
    squared_error,
)
from backprop_explained.notation import Array
from sitebuild.evidence import record
from sitebuild.evidence.clock import on_one_thread, quickest

RECORD = "gradient_check_prices"


class Setting(NamedTuple):
    """A network and a batch by their sizes."""

    widths: tuple[int, ...]
    batch: int
    biases: bool = True


SETTINGS = {
    21: Setting((2, 5, 1), 10),
    2_410: Setting((64, 32, 10), 10),
    23_860: Setting((784, 30, 10), 10),
    79_400: Setting((784, 100, 10), 10, biases=False),
    535_818: Setting((784, 512, 256, 10), 32),
}
"""By the number of weights and biases."""


class Price(NamedTuple):
    """Calls and seconds of a right gradient, of one with a wrong entry, and of a call.

    To ask every entry by itself takes two calls for each.
    """

    parameters: int
    right_calls: int
    right_seconds: float
    wrong_calls: int
    wrong_seconds: float
    call_seconds: float
    verdicts: tuple[str, str]
    found: bool

    @property
    def each_calls(self) -> int:
        return 2 * self.parameters

    @property
    def each_seconds(self) -> float:
        return self.each_calls * self.call_seconds


def price(setting: Setting) -> Price:
    """Check the right gradient, then one with a wrong entry in the first array."""
    rng = np.random.default_rng(0)
    network = random_network(setting.widths, SIGMOID, rng, biases=setting.biases)
    x = rng.normal(size=(setting.batch, setting.widths[0]))
    y = rng.random((setting.batch, setting.widths[-1]))
    cost = _cost(network, x, y)
    right = backward(network, forward(network, x), y, squared_error).parameters
    worst = np.unravel_index(np.abs(right[0]).argmax(), right[0].shape)
    wrong = [array.copy() for array in right]
    wrong[0][worst] *= 1.5
    right_check = partial(check_gradients, cost, network.parameters, right)
    wrong_check = partial(check_gradients, cost, network.parameters, wrong)
    good, bad = right_check(), wrong_check()
    return Price(
        sum(array.size for array in right),
        good.calls,
        quickest(right_check),
        bad.calls,
        quickest(wrong_check),
        quickest(partial(cost, network.parameters)),
        (good.verdict, bad.verdict),
        _names(bad, tuple(map(int, worst))),
    )


def _names(check: GradientCheck, index: tuple[int, ...]) -> bool:
    place = check.arrays[0].place
    return place is not None and (place.kind, place.index) == ("entry", index)


def _cost(network: Network, x: Array, y: Array) -> Callable[[list[Array]], float]:
    def cost(parameters: list[Array]) -> float:
        """As short as people write it, without the checks of the package."""
        depth = len(network.weights)
        biases = parameters[depth:] or [0.0] * depth
        a = x
        for W, b in zip(parameters[:depth], biases, strict=True):
            a = 1 / (1 + np.exp(-(a @ W + b)))
        return float(0.5 * ((a - y) ** 2).sum())

    return cost


@cache
def recorded() -> list[Price]:
    """The record, as the page reads it."""
    rows = record.read(RECORD)
    return [Price(*row[:6], tuple(row[6]), row[7]) for row in rows]


def table(rows: Iterable[Price]) -> str:
    """Calls and seconds by size, beside two calls for each entry, in Markdown."""
    head = [
        "size",
        "right: calls",
        "s",
        "one entry wrong: calls",
        "s",
        "two for each entry: calls",
        "s",
    ]
    lines = [head, ["--:"] * len(head)]
    for row in rows:
        calls = (row.parameters, row.right_calls, row.wrong_calls, row.each_calls)
        size, *counts = (f"{number:,}" for number in calls)
        seconds = (row.right_seconds, row.wrong_seconds, row.each_seconds)
        pairs = zip(counts, map(_seconds, seconds), strict=True)
        lines.append([size, *chain.from_iterable(pairs)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _seconds(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def main() -> None:
    on_one_thread("sitebuild.evidence.gradient_check.prices")
    rows = [price(setting) for setting in SETTINGS.values()]
    print(table(rows))
    if "--write" in sys.argv:
        record.write(RECORD, [[_short(value) for value in row] for row in rows])


def _short(value: object) -> object:
    return float(f"{value:.2g}") if isinstance(value, float) else value


if __name__ == "__main__":
    main()

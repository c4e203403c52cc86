"""What a check costs, by the size of the network: calls, and seconds of one machine.

`python -m sitebuild.evidence.gradient_check.prices` renews the record, in a minute.
"""

import time
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

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
    good, good_seconds = _timed(
        lambda: check_gradients(cost, network.parameters, right)
    )
    bad, bad_seconds = _timed(lambda: check_gradients(cost, network.parameters, wrong))
    _, once = _timed(lambda: [cost(network.parameters) for _ in range(10)])
    return Price(
        sum(array.size for array in right),
        good.calls,
        good_seconds,
        bad.calls,
        bad_seconds,
        once / 10,
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


def _timed(run: Callable[[], Any]) -> tuple[Any, float]:
    """What comes out, and the seconds of processor time."""
    start = time.process_time()
    return run(), time.process_time() - start


@cache
def recorded() -> list[Price]:
    """The record, as the page reads it."""
    rows = record.read(RECORD)
    return [Price(*row[:6], tuple(row[6]), row[7]) for row in rows]


def main() -> None:
    rows = []
    for setting in SETTINGS.values():
        row = price(setting)
        rows.append([float(f"{v:.2g}") if isinstance(v, float) else v for v in row])
    record.write(RECORD, rows)


if __name__ == "__main__":
    main()

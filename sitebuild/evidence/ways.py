"""Every way to make a gradient whose training is recorded, and where it trains.

The ways are the right one, the mistakes, and the controls; the places are the post of
`sitebuild.evidence.experiments`, and networks on scikit-learn's digits.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from backprop_explained import (
    IDENTITY,
    MISTAKES,
    RELU,
    SIGMOID,
    TANH,
    Activation,
    Cost,
    Gradients,
    Network,
    random_network,
    squared_error,
    sum_of_squares,
)
from backprop_explained.check.mistaken_pass import MakeGradients
from backprop_explained.notation import Array
from sitebuild.evidence import digits, experiments
from sitebuild.evidence.experiments import CONSTANT, X, Y

RIGHT = "right"
POST = "post"
UNFIT = ("transposed", "bias gradient not summed")
"""Their arrays do not have the shapes of the parameters: no step can be made."""


def _constant(*places: bool) -> MakeGradients:
    """A slope that reads nothing, in the layers that are named."""

    def gradients(
        network: Network, x: Array, y: Array, cost: Cost, _: float | None
    ) -> Gradients:
        rows = [
            row._replace(slope=lambda z, a: np.full_like(a, CONSTANT)) if used else row
            for row, used in zip(network.activations, places, strict=True)
        ]
        other = Network(network.weights, network.biases or None, rows)
        return digits.right(other, x, y, cost)

    return gradients


CONTROLS: dict[str, MakeGradients] = {
    f"constant {CONSTANT}": _constant(True, True),
    f"constant {CONSTANT}, output layer": _constant(False, True),
    f"constant {CONSTANT}, hidden layers": _constant(True, False),
}
WAYS = {name: row.gradients for name, row in MISTAKES.items()}
WAYS = {RIGHT: digits.right, **WAYS, **CONTROLS}
"""Every way to make a gradient: the right one, the mistakes, the controls."""


class Setting(NamedTuple):
    """A network on the digits: where it starts, and its step size."""

    start: Callable[[int], Network]
    eta: float
    only: tuple[str, ...] = ()


def _start(*rows: Activation) -> Callable[[int], Network]:
    """A start with these activations, from its seed."""
    return lambda seed: random_network(digits.SIZES, rows, np.random.default_rng(seed))


_PLACES = ("", ", output layer", ", hidden layers")
_SMALLER = (
    *(f"a where z belongs{place}" for place in _PLACES),
    *(f"slope missing{place}" for place in _PLACES),
    *("slope missing in what is passed down", "factor 2", *CONTROLS),
)
_OF_TANH = (
    *("a where z belongs, hidden layers", "z where a belongs, hidden layers"),
    "the sigmoid's slope for tanh, from a",
    "the sigmoid's slope for tanh, from z",
)
_OF_RELU = "relu gated with >= on the output", "a where z belongs", "z where a belongs"
_SQUARE = partial(digits.normal, [64, 30, 30, 10], SIGMOID)

SETTINGS = {
    "sigmoid": Setting(digits.start, 3.0),
    "sigmoid, small steps": Setting(digits.start, 0.5, _SMALLER),
    "square": Setting(_SQUARE, 1.0, ("W for W.T", "output for input")),
    "tanh": Setting(_start(TANH, SIGMOID), 0.2, _OF_TANH),
    "relu": Setting(_start(RELU, IDENTITY), 0.05, _OF_RELU),
}
"""The networks on the digits; `only` names the mistakes that another does not show."""


def _can_be_made(name: str, network: Network, x: Array, y: Array, cost: Cost) -> bool:
    return name not in UNFIT and WAYS[name](network, x, y, cost, 1.0) is not None


def post_names() -> list[str]:
    """Which ways can be run on the post's data; its controls are in the old record."""
    network = experiments.start("derivative_from_output(a)", "both layers", 0)
    return [
        name
        for name in WAYS
        if name not in CONTROLS and _can_be_made(name, network, X, Y, sum_of_squares)
    ]


def digits_names(setting: str) -> list[str]:
    """Which ways are run in a setting of the digits."""
    start, _, only = SETTINGS[setting]
    if only:
        return [RIGHT, *only]
    network, x, y = start(0), np.zeros((2, 64)), np.zeros((2, 10))
    return [n for n in WAYS if _can_be_made(n, network, x, y, squared_error)]

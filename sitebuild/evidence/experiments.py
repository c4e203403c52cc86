r"""The recorded experiment behind the question's four readings.

James Loy's post: four examples, a 3-4-1 network without biases, weights drawn from
[0, 1), the sum of squares, step size 1.  Each reading of the slope trains from the same
200 starts, and on its own way its gradient is held beside the right one.

`python -m sitebuild.evidence.four_runs` renews the record, in 20 minutes;
[four_readings][sitebuild.evidence.experiments.four_readings] reads it.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from backprop_explained import (
    SIGMOID,
    Network,
    predict,
    random_network,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)
from backprop_explained.notation import Array
from sitebuild.evidence import record

X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=float)
Y = np.array([[0], [1], [1], [0]], dtype=float)
STEP_SIZE = 1.0
SEEDS = range(200)
EARLY, LATE = 1_500, 20_000
CONSTANT = 0.22
"""A slope that reads nothing; that of derivative(a) is between 0.197 and 0.25."""

Slope = Callable[[Array, Array], Array]

_READINGS: dict[str, Slope] = {
    "derivative(z)": lambda z, a: sigmoid_derivative(z),
    "derivative_from_output(a)": lambda z, a: sigmoid_derivative_from_output(a),
    "derivative_from_output(z)": lambda z, a: sigmoid_derivative_from_output(z),
    "derivative(a)": lambda z, a: sigmoid_derivative(a),
}
_SLOPES = _READINGS | {f"constant {CONSTANT}": lambda z, a: np.full_like(z, CONSTANT)}
_RIGHT, _WRONG = list(_SLOPES)[:2], list(_SLOPES)[2:]
_PLACES = {  # in the hidden layer, in the output layer
    "both layers": (True, True),
    "output only": (False, True),
    "hidden only": (True, False),
}
VARIANTS = [
    *((name, "both layers") for name in _RIGHT),
    *((name, place) for name in _WRONG for place in _PLACES),
]
"""Every (reading, layers) in the record; the other layer has the right slope."""


def readings() -> Mapping[str, Slope]:
    """The question's four readings, by name, as slopes `(z, a) -> da/dz`.

    Examples
    --------
    >>> z = np.array([2.0])
    >>> for name, slope in readings().items():
    ...     print(f"{name:<26} {slope(z, SIGMOID.function(z)).item():.4f}")
    derivative(z)              0.1050
    derivative_from_output(a)  0.1050
    derivative_from_output(z)  -2.0000
    derivative(a)              0.2072
    """
    return dict(_READINGS)


class Run(NamedTuple):
    """One seed of one variant; after `stopped` steps the cost was no longer finite.

    `early` is after 1,500 steps, `late` after 20,000; a cost is None where it is not
    finite, and both late fields are None where so long a run was not made.

    `nudged` tells whether the start still learns with each weight moved to the next
    float up or down, so that a result that rests on rounding shows itself.

    At the end, or just before the stop, `from_half` is the largest distance of an
    output from ½, and `hidden_max` the largest output of a hidden unit.  `error` is the
    largest relative error of a gradient array at the start, by central differences.

    The cosines to the right gradient are over all weights, in the first 1,500 steps;
    `compared` counts the steps at which both gradients are finite and not 0, and
    `negative` those of them with a cosine below 0.  `ratio` is the slope used over the
    right slope at the hidden units; None for derivative_from_output(z), which has no
    bound.
    """

    seed: int
    stopped: int | None
    learned_early: bool
    cost_early: float | None
    learned_late: bool | None
    cost_late: float | None
    nudged_early: bool
    nudged_late: bool | None
    from_half: float
    hidden_max: float
    error: float
    cosine_start: float
    cosine_min: float
    compared: int
    negative: int
    ratio_median: float | None
    ratio_max: float | None


class Variant(NamedTuple):
    """All runs of one reading in the layers that are named.

    Examples
    --------
    >>> right = four_readings()["derivative(z)"]
    >>> right.reading, right.layers, len(right.runs)
    ('derivative(z)', 'both layers', 200)
    """

    reading: str
    layers: str
    runs: tuple[Run, ...]

    def learned(self, steps: int = EARLY) -> int | None:
        """How many starts end with all outputs on the right side of ½.

        None where so long a run was not made.
        """
        flags = self._column("learned", steps)
        return None if None in flags else sum(flags)

    def flipped(self, steps: int = EARLY) -> int | None:
        """How many learn either as they are or nudged, and not both."""
        as_is, nudged = self._column("learned", steps), self._column("nudged", steps)
        if None in [*as_is, *nudged]:
            return None
        return sum(bool(a) != bool(b) for a, b in zip(as_is, nudged, strict=True))

    def median_cost(self, steps: int = EARLY) -> float | None:
        """The median cost of the starts whose cost is still finite, if any is."""
        costs = [c for c in self._column("cost", steps) if c is not None]
        return float(np.median(costs)) if costs else None

    def stopped(self) -> int:
        """How many starts left the finite numbers."""
        return sum(run.stopped is not None for run in self.runs)

    def _column(self, name: str, steps: int) -> list[Any]:
        if steps not in (EARLY, LATE):
            raise ValueError(f"steps must be {EARLY} or {LATE}, not {steps}")
        suffix = "early" if steps == EARLY else "late"
        return [getattr(run, f"{name}_{suffix}") for run in self.runs]

    def values(self, field: str) -> list[float]:
        """A field of each run that has it, such as `cost_early`."""
        values = [getattr(run, field) for run in self.runs]
        return [float(value) for value in values if value is not None]

    def median(self, field: str) -> float:
        """The median of a field, such as `cosine_min`, over the runs that have it."""
        return float(np.median(self.values(field)))

    @property
    def ever_negative(self) -> int:
        """How many starts meet a step at which the cosine is below 0."""
        return sum(run.negative > 0 for run in self.runs)

    @property
    def negative_share(self) -> float:
        """The share of all compared steps at which the cosine is below 0."""
        compared = sum(run.compared for run in self.runs)
        return sum(run.negative for run in self.runs) / compared


def start(reading: str, layers: str, seed: int) -> Network:
    """The network of a seed before its first step, with the slopes of a variant."""
    wrong = SIGMOID._replace(slope=_SLOPES[reading])
    rows = [wrong if used else SIGMOID for used in _PLACES[layers]]
    rng = np.random.RandomState(seed)
    uniform = np.random.RandomState.random_sample
    return random_network([3, 4, 1], rows, rng, uniform, biases=False)


def learned(network: Network) -> bool:
    """Whether all four outputs are on the right side of ½."""
    return bool(((predict(network, X) - 0.5) * (Y - 0.5) > 0).all())


def four_readings() -> dict[str, Variant]:
    """The record of the four readings, each in both layers, by name."""
    found = variants()
    return {name: found[name, "both layers"] for name in _READINGS}


def variants() -> dict[tuple[str, str], Variant]:
    """The whole record by (reading, layers), wrong slopes in one layer included."""
    rows = record.read("four_readings")["runs"]
    return {
        (reading, layers): Variant(
            reading, layers, tuple(Run(*row) for row in rows[f"{reading}, {layers}"])
        )
        for reading, layers in VARIANTS
    }

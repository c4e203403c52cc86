r"""The recorded experiment behind the question's four readings.

James Loy's post: four examples, a 3-4-1 network without biases, weights drawn from
[0, 1), the sum of squares, step size 1.  Each reading of the slope trains from the same
200 starts, and on its own way its gradient is held beside the right one.

`python -m sitebuild.evidence.experiments` renews the record, in 20 minutes;
[four_readings][sitebuild.evidence.experiments.four_readings] reads it.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple

import numpy as np

from backprop_explained import (
    SIGMOID,
    Gradients,
    Network,
    NonFiniteCostError,
    Trace,
    backward,
    check_gradients,
    descend,
    forward,
    predict,
    random_network,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
    sum_of_squares,
    train,
)
from backprop_explained.notation import Array
from sitebuild.evidence import record
from sitebuild.evidence.record import rounded
from sitebuild.evidence.rounding import nudge

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
_CONTROL = f"constant {CONSTANT}"
_WRONG: dict[str, Slope] = {
    "derivative_from_output(z)": _READINGS["derivative_from_output(z)"],
    "derivative(a)": _READINGS["derivative(a)"],
    _CONTROL: lambda z, a: np.full_like(z, CONSTANT),
}
_PLACES = {  # in the hidden layer, in the output layer
    "both layers": (True, True),
    "output only": (False, True),
    "hidden only": (True, False),
}
VARIANTS = [
    *((name, "both layers") for name in _READINGS if name not in _WRONG),
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

    def nudged(self, steps: int = EARLY) -> int | None:
        """How many learn from a start moved by one rounding; None where not run."""
        flags = self._column("nudged", steps)
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
    wrong = SIGMOID._replace(slope=(_READINGS | _WRONG)[reading])
    rows = [wrong if used else SIGMOID for used in _PLACES[layers]]
    rng = np.random.RandomState(seed)
    return random_network([3, 4, 1], rows, rng, _uniform, biases=False)


def _uniform(rng: np.random.RandomState, shape: tuple[int, int]) -> Array:
    return rng.random_sample(shape)


def run(reading: str, layers: str, seed: int, until: int = EARLY) -> Run:
    """Make one row of the record afresh; `until` is 1,500 or 20,000."""
    network = start(reading, layers, seed)
    bounded = reading != "derivative_from_output(z)"
    with np.errstate(over="ignore", invalid="ignore"):  # diverging is a result here
        ends, stopped, last = outcome(network, until)
        seen = _watch(network, min(EARLY, stopped or EARLY))
        row = (
            (seed, stopped, *ends[EARLY], *ends.get(LATE, (None, None)))
            + _nudged_fields(reading, layers, seed, until)
            + (*_final_outputs(last), _error(network))
            + _cosine_fields(seen.cosines)
            + (_ratio_fields(seen.ratios) if bounded else (None, None))
        )
    return Run._make(row)


End = tuple[bool, float | None]


def outcome(network: Network, until: int) -> tuple[dict[int, End], int | None, Network]:
    """Learned and cost at each checkpoint, the step of the stop, the last network."""
    checkpoints = [steps for steps in (EARLY, LATE) if steps <= until]
    ends: dict[int, End] = dict.fromkeys(checkpoints, (False, None))
    done = 0
    for steps in checkpoints:
        try:
            trained = train(network, X, Y, sum_of_squares, steps - done, STEP_SIZE)
        except NonFiniteCostError as error:
            return ends, done + error.step, error.network
        network, done = trained.network, steps
        ends[steps] = (learned(network), rounded(trained.costs[-1]))
    return ends, None, network


def _nudged_fields(
    reading: str, layers: str, seed: int, until: int
) -> tuple[bool, bool | None]:
    """Of the four, only derivative(a) flips early, so it alone is nudged for long."""
    if (reading, layers) != ("derivative(a)", "both layers"):
        until = EARLY
    ends, _, _ = outcome(nudge(start(reading, layers, seed), seed), until)
    return ends[EARLY][0], ends[LATE][0] if LATE in ends else None


def learned(network: Network) -> bool:
    """Whether all four outputs are on the right side of ½."""
    return bool(((predict(network, X) - 0.5) * (Y - 0.5) > 0).all())


class _Seen(NamedTuple):
    cosines: Array  # one a step, NaN where a gradient is 0 or not finite
    ratios: Array  # the slope used over the right one, per step and hidden unit


def _watch(network: Network, steps: int) -> _Seen:
    """Hold the gradient beside the right one at the weights of each step."""
    cosines, ratios = [], []
    for step in range(steps):
        trace = forward(network, X)
        used = backward(network, trace, Y, sum_of_squares)
        right = backward(Network(network.weights), trace, Y, sum_of_squares)
        cosines.append(cosine(used, right))
        ratios.append(_hidden_ratio(network, trace))
        if step < steps - 1:  # after the last one of a diverging run nothing is finite
            network = descend(network, used, STEP_SIZE)
    return _Seen(np.array(cosines), np.array(ratios))


def cosine(used: Gradients, right: Gradients) -> float:
    """The cosine over all parameters of two gradients."""
    units = [_unit(gradients) for gradients in (used, right)]
    return float(np.clip(units[0] @ units[1], -1, 1))


def _unit(gradients: Gradients) -> Array:
    """All entries as one vector of length 1, scaled first so no square overflows."""
    flat = np.concatenate([array.ravel() for array in gradients.parameters])
    with np.errstate(divide="ignore"):
        flat /= np.abs(flat).max()
        flat /= np.linalg.norm(flat)
    return flat


def _hidden_ratio(network: Network, trace: Trace) -> Array:
    z, a = trace.zs[0], trace.activations[1]
    with np.errstate(divide="ignore"):
        ratio: Array = network.activations[0].slope(z, a) / sigmoid_derivative(z)
    return ratio


def _cosine_fields(cosines: Array) -> tuple[float, float, int, int]:
    compared = cosines[np.isfinite(cosines)]
    negative = int((compared < 0).sum())
    return rounded(cosines[0], 4), rounded(compared.min(), 4), len(compared), negative


def _ratio_fields(ratios: Array) -> tuple[float, float]:
    return rounded(np.median(ratios), 4), rounded(ratios.max(), 4)


def _final_outputs(network: Network) -> tuple[float, float]:
    _, hidden, a = forward(network, X).activations
    return rounded(np.abs(a - 0.5).max(), 4), rounded(hidden.max(), 4)


def _error(network: Network) -> float:
    """The largest relative error of a gradient array against central differences."""
    gradients = backward(network, forward(network, X), Y, sum_of_squares)
    check = check_gradients(_cost_of, network.parameters, gradients.parameters)
    return rounded(max(check.errors), 3)


def _cost_of(weights: Sequence[Array]) -> float:
    return sum_of_squares(predict(Network(weights), X), Y)


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


def _until(reading: str, layers: str) -> int:
    """Long runs are for the question's own four, which read alike in both layers."""
    return LATE if reading in _READINGS and layers == "both layers" else EARLY


def _seed_runs(seed: int) -> list[Run]:
    return [run(*variant, seed, _until(*variant)) for variant in VARIANTS]


def main() -> None:
    """Run every seed of every variant, one process per core, and keep the record."""
    began = time.perf_counter()
    with ProcessPoolExecutor() as pool:
        columns = zip(*pool.map(_seed_runs, SEEDS), strict=True)
        runs = dict(zip(map(", ".join, VARIANTS), columns, strict=True))
    record.write("four_readings", {"columns": Run._fields, "runs": runs})
    print(f"{(time.perf_counter() - began) / 60:.1f} minutes")


if __name__ == "__main__":
    main()

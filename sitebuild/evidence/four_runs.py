"""Makes the record of the four readings: every start of every variant, step by step.

`python -m sitebuild.evidence.four_runs` does it, in 20 minutes.
"""

import time
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from backprop_explained import (
    Gradients,
    Network,
    NonFiniteCostError,
    Trace,
    backward,
    check_gradients,
    descend,
    forward,
    predict,
    sigmoid_derivative,
    sum_of_squares,
    train,
)
from backprop_explained.notation import Array
from sitebuild.evidence import record
from sitebuild.evidence.digits import right
from sitebuild.evidence.experiments import (
    EARLY,
    LATE,
    SEEDS,
    STEP_SIZE,
    VARIANTS,
    Run,
    X,
    Y,
    learned,
    readings,
    start,
)
from sitebuild.evidence.record import rounded
from sitebuild.evidence.rounding import nudge


def run(reading: str, layers: str, seed: int, until: int = EARLY) -> Run:
    """Make one row of the record afresh; `until` is 1,500 or 20,000."""
    network = start(reading, layers, seed)
    bounded = reading != "derivative_from_output(z)"
    with np.errstate(over="ignore", invalid="ignore"):  # diverging is a result here
        ends, stopped, last = outcome(network, until)
        cosines, ratios = _watch(network, min(EARLY, stopped or EARLY))
        return Run(
            *(seed, stopped, *ends[EARLY], *ends.get(LATE, (None, None))),
            *_nudged_fields(reading, layers, seed, until),
            *(*_final_outputs(last), _error(network)),
            *_cosine_fields(cosines),
            *(_ratio_fields(ratios) if bounded else (None, None)),
        )


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


def _watch(network: Network, steps: int) -> tuple[Array, Array]:
    """Hold the gradient beside the right one at the weights of each step.

    The cosines, one per step, are NaN where a gradient is 0 or not finite; the ratios,
    of the slope used to the right one, are those of each step and hidden unit.
    """
    cosines, ratios = [], []
    for step in range(steps):
        trace = forward(network, X)
        used = backward(network, trace, Y, sum_of_squares)
        true = backward(Network(network.weights), trace, Y, sum_of_squares)
        cosines.append(cosine(used, true))
        ratios.append(_hidden_ratio(network, trace))
        if step < steps - 1:  # after the last one of a diverging run nothing is finite
            network = descend(network, used, STEP_SIZE)
    return np.array(cosines), np.array(ratios)


def cosine(one: Gradients, other: Gradients) -> float:
    return float(np.clip(_unit(one) @ _unit(other), -1, 1))


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
        return np.asarray(network.activations[0].slope(z, a) / sigmoid_derivative(z))


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
    gradients = right(network, X, Y, sum_of_squares)
    cost = lambda weights: sum_of_squares(predict(Network(weights), X), Y)
    check = check_gradients(cost, network.parameters, gradients.parameters)
    return rounded(max(check.errors), 3)


def _until(reading: str, layers: str) -> int:
    """Long runs are for the question's own four, which read alike in both layers."""
    return LATE if reading in readings() and layers == "both layers" else EARLY


def _seed_runs(seed: int) -> list[Run]:
    return [run(*variant, seed, _until(*variant)) for variant in VARIANTS]


if __name__ == "__main__":
    began = time.perf_counter()
    with ProcessPoolExecutor() as pool:
        columns = zip(*pool.map(_seed_runs, SEEDS), strict=True)
        runs = dict(zip(map(", ".join, VARIANTS), columns, strict=True))
    record.write("four_readings", {"columns": Run._fields, "runs": runs})
    print(f"{(time.perf_counter() - began) / 60:.1f} minutes")

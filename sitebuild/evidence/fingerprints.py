"""What each mistake does to a training, recorded.

Two settings: the post of `sitebuild.evidence.experiments` (200 starts, 1,500
steps; the first 20 of them also for 20,000) and scikit-learn's digits (20 starts, 30
epochs).  A mistake is recorded in each where it can be made and its
gradient has the shapes of an update.

`python -m sitebuild.evidence.fingerprints` renews the record, in 17 minutes on two busy
cores; it needs scikit-learn.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from backprop_explained import (
    IDENTITY,
    MISTAKES,
    RELU,
    SIGMOID,
    TANH,
    Cost,
    Gradients,
    Network,
    backward,
    check_gradients,
    descend,
    forward,
    predict,
    random_network,
    relative_error,
    squared_error,
    sum_of_squares,
)
from backprop_explained.notation import Array
from sitebuild.evidence import digits, experiments
from sitebuild.evidence.experiments import (
    CONSTANT,
    EARLY,
    LATE,
    STEP_SIZE,
    X,
    Y,
    learned,
)

RECORD = Path(__file__).parent / "records" / "fingerprints.json"
RIGHT = "right"
LONG = range(20)
"""The starts of the post that go on to 20,000 steps."""

UNFIT = ("transposed", "bias gradient not summed")
"""Their arrays do not have the shapes of the parameters: no step can be made."""

MakeGradients = Callable[[Network, Array, Array, Cost, float | None], Gradients | None]


# ---- what trains


def _right(
    network: Network, x: Array, y: Array, cost: Cost, _: float | None
) -> Gradients:
    return backward(network, forward(network, x), y, cost)


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
        return backward(other, forward(other, x), y, cost)

    return gradients


CONTROLS: dict[str, MakeGradients] = {
    f"constant {CONSTANT}": _constant(True, True),
    f"constant {CONSTANT}, output layer": _constant(False, True),
    f"constant {CONSTANT}, hidden layers": _constant(True, False),
}
WAYS: dict[str, MakeGradients] = (
    {RIGHT: _right} | {row.name: row.gradients for row in MISTAKES.values()} | CONTROLS
)
"""Every way to make a gradient: the right one, the mistakes, the controls."""


class Setting(NamedTuple):
    """A network on the digits: where it starts, and its step size."""

    start: Callable[[int], Network]
    eta: float
    only: tuple[str, ...] = ()


def _square_start(seed: int) -> Network:
    rng = np.random.default_rng(seed)
    network = random_network([64, 30, 30, 10], SIGMOID, rng)
    return network.with_parameters(
        [rng.normal(size=p.shape) for p in network.parameters]
    )


def _tanh_start(seed: int) -> Network:
    return random_network([64, 30, 10], [TANH, SIGMOID], np.random.default_rng(seed))


def _relu_start(seed: int) -> Network:
    return random_network([64, 30, 10], [RELU, IDENTITY], np.random.default_rng(seed))


_SMALLER = (
    *(
        f"a where z belongs{place}"
        for place in ("", ", output layer", ", hidden layers")
    ),
    *(f"slope missing{place}" for place in ("", ", output layer", ", hidden layers")),
    "slope missing in what is passed down",
    "factor 2",
    *CONTROLS,
)

SETTINGS = {
    "sigmoid": Setting(digits.start, 3.0),
    "sigmoid, small steps": Setting(digits.start, 0.5, _SMALLER),
    "square": Setting(_square_start, 1.0, ("W for W.T", "output for input")),
    "tanh": Setting(
        _tanh_start,
        0.2,
        (
            "a where z belongs, hidden layers",
            "z where a belongs, hidden layers",
            "the sigmoid's slope for tanh, from a",
            "the sigmoid's slope for tanh, from z",
        ),
    ),
    "relu": Setting(
        _relu_start,
        0.05,
        ("relu gated with >= on the output", "a where z belongs", "z where a belongs"),
    ),
}
"""The networks on the digits; `only` names the mistakes that another does not show."""


# ---- the post


class PostRun(NamedTuple):
    """One start of the post's network under one way to make a gradient.

    After `stopped` steps a number was no longer finite.  `lowest` is the lowest cost of
    the first 1,500 steps, met after `lowest_at` of them; `cost_late` and `lowest_late`
    are those of 20,000, or None.  `error` is the largest relative error of a gradient
    array at the start by central differences, `cosine` that of all weights to the right
    gradient.
    """

    seed: int
    stopped: int | None
    learned: bool
    cost: float | None
    lowest: float
    lowest_at: int
    error: float
    cosine: float
    learned_late: bool | None
    cost_late: float | None
    lowest_late: float | None


def post_run(name: str, seed: int, long: bool) -> PostRun:
    """Make one row of the record afresh."""
    network = experiments.start("derivative_from_output(a)", "both layers", seed)
    with np.errstate(over="ignore", invalid="ignore"):  # diverging is a result here
        costs, ends = _train(WAYS[name], network, LATE if long else EARLY)
    stopped = None if EARLY in ends and (LATE in ends or not long) else len(costs)
    early = costs[: EARLY + 1]
    return PostRun(
        seed,
        stopped,
        *_end(costs, ends, EARLY),
        _round(min(early)),
        int(np.argmin(early)),
        *_distance(WAYS[name], network),
        *(_end(costs, ends, LATE) if long else (None, None)),
        _round(min(costs)) if long else None,
    )


def _train(
    make: MakeGradients, network: Network, steps: int
) -> tuple[list[float], dict[int, bool]]:
    """The cost before each step and after the last; learned at each checkpoint."""
    costs: list[float] = []
    ends: dict[int, bool] = {}
    for step in range(steps + 1):
        cost = sum_of_squares.value(predict(network, X), Y)
        if not np.isfinite(cost):
            break
        costs.append(float(cost))
        if step in (EARLY, LATE):
            ends[step] = learned(network)
        if step < steps:
            gradients = make(network, X, Y, sum_of_squares, STEP_SIZE)
            if gradients is None or not _is_finite(gradients):
                break
            network = descend(network, gradients, STEP_SIZE)
    return costs, ends


def _is_finite(gradients: Gradients) -> bool:
    return all(np.isfinite(array).all() for array in gradients.parameters)


def _end(
    costs: list[float], ends: dict[int, bool], steps: int
) -> tuple[bool, float | None]:
    return (ends[steps], _round(costs[steps])) if steps in ends else (False, None)


def _distance(make: MakeGradients, network: Network) -> tuple[float, float]:
    """How far the gradient is from the right one at the start of the post."""
    given = make(network, X, Y, sum_of_squares, STEP_SIZE)
    right = _right(network, X, Y, sum_of_squares, STEP_SIZE)
    assert given is not None

    def cost(parameters: Sequence[Array]) -> float:
        return sum_of_squares(predict(network.with_parameters(parameters), X), Y)

    check = check_gradients(cost, network.parameters, given.parameters)
    return _round(max(check.errors), 3), _cosine(given, right)


def _cosine(given: Gradients, right: Gradients) -> float:
    u, v = (np.concatenate([p.ravel() for p in g.parameters]) for g in (given, right))
    return _round(u @ v / np.linalg.norm(u) / np.linalg.norm(v), 4)


def _round(value: Any, places: int = 6) -> float:
    return float(f"{value:.{places}g}")


# ---- the digits


class DigitsRun(NamedTuple):
    """One start on the digits.

    `correct` counts the test pictures read correctly, out of 360, before the first and
    after each epoch; it is shorter where a gradient was no longer finite.  `error` and
    `cosine` are to the right gradient at the first step.
    """

    seed: int
    error: float
    cosine: float
    correct: list[int]


def digits_run(
    data: digits.Digits, setting: str, name: str, seed: int, epochs: int = digits.EPOCHS
) -> DigitsRun:
    """Make one row of the record afresh."""
    start, eta, _ = SETTINGS[setting]

    def make(network: Network, x: Array, y: Array, step_size: float) -> Gradients:
        gradients = WAYS[name](network, x, y, squared_error, step_size)
        assert gradients is not None
        return gradients

    network = start(seed)
    x, y = digits.first_batch(data, seed)
    given = make(network, x, y, eta / len(x))
    right = _right(network, x, y, squared_error, None)
    pairs = zip(given.parameters, right.parameters, strict=True)
    error = max(relative_error(u, v) for u, v in pairs)
    with np.errstate(over="ignore", invalid="ignore"):
        correct = digits.run(data, seed, epochs, network, make, eta)
    return DigitsRun(seed, _round(error, 3), _cosine(given, right), correct)


@cache
def _digits() -> digits.Digits:
    return digits.load()


# ---- the record


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


def _post_column(name: str) -> list[PostRun]:
    return [post_run(name, seed, seed in LONG) for seed in experiments.SEEDS]


def _digits_column(task: tuple[str, str]) -> list[DigitsRun]:
    return [digits_run(_digits(), *task, seed) for seed in digits.SEEDS]


@cache
def post(record: Path = RECORD) -> dict[str, tuple[PostRun, ...]]:
    """The runs on the post's data, by name."""
    rows = json.loads(record.read_text("utf-8"))["post"]
    return {name: tuple(PostRun(*row) for row in runs) for name, runs in rows.items()}


@cache
def on_digits(
    setting: str = "sigmoid", record: Path = RECORD
) -> dict[str, tuple[DigitsRun, ...]]:
    """The runs on the digits in one setting, by name."""
    rows = json.loads(record.read_text("utf-8"))["digits"][setting]
    return {name: tuple(DigitsRun(*row) for row in runs) for name, runs in rows.items()}


TESTED = 360
"""The test pictures of the digits."""


class Accuracy(NamedTuple):
    """The share of the test pictures read correctly after the last epoch, in %.

    Over the starts that did not overflow; None where all did.
    """

    mean: float | None
    least: float | None
    most: float | None
    overflowed: int


def accuracy(runs: Sequence[DigitsRun]) -> Accuracy:
    """What 20 starts on the digits come to."""
    ends = [r.correct[-1] for r in runs if len(r.correct) == digits.EPOCHS + 1]
    lost = len(runs) - len(ends)
    if not ends:
        return Accuracy(None, None, None, lost)
    shares = 100 * np.array(ends) / TESTED
    return Accuracy(float(shares.mean()), shares.min(), shares.max(), lost)


def learned_starts(runs: Sequence[PostRun]) -> int:
    """How many starts of the post have learned after 1,500 steps."""
    return sum(run.learned for run in runs)


def overflowed(runs: Sequence[PostRun]) -> int:
    """How many starts of the post left the numbers a float can hold."""
    return sum(run.stopped is not None for run in runs)


def median(runs: Sequence[PostRun | DigitsRun], field: str) -> float | None:
    """The median of a field over the runs that have it."""
    values = [getattr(run, field) for run in runs]
    held = [value for value in values if value is not None]
    return float(np.median(held)) if held else None


def write(record: Path = RECORD) -> None:
    """Run everything, one process a core, and write the record."""
    tasks = [(setting, name) for setting in SETTINGS for name in digits_names(setting)]
    with ProcessPoolExecutor() as pool:
        on_post = pool.map(_post_column, post_names())
        columns = pool.map(_digits_column, tasks)
        post_runs = dict(zip(post_names(), on_post, strict=True))
        digits_runs: dict[str, dict[str, Any]] = {setting: {} for setting in SETTINGS}
        for (setting, name), runs in zip(tasks, columns, strict=True):
            digits_runs[setting][name] = runs
    record.write_text(
        "\n".join(_as_json({"post": post_runs, "digits": digits_runs})) + "\n", "utf-8"
    )


def _as_json(tree: dict[str, Any] | list[Any]) -> Iterator[str]:
    """One run a line, so that a changed result is a changed line."""
    if isinstance(tree, list):
        rows = [json.dumps(r, allow_nan=False, separators=(",", ":")) for r in tree]
        yield "[\n" + ",\n".join(rows) + "]"
        return
    inner = [f"{json.dumps(key)}: " + "\n".join(_as_json(tree[key])) for key in tree]
    yield "{\n" + ",\n".join(inner) + "\n}"


def main() -> None:
    began = time.perf_counter()
    write()
    print(f"{RECORD.name}: {(time.perf_counter() - began) / 60:.1f} minutes")


if __name__ == "__main__":
    main()

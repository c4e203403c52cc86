"""What each mistake does to a training, recorded.

Two settings: the post of `sitebuild.evidence.experiments` (200 starts, 1,500
steps; the first 20 of them also for 20,000) and scikit-learn's digits (20 starts, 30
epochs).  A mistake is recorded in each where it can be made and its
gradient has the shapes of an update.  The first starts of each run a second time,
nudged: what then ends otherwise hangs on the last bit.

`python -m sitebuild.evidence.fingerprints` renews the record, in 20 minutes on two busy
cores; with names, as of a new mistake, it runs these alone.  It needs scikit-learn.
`sitebuild.evidence.marks` reads the record.
"""

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np

from backprop_explained import (
    Network,
    check_gradients,
    descend,
    predict,
    relative_error,
    squared_error,
    sum_of_squares,
)
from backprop_explained.check.mistaken_pass import MakeGradients
from sitebuild.evidence import digits, experiments, record
from sitebuild.evidence.experiments import EARLY, LATE, STEP_SIZE, X, Y, learned
from sitebuild.evidence.four_runs import cosine
from sitebuild.evidence.record import rounded
from sitebuild.evidence.rounding import NUDGE, nudge
from sitebuild.evidence.ways import POST, SETTINGS, WAYS, digits_names, post_names

LONG = range(20)
"""The starts of the post that go on to 20,000 steps."""

NUDGED = {"post": range(20), "digits": range(3)}
"""The starts that are run a second time, nudged."""


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

    @property
    def end(self) -> list[bool | float | None]:
        """Learned, the cost and the lowest one, with more digits than a page prints."""
        costs = (self.cost, self.lowest)
        return [self.learned, *(cost and rounded(cost, 3) for cost in costs)]


def post_run(name: str, seed: int, long: bool, by: float = 0.0) -> PostRun:
    """Make one row of the record afresh, from a start that is nudged by so much."""
    network = experiments.start("derivative_from_output(a)", "both layers", seed)
    network = nudge(network, seed, by)
    with np.errstate(over="ignore", invalid="ignore"):  # diverging is a result here
        costs, ends = _train(WAYS[name], network, LATE if long else EARLY)
    stopped = None if EARLY in ends and (LATE in ends or not long) else len(costs)
    early = costs[: EARLY + 1]
    return PostRun(
        seed,
        stopped,
        *_end(costs, ends, EARLY),
        rounded(min(early)),
        int(np.argmin(early)),
        *_distance(WAYS[name], network),
        *(_end(costs, ends, LATE) if long else (None, None)),
        rounded(min(costs)) if long else None,
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
            if gradients is None or not digits.is_finite(gradients):
                break
            network = descend(network, gradients, STEP_SIZE)
    return costs, ends


def _end(
    costs: list[float], ends: dict[int, bool], steps: int
) -> tuple[bool, float | None]:
    return (ends[steps], rounded(costs[steps])) if steps in ends else (False, None)


def _distance(make: MakeGradients, network: Network) -> tuple[float, float]:
    """How far the gradient is from the right one at the start of the post."""
    given = make(network, X, Y, sum_of_squares, STEP_SIZE)
    true = digits.right(network, X, Y, sum_of_squares)
    assert given is not None
    cost = lambda p: sum_of_squares(predict(network.with_parameters(p), X), Y)
    check = check_gradients(cost, network.parameters, given.parameters)
    return rounded(max(check.errors), 3), rounded(cosine(given, true), 4)


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
    setting: str, name: str, seed: int, epochs: int = digits.EPOCHS, by: float = 0.0
) -> DigitsRun:
    """Make one row of the record afresh, from a start that is nudged by so much."""
    start, eta, _ = SETTINGS[setting]
    network = nudge(start(seed), seed, by)
    x, y = digits.first_batch(seed)
    given = WAYS[name](network, x, y, squared_error, eta / len(x))
    assert given is not None
    true = digits.right(network, x, y, squared_error)
    pairs = zip(given.parameters, true.parameters, strict=True)
    error = max(relative_error(u, v) for u, v in pairs)
    with np.errstate(over="ignore", invalid="ignore"):
        correct = digits.run(seed, epochs, network, WAYS[name], eta)
    return DigitsRun(seed, rounded(error, 3), rounded(cosine(given, true), 4), correct)


# ---- the record


Task = tuple[str, str]
"""A setting, and the way that is run in it."""


def tasks() -> list[Task]:
    return [(POST, name) for name in post_names()] + [
        (setting, name) for setting in SETTINGS for name in digits_names(setting)
    ]


def _column(task: Task) -> list[PostRun] | list[DigitsRun]:
    setting, name = task
    if setting == POST:
        return [post_run(name, seed, seed in LONG) for seed in experiments.SEEDS]
    return [digits_run(*task, seed) for seed in digits.SEEDS]


def nudged_column(task: Task) -> list[Any]:
    """How the first starts end, nudged; see `sitebuild.evidence.marks.ends`."""
    setting, name = task
    if setting == POST:
        runs = [post_run(name, seed, False, NUDGE) for seed in NUDGED["post"]]
        return [run.end for run in runs]
    return [digits_run(*task, seed, by=NUDGE).correct for seed in NUDGED["digits"]]


def main(*names: str) -> None:
    """Run everything, or what goes by these names, and keep it in the record."""
    if find_spec("sklearn") is None:
        sys.exit("This record needs scikit-learn; make peers installs it.")
    if unknown := set(names) - {name for _, name in tasks()}:
        sys.exit(f"No mistake that can be run is called {', '.join(sorted(unknown))}.")
    began = time.perf_counter()
    todo = [task for task in tasks() if not names or task[1] in names]
    old = record.read("fingerprints")
    with ProcessPoolExecutor() as pool:
        for kind, column in [("runs", _column), ("nudged", nudged_column)]:
            fresh = dict(zip(todo, pool.map(column, todo), strict=True))
            old[kind] = merged(old[kind], fresh)
    record.write("fingerprints", old)
    print(f"{(time.perf_counter() - began) / 60:.1f} minutes")


def merged(old: dict[str, dict[str, Any]], fresh: dict[Task, Any]) -> dict[str, Any]:
    """One kind of the record, with the columns that were run in place of the old."""
    tree: dict[str, dict[str, Any]] = {}
    for setting, name in tasks():
        column = fresh.get((setting, name)) or old[setting][name]
        tree.setdefault(setting, {})[name] = column
    return tree


if __name__ == "__main__":
    main(*sys.argv[1:])

"""One place for all that is timed: races by the clock, and seconds of the processor."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from time import process_time
from timeit import repeat, timeit
from typing import NamedTuple

import numpy as np

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
SHORTEST = 2e-3
"""Seconds: what is shorter is repeated within its turn, so that the clock sees it."""

RUNS = 3
"""Runs of which the quickest counts: caches that others fill only slow."""


class Ratios(NamedTuple):
    """The quartiles of the ratios of all rounds."""

    low: float
    median: float
    high: float


def ratios(row: Mapping[str, Sequence[float]]) -> dict[str, Ratios]:
    return {name: Ratios(*found) for name, found in row.items()}


def race(
    contestants: Mapping[str, Callable[[], object]], rounds: int
) -> dict[str, Ratios]:
    """The time of each contestant as a ratio to the first, over the rounds."""
    first = next(iter(contestants))
    number = _repetitions(contestants[first])
    for contestant in contestants.values():
        timeit(contestant, number=number)
    rng, found = np.random.default_rng(0), {name: [] for name in contestants}
    for _ in range(rounds):
        order = rng.permutation(list(contestants)).tolist()
        took = {name: timeit(contestants[name], number=number) for name in order}
        for name in contestants:
            found[name].append(took[name] / took[first])
    return ratios(
        {
            name: np.quantile(f, [0.25, 0.5, 0.75]).round(4).tolist()
            for name, f in found.items()
        }
    )


def quickest(run: Callable[[], object]) -> float:
    """The seconds that the processor was at it, in the quickest of a few runs."""
    number = _repetitions(run)
    return min(repeat(run, timer=process_time, repeat=RUNS, number=number)) / number


def _repetitions(run: Callable[[], object]) -> int:
    number = 1
    while timeit(run, number=number) < SHORTEST:
        number *= 2
    return number


def on_one_thread(module: str) -> None:
    """Begin again with one thread for each library, as they read it when imported."""
    if any(os.environ.get(name) != "1" for name in THREADS):
        command = [sys.executable, "-m", module, *sys.argv[1:]]
        os.execve(command[0], command, os.environ | dict.fromkeys(THREADS, "1"))

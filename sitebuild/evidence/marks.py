"""What the mistakes leave behind, read from the record of the fingerprints."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from sitebuild.evidence import digits, record
from sitebuild.evidence.fingerprints import NUDGED, DigitsRun, PostRun
from sitebuild.evidence.rounding import steady
from sitebuild.evidence.ways import POST


@cache
def _record() -> dict[str, dict[str, dict[str, list[Any]]]]:
    return record.read("fingerprints")


@cache
def post() -> dict[str, tuple[PostRun, ...]]:
    """The runs on the post's data, by name."""
    columns = _record()["runs"][POST].items()
    return {name: tuple(PostRun(*row) for row in rows) for name, rows in columns}


@cache
def on_digits(setting: str = "sigmoid") -> dict[str, tuple[DigitsRun, ...]]:
    """The runs on the digits in one setting, by name."""
    columns = _record()["runs"][setting].items()
    return {name: tuple(DigitsRun(*row) for row in rows) for name, rows in columns}


def ends(name: str, setting: str) -> list[Any]:
    """How the starts end that were nudged too, as they are.

    On the post, whether each has learned, its cost and the lowest one; on the digits,
    what it reads correctly before and after each epoch.
    """
    if setting == POST:
        return [run.end for run in post()[name][: len(NUDGED["post"])]]
    return [run.correct for run in on_digits(setting)[name][: len(NUDGED["digits"])]]


def nudged(name: str, setting: str) -> list[Any]:
    """The same, with each parameter of the start moved by 1e-11."""
    return _record()["nudged"][setting][name]


def steadily(name: str, setting: str) -> list[int]:
    """For each of these starts, how many of its first results stay."""
    pairs = zip(ends(name, setting), nudged(name, setting), strict=True)
    return [steady(*pair) for pair in pairs]


def unsteady(setting: str) -> list[str]:
    """The ways whose recorded results hang on the last bit."""
    names = _record()["nudged"][setting]
    return [name for name in names if ends(name, setting) != nudged(name, setting)]


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
    held = [v for v in (getattr(run, field) for run in runs) if v is not None]
    return float(np.median(held)) if held else None

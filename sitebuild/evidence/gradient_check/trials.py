"""Every network of the corpus before the check: its right gradient, and a wrong one.

`python -m sitebuild.evidence.gradient_check.trials` renews the record, in minutes.
"""

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import NamedTuple

import numpy as np

from backprop_explained import GradientCheck, check_gradients
from sitebuild.evidence import record
from sitebuild.evidence.gradient_check.cases import Case
from sitebuild.evidence.gradient_check.corpus import GROUPS, SIZE, case
from sitebuild.evidence.gradient_check.errors import Injected, injected, sizes

RECORD = "gradient_check"


class Right(NamedTuple):
    """What the check says of a right gradient, and how fine it could see.

    `bound` is the worst of the arrays that were called right; `too_small` counts those
    whose slopes were too small to measure.
    """

    group: str
    verdict: str
    bound: float
    too_small: int
    calls: int
    parameters: int
    reason: str


class Wrong(NamedTuple):
    """What the check says of a gradient with one error in it.

    `seen` is whether the error is larger than the smallest that the check says it would
    have noticed; `located` is whether an entry, row or column was named, and rightly.
    """

    group: str
    error: str
    verdict: str
    passed: bool
    seen: bool
    located: bool | None
    calls: int


def judge(case: Case, gradients: list[np.ndarray]) -> GradientCheck:
    """The verdict; overflow on the way to a cost is no news."""
    with np.errstate(all="ignore"):
        return check_gradients(case.cost, case.parameters, gradients)


def on_right(number: int) -> Right:
    drawn = case(number)
    check = judge(drawn, drawn.gradients())
    return Right(
        drawn.group,
        check.verdict,
        max((a.bound for a in check.arrays if a.verdict == "right"), default=0.0),
        sum(array.verdict == "undecided" for array in check.arrays),
        check.calls,
        sum(array.size for array in drawn.parameters),
        "" if check.verdict == "right" else check.reason,
    )


def on_wrong(number: int) -> Wrong:
    drawn = case(number)
    found = injected(drawn)
    check = judge(drawn, found.gradients)
    seen = any(
        size > array.bound
        for size, array in zip(sizes(drawn, found), check.arrays, strict=True)
    )
    located = located_rightly(found, check) if seen else None
    return Wrong(
        drawn.group, found.name, check.verdict, check.passed, seen, located, check.calls
    )


def located_rightly(found: Injected, check: GradientCheck) -> bool | None:
    """Whether the place that the check names is that of the error; `None` for none."""
    if found.index is None or found.array is None:
        return None
    place = check.arrays[found.array].place if check.arrays else None
    if place is None or place.kind != found.kind:
        return False
    named = {"row": place.index[:1], "column": place.index[-1:]}
    return named.get(place.kind, place.index) == found.index


class Trials(NamedTuple):
    """All of them, in the order of their numbers."""

    right: list[Right]
    wrong: list[Wrong]

    def verdicts(self, group: str) -> Counter[str]:
        """How often each verdict fell on the right gradients of a group."""
        return Counter(row.verdict for row in self.right if row.group == group)

    def bounds(self, group: str) -> list[float]:
        """The stated bounds of those that were called right."""
        return [
            row.bound
            for row in self.right
            if row.group == group and row.verdict == "right"
        ]

    def injections(self) -> dict[str, list[Wrong]]:
        """The wrong ones by their error; the known mistakes together."""
        rows: dict[str, list[Wrong]] = {}
        for row in self.wrong:
            name = "a known mistake" if ": " in row.error else row.error
            rows.setdefault(name, []).append(row)
        return rows

    def missed(self, rows: Iterable[Wrong] | None = None) -> list[Wrong]:
        """Passed, though the error is larger than the stated bound."""
        return [row for row in rows or self.wrong if row.passed and row.seen]


def run(numbers: Iterable[int]) -> Trials:
    """Both trials of each number, on all cores."""
    numbers = list(numbers)
    with ProcessPoolExecutor() as pool:
        right = pool.map(on_right, numbers, chunksize=20)
        wrong = pool.map(on_wrong, numbers, chunksize=20)
        return Trials(list(right), list(wrong))


@cache
def recorded() -> Trials:
    content = record.read(RECORD)
    return Trials(
        [Right(*row) for row in content["right"]],
        [Wrong(*row) for row in content["wrong"]],
    )


if __name__ == "__main__":
    trials = run(range(SIZE))
    found = trials._asdict().items()
    short = {name: [record.shortened(row, 2) for row in rows] for name, rows in found}
    record.write(RECORD, short)
    for group in GROUPS:
        print(group, dict(trials.verdicts(group)))

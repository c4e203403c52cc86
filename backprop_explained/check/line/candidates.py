"""What may be put in the place of a value, and when, to see whether that repairs."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.check.line.expression import Expression
from backprop_explained.check.line.judge import is_close
from backprop_explained.check.line.labels import Labelled
from backprop_explained.check.line.truth import Visits
from backprop_explained.notation import Array

Pairs = dict[int, int]
"""From an event of the step to a visit of the measured expression."""

CROSS = 36
"""So many pairs of one visit with one other are tried for themselves."""


VALUE, TRANSPOSE, DERIVATIVE, SLOPE, OPPOSITE = range(5)
"""What a quantity is; the simpler ones are tried first."""

FACTORS = (1.0, -1.0, 2.0, -2.0, 0.5, -0.5)
"""Factors of a derivative that are tried where nothing tells which it should be."""

MOST_FACTORS = 4


def pairings(
    step: Labelled, ours: Sequence[int], of: Expression, visits: Collection[int]
) -> Iterator[Pairs]:
    """From events of one expression to visits of another, the likely ways first."""
    many = max(visits) + 1
    if len(ours) == 1:
        yield from ({ours[0]: visit} for visit in visits)
        return
    for kind in ("derivative", "value"):
        yield _by_label(step, ours, kind, many)
    for off in (0, 1):
        yield {t: many - 1 - off - i % many for i, t in enumerate(ours)}
    for off in (0, 1):
        yield _by_time(step, ours, of, off)
    yield {t: i % many for i, t in enumerate(ours)}
    yield {t: (i - len(ours)) % many for i, t in enumerate(ours)}
    yield from _in_groups(ours, many)
    if len(ours) * many <= CROSS:
        yield from ({t: visit} for t in ours for visit in visits)


def _by_label(step: Labelled, ours: Sequence[int], kind: str, many: int) -> Pairs:
    table = step.truth.adjoints if kind == "derivative" else step.truth.values
    found = {}
    for t in ours:
        label = step.nearest(t, kind)
        if label and label.of and max(table[label.of]) + 1 == many:
            found[t] = label.visit
    return found


def _by_time(step: Labelled, ours: Sequence[int], of: Expression, off: int) -> Pairs:
    """The last visit before, then the one before that, as a stack is unloaded."""
    theirs = [t for t, event in enumerate(step.log) if event.key[0] == of.index]
    found = {}
    for t in ours:
        before = [u for u in theirs if u < t]
        if before:
            taken = sum(before[-1] < other < t for other in ours)
            found[t] = len(before) - 1 - taken - off
    return found


def _in_groups(ours: Sequence[int], many: int) -> Iterator[Pairs]:
    """One visit of each group; or rows for columns."""
    group, rest = divmod(len(ours), many)
    if group > 1 and not rest:
        ends = [ours[(j + 1) * group - 1] for j in range(many)]
        yield dict(zip(ends, range(many), strict=True))
        yield dict(zip(reversed(ends), range(many), strict=True))
    if len(ours) == many:
        for rows in range(2, many):
            if many % rows == 0:
                columns = many // rows
                yield {t: i % rows * columns + i // rows for i, t in enumerate(ours)}


class Quantity(NamedTuple):
    """Something measured: `factor` times what `rank` says of an expression.

    At each of its visits.  The rank is VALUE, TRANSPOSE, DERIVATIVE, OPPOSITE or SLOPE,
    which is `by` another expression.
    """

    rank: int
    of: Expression
    visits: Visits
    factor: float = 1.0
    by: Expression | None = None


class Candidate(NamedTuple):
    """One replacement: these events of one expression become those values."""

    at: Expression
    quantity: Quantity
    places: Mapping[int, Array]

    @property
    def first(self) -> int:
        """The earliest event that is replaced."""
        return min(self.places)


def candidates(
    step: Labelled, free: Mapping[Expression, list[int]], common: Sequence[float]
) -> list[Candidate]:
    """All replacements, in the order of execution; the simpler ones first.

    Of the events of a step, those that are `free` may be replaced.  What is common to
    all gradients is a factor, alone and times the step size.
    """
    found: list[Candidate] = []
    seen = set()
    for at, ours in free.items():
        for candidate in _at(step, at, ours, common):
            places = sorted(candidate.places.items(), key=lambda p: p[0])
            rounded = [(t, np.asarray(x, float).round(9).tobytes()) for t, x in places]
            mark = at.index, *rounded
            if candidate.places and mark not in seen:
                seen.add(mark)
                found.append(candidate)
    return sorted(found, key=lambda c: (c.first, c.quantity.rank))


def _at(
    step: Labelled, at: Expression, ours: list[int], common: Sequence[float]
) -> Iterator[Candidate]:
    shapes = {step.log[t].value.shape for t in ours}
    for quantity in _quantities(step, _factors(step, ours, common)):
        if quantity.rank == SLOPE and at.kind == "read":
            continue
        if not any(x.shape in shapes for x in quantity.visits.values()):
            continue
        for pairs in pairings(step, ours, quantity.of, quantity.visits):
            yield Candidate(at, quantity, _places(step, pairs, quantity))
    if at.kind == "comparison":
        yield from _opposites(step, at, ours)


def _factors(step: Labelled, ours: list[int], common: Sequence[float]) -> list[float]:
    near = [step.nearest(t, "derivative", 8) for t in ours]
    known = [*[label.factor for label in near if label][:MOST_FACTORS], *common]
    plain = FACTORS[:2] if known else FACTORS
    return list(dict.fromkeys(float(f"{c:.6g}") for c in [*known, *plain]))


def _quantities(step: Labelled, factors: list[float]) -> Iterator[Quantity]:
    truth = step.truth
    named = sorted(
        truth.values.items(),
        key=lambda row: row[0].kind not in ("parameter", "read") and not row[0].target,
    )
    for of, visits in named:
        yield Quantity(VALUE, of, visits)
    for of, visits in named:
        if any(x.ndim == 2 and min(x.shape) > 1 for x in visits.values()):
            yield Quantity(TRANSPOSE, of, {n: x.T for n, x in visits.items()})
    for factor in factors:
        for of, visits in truth.adjoints.items():
            scaled = {n: factor * x for n, x in visits.items()}
            yield Quantity(DERIVATIVE, of, scaled, factor)
    for (by, of), visits in truth.slopes.items():
        yield Quantity(SLOPE, of, visits, by=by)


def _places(step: Labelled, pairs: Pairs, quantity: Quantity) -> dict[int, Array]:
    places: dict[int, Any] = {}
    for t, visit in pairs.items():
        new, old = quantity.visits.get(visit), step.log[t].value
        if new is None or new.shape != old.shape:
            continue
        if old.dtype == bool:
            if quantity.rank in (VALUE, SLOPE) and ((new > 0) != old).any():
                places[t] = new > 0
        elif not is_close(new, old, 1e-6, 1e-10):
            places[t] = new
    return places


def _opposites(step: Labelled, at: Expression, ours: list[int]) -> Iterator[Candidate]:
    flags = [t for t in ours if step.log[t].value.dtype == bool]
    flipped: dict[int, Any] = {t: np.logical_not(step.log[t].value) for t in flags}
    quantity = Quantity(OPPOSITE, at, {})
    yield Candidate(at, quantity, flipped)
    for t, x in flipped.items():
        yield Candidate(at, quantity, {t: x})
    for by, visits in step.truth.values.items():  # `d <= 0` for `h <= 0`
        for pairs in pairings(step, list(flipped), by, visits):
            places: dict[int, Any] = {
                t: visits[n] <= 0
                for t, n in pairs.items()
                if n in visits and visits[n].shape == flipped[t].shape
            }
            if any((x != step.log[t].value).any() for t, x in places.items()):
                yield Candidate(at, Quantity(OPPOSITE, by, visits), places)

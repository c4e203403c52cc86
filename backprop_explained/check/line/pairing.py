"""Which visit of an expression of the step goes with which visit of a measured one."""

from collections.abc import Collection, Iterator, Sequence

from backprop_explained.check.line.expression import Expression
from backprop_explained.check.line.labels import Labelled

Pairs = dict[int, int]
"""From an event of the step to a visit of the measured expression."""

CROSS = 36
"""So many pairs of one visit with one other are tried for themselves."""


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

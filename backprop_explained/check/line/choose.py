"""Of several edits that repair, and a measured repair, the one to show."""

import ast

from backprop_explained.check.line.blame import Blame
from backprop_explained.check.line.candidates import VALUE
from backprop_explained.check.line.correct import TIERS
from backprop_explained.check.line.correction import Correction
from backprop_explained.check.line.edit import READ
from backprop_explained.check.line.expression import Place
from backprop_explained.check.line.faithful import Faithful
from backprop_explained.check.line.plausible import agreement, goes_uphill
from backprop_explained.check.line.search import Search
from backprop_explained.check.line.source import Source
from backprop_explained.check.line.spoiled import Spoiled

DEEP = 6
"""So far back, what nothing is known of is followed."""


class Choice:
    """Compares edits that repair equally much, and what the measured search found."""

    def __init__(
        self,
        corrections: list[Correction],
        found: Blame | None,
        search: Search | None,
        spoiled: Spoiled | None,
        faithful: Faithful | None,
    ) -> None:
        most = max((len(c.right) for c in corrections), default=0)
        if found and len(found.repair.right) > most:
            corrections = []
        self.corrections = [c for c in corrections if len(c.right) == most]
        self.found, self.search = found, search
        self._spoiled, self._faithful = spoiled, faithful
        self._right = _right_places(search) if search else {}
        self._ranks: dict[int, tuple[float, ...]] = {}
        is_told = found and not found.is_weak
        self._lines = made_of(found, spoiled) if is_told else set()

    def best(self) -> list[Correction]:
        """The best one of each line, the best of all first."""
        lines: dict[tuple[str, int], Correction] = {}
        for correction in sorted(self.corrections, key=self.score):
            kept = lines.setdefault(correction.line, correction)
            is_even = self._rank(correction) == self._rank(kept)
            if is_even and _size(correction) < _size(kept):
                lines[correction.line] = correction
        found = list(lines.values())
        return [] if found and self._is_far_fetched(found[0]) else found

    def _is_far_fetched(self, correction: Correction) -> bool:
        """Whether the measured repair is the likelier one, at another line."""
        if not self.found or not self._lines or correction.line in self._lines:
            return False
        if correction.right > self.found.repair.right or correction.usual:
            return False
        return correction.edit.tier == TIERS - 1

    def score(self, correction: Correction) -> tuple[float, ...]:
        """Small is good."""
        is_longer, by = _size(correction)
        ties = len(correction.edit.nodes), is_longer, self._time(correction), by
        return (*self._rank(correction), *ties)

    def _rank(self, correction: Correction) -> tuple[float, ...]:
        """What counts before it is asked how long a change is."""
        if id(correction) not in self._ranks:
            self._ranks[id(correction)] = self._ranked(correction)
        return self._ranks[id(correction)]

    def _ranked(self, correction: Correction) -> tuple[float, ...]:
        is_right, it = self.is_right(correction), (correction.source, correction.edit)
        return (
            goes_uphill(*it),
            bool(self._spoiled and self._spoiled.by(*it)),
            bool(self._faithful and self._faithful.holds(*it)),
            _is_written_twice(correction),
            not _is_at_equality(correction),
            -agreement(*it),
            0.0 if is_right else -correction.usual,
            correction.doubt,
            not _is_renamed(correction),
            _is_handed_on(correction),
            is_right,
            # a name is to be changed where it is read, not where it is made
            is_right and isinstance(correction.node, ast.Name),
            bool(self._lines) and correction.line not in self._lines,
            correction.edit.tier,
        )

    def is_right(self, correction: Correction) -> bool:
        """Whether what it changes is a right slope or derivative, or stands in one."""
        nodes = correction.edit.nodes
        return all(self._is_in_right(correction.source, n) for n in nodes)

    def _is_in_right(self, source: Source, node: ast.AST) -> bool:
        while isinstance(node, ast.expr):
            if self._right.get(source.place(node)):
                return True
            node = source.parent(node)
        return False

    def _time(self, correction: Correction) -> int:
        """The earlier the better; of right things, the last one made is the wrong one.

        If no gradient is right, nothing tells which factor a derivative should have.
        """
        is_late = self.search and self.search.right and self.is_right(correction)
        return -correction.first if is_late else correction.first


def _right_places(search: Search) -> dict[Place, bool]:
    found: dict[Place, bool] = {}
    for t in range(len(search.log)):
        place = search.at(t).place
        found[place] = found.get(place, True) and search.is_right(t)
    return found


def _size(correction: Correction) -> tuple[int, int]:
    """How much of a line changes: the less the likelier, and the easier to read."""
    edit = correction.edit
    old = sum(len(correction.source.segment(node)) for node in edit.nodes)
    grows = 0 if edit.each else len(edit.text) * len(edit.nodes) - old
    return int(grows > 0), abs(grows)


def _is_written_twice(correction: Correction) -> bool:
    """Whether the same assignment stands in another place of the file as it is."""
    source = correction.source
    own = source.statement(correction.node)
    if not isinstance(own, ast.Assign) or isinstance(own.value, ast.Name):
        return False
    text = ast.unparse(own)
    return sum(ast.unparse(other) == text for other in source.nodes((ast.Assign,))) > 1


def _is_at_equality(correction: Correction) -> bool:
    """Whether only equal numbers give another answer: no accident repairs so."""
    old, new = ast.unparse(correction.node), correction.edit.text
    is_compared = correction.edit.kind == "comparison"
    return is_compared and old.replace("=", "") == new.replace("=", "")


def _is_renamed(correction: Correction) -> bool:
    """Whether a name only takes the value of another there, and a factor is missing."""
    match correction.node, correction.source.parent(correction.node):
        case ast.Name(), ast.Assign(targets=[ast.Name(), *_]):
            return correction.edit.kind in ("times", "slope", "listed")
    return False


def _is_handed_on(correction: Correction) -> bool:
    """Whether a right name is only stored there, or returned with others."""
    kinds = ("name", "factor", "times", "sign", "left out")
    if _is_renamed(correction) or correction.edit.kind not in kinds:
        return False
    lists = ast.Dict | ast.List | ast.Tuple | ast.Assign
    parent = correction.source.parent(correction.node)
    return isinstance(correction.node, READ) and isinstance(parent, lists)


def measured_lines(
    found: Blame | None, spoiled: Spoiled | None
) -> set[tuple[str, int]]:
    """The lines of a measured repair, if there is no doubt about them."""
    if not found or found.doubt > 1:
        return set()
    if spoiled and spoiled.of(list(found.repair.candidate.places)):
        return set()
    # a name that is only stored, or returned with others
    is_stored = all(e.kind == "read" and e.hands_on for e in found.at)
    if found.repair.candidate.quantity.rank == VALUE and is_stored:
        return set()
    return found.lines


def made_of(found: Blame | None, spoiled: Spoiled | None) -> set[tuple[str, int]]:
    """The measured lines, and those of what they are made of and nothing tells."""
    lines = measured_lines(found, spoiled)
    if not lines or not found:
        return lines
    search, level = found.search, list(found.repair.candidate.places)
    for _ in range(DEEP):
        level = [
            s
            for t in level
            for s in search.step.sources[t]
            if not search.step.labels[s]
            and search.log[s].key not in search.truth.forward
        ]
        lines |= {search.at(s).place[:2] for s in level}
    return lines

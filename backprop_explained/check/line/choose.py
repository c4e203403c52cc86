"""Of several edits that repair, and a measured repair, the one to show."""

import ast

from backprop_explained.check.line.arguments import agreement
from backprop_explained.check.line.blame import Blame
from backprop_explained.check.line.candidates import VALUE
from backprop_explained.check.line.correct import TIERS
from backprop_explained.check.line.correction import Correction
from backprop_explained.check.line.faithful import Faithful
from backprop_explained.check.line.search import Search
from backprop_explained.check.line.source import Source
from backprop_explained.check.line.spoiled import Spoiled
from backprop_explained.check.line.suspects import Place, place_of
from backprop_explained.check.line.uphill import goes_uphill

DEEP = 6
"""So far back, what nothing is known of is followed."""


class Choice:
    """Compares edits that repair equally much.

    Parameters
    ----------
    corrections : list of Correction
        All that were found.
    found : Blame or None
        What the measured search found.
    search : Search or None
        That search, which knows what each value is.
    spoiled : Spoiled or None
        Tells which edits make right values wrong.
    faithful : Faithful or None
        Tells which edits are of a function that is right.
    """

    def __init__(
        self,
        corrections: list[Correction],
        found: Blame | None,
        search: Search | None,
        spoiled: Spoiled | None,
        faithful: Faithful | None = None,
    ) -> None:
        most = max((len(m.right) for m in corrections), default=0)
        if found and len(found.repair.right) > most:
            corrections = []
        self.corrections = [m for m in corrections if len(m.right) == most]
        self.found, self.search = found, search
        self._right = self._right_places() if search else {}
        self._spoiled, self._faithful = spoiled, faithful
        self._ranks: dict[int, tuple[float, ...]] = {}
        self._lines = (
            set() if found and is_weak(found) else made_of(found, search, spoiled)
        )

    def best(self) -> list[Correction]:
        """The best one of each line, the best of all first."""
        lines: dict[tuple[str, int], Correction] = {}
        for correction in sorted(self.corrections, key=self.score):
            line = correction.source.file, correction.edit.line
            kept = lines.setdefault(line, correction)
            is_even = self._rank(correction) == self._rank(kept)
            if is_even and _size(correction) < _size(kept):
                lines[line] = correction
        found = list(lines.values())
        return [] if found and self._is_far_fetched(found[0]) else found

    def _is_far_fetched(self, correction: Correction) -> bool:
        """Whether the measured repair is the likelier one, at another line."""
        if (
            not self._lines
            or (correction.source.file, correction.edit.line) in self._lines
        ):
            return False
        assert self.found
        if correction.right > self.found.repair.right or correction.usual:
            return False
        return correction.edit.tier == TIERS - 1 and not is_weak(self.found)

    def score(self, correction: Correction) -> tuple[float, ...]:
        """Small is good."""
        grows = _grows(correction)
        ties = len(correction.edit.nodes), grows > 0, self._time(correction), abs(grows)
        return (*self._rank(correction), *ties)

    def _rank(self, correction: Correction) -> tuple[float, ...]:
        """What counts before it is asked how long a change is."""
        if id(correction) not in self._ranks:
            self._ranks[id(correction)] = self._ranked(correction)
        return self._ranks[id(correction)]

    def _ranked(self, correction: Correction) -> tuple[float, ...]:
        is_right, edit = self.is_right(correction), correction.edit
        return (
            goes_uphill(correction.source, edit),
            bool(self._spoiled and self._spoiled.by(correction.source, edit)),
            bool(self._faithful and self._faithful.holds(correction.source, edit)),
            _is_written_twice(correction),
            not _is_at_equality(correction),
            -agreement(correction.source, edit),
            0.0 if is_right else -correction.usual,
            correction.doubt,
            not _is_renamed(correction),
            _is_handed_on(correction),
            is_right,
            is_right and _is_bare(correction),
            bool(self._lines)
            and (correction.source.file, edit.line) not in self._lines,
            edit.tier,
        )

    def is_right(self, correction: Correction) -> bool:
        """Whether what it changes is a right slope or derivative, or stands in one."""
        return all(
            self._is_in_right(correction.source, n) for n in correction.edit.nodes
        )

    def _is_in_right(self, source: Source, node: ast.AST) -> bool:
        while isinstance(node, ast.expr):
            if self._right.get((source.file, source.place(node)), False):
                return True
            node = source.parent(node)
        return False

    def _time(self, correction: Correction) -> int:
        """The earlier the better; of right things, the last one made is the wrong one.

        If no gradient is right, nothing tells which factor a derivative should have.
        """
        is_late = self.search and self.search.right and self.is_right(correction)
        return -correction.first if is_late else correction.first

    def _right_places(self) -> dict[tuple[str, Place], bool]:
        found: dict[tuple[str, Place], bool] = {}
        assert self.search
        for t, event in enumerate(self.search.log):
            expression = self.search.expressions[event.key[0]]
            place = expression.file, place_of(expression)
            found[place] = found.get(place, True) and self.search.is_right(t)
        return found


def _grows(correction: Correction) -> int:
    """So many letters longer the text is then."""
    edit = correction.edit
    old = sum(len(correction.source.segment(node)) for node in edit.nodes)
    return 0 if edit.each else len(edit.text) * len(edit.nodes) - old


def _size(correction: Correction) -> tuple[int, int]:
    """How much of a line changes: the less the likelier, and the easier to read."""
    grows = _grows(correction)
    return int(grows > 0), abs(grows)


def _is_written_twice(correction: Correction) -> bool:
    """Whether the same assignment stands in another place of the file as it is."""
    source = correction.source
    own = source.statement(correction.edit.nodes[0])
    if not isinstance(own, ast.Assign) or isinstance(own.value, ast.Name):
        return False
    text = ast.unparse(own)
    others = source.nodes((ast.Assign,))
    return sum(ast.unparse(other) == text for other in others) > 1


def _is_at_equality(correction: Correction) -> bool:
    """Whether only equal numbers give another answer: no accident repairs so."""
    if correction.edit.kind != "comparison":
        return False
    old = ast.unparse(correction.edit.nodes[0])
    return old.replace("=", "") == correction.edit.text.replace("=", "")


def _is_bare(correction: Correction) -> bool:
    """Whether a name is to be changed where it is read, not where it is made."""
    return isinstance(correction.edit.nodes[0], ast.Name)


def _is_renamed(correction: Correction) -> bool:
    """Whether a name only takes the value of another there, and a factor is missing."""
    node = correction.edit.nodes[0]
    if correction.edit.kind not in ("times", "slope", "listed"):
        return False
    parent = correction.source.parents[node][0]
    return (
        isinstance(node, ast.Name)
        and isinstance(parent, ast.Assign)
        and isinstance(parent.targets[0], ast.Name)
    )


def _is_handed_on(correction: Correction) -> bool:
    """Whether a right name is only stored there, or returned with others."""
    if _is_renamed(correction):
        return False
    if correction.edit.kind not in ("name", "factor", "times", "sign", "left out"):
        return False
    node = correction.edit.nodes[0]
    kinds = ast.Dict | ast.List | ast.Tuple | ast.Assign
    parent = correction.source.parents[node][0]
    reads = ast.Name | ast.Attribute | ast.Subscript
    return isinstance(node, reads) and isinstance(parent, kinds)


def measured_lines(
    found: Blame | None, search: Search | None, spoiled: Spoiled | None
) -> set[tuple[str, int]]:
    """The lines of a measured repair, if there is no doubt about them."""
    if not found or not search or search.doubt(found.repair.candidate) > 1:
        return set()
    if spoiled and spoiled.of(list(found.repair.candidate.places)):
        return set()
    if found.repair.candidate.quantity.rank == VALUE and all(
        e.kind == "read" and e.hands_on for e in found.at
    ):
        return set()  # a name that is only stored, or returned with others
    return {(e.file, e.line) for e in found.at}


def made_of(
    found: Blame | None, search: Search | None, spoiled: Spoiled | None
) -> set[tuple[str, int]]:
    """The measured lines, and those of what they are made of and nothing tells."""
    lines = measured_lines(found, search, spoiled)
    if not lines or not found or not search:
        return lines
    level = list(found.repair.candidate.places)
    for _ in range(DEEP):
        level = [
            s
            for t in level
            for s in search.step.sources[t]
            if not search.step.labels[s]
            and search.log[s].key not in search.truth.forward
        ]
        expressions = [search.expressions[search.log[s].key[0]] for s in level]
        lines |= {(e.file, e.line) for e in expressions}
    return lines


def is_weak(found: Blame) -> bool:
    """Whether it repairs by the gradient itself, as any later place can."""
    return found.repair.candidate.quantity.of.kind == "parameter"

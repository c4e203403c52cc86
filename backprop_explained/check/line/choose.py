"""Of several edits that repair, and a measured repair, the one to show."""

import ast

from backprop_explained.check.line.blame import Blame
from backprop_explained.check.line.candidates import VALUE
from backprop_explained.check.line.correct import TIERS, Correction
from backprop_explained.check.line.search import Search
from backprop_explained.check.line.suspects import Place, place_of
from backprop_explained.check.line.uphill import goes_uphill


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
    """

    def __init__(
        self, corrections: list[Correction], found: Blame | None, search: Search | None
    ) -> None:
        most = max((len(m.right) for m in corrections), default=0)
        if found and len(found.repair.right) > most:
            corrections = []
        self.corrections = [m for m in corrections if len(m.right) == most]
        self.found, self.search = found, search
        self._right = self._right_places() if search else {}
        self._lines = measured_lines(found, search)

    def best(self) -> list[Correction]:
        """The best one of each line, the best of all first."""
        lines: dict[tuple[str, int], Correction] = {}
        for correction in sorted(self.corrections, key=self.score):
            lines.setdefault((correction.source.file, correction.edit.line), correction)
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
        edit = correction.edit
        old = sum(len(correction.source.segment(node)) for node in edit.nodes)
        grows = 0 if edit.each else len(edit.text) * len(edit.nodes) - old
        return (
            goes_uphill(correction.source, correction.edit),
            -correction.usual,
            correction.doubt,
            self.is_right(correction),
            _is_handed_on(correction),
            (correction.source.file, edit.line) not in self._lines
            if self._lines
            else 0,
            edit.tier,
            len(edit.nodes),
            grows > 0,
            correction.first,
            abs(grows),
        )

    def is_right(self, correction: Correction) -> bool:
        """Whether what it changes is a right slope or derivative by itself."""
        return all(
            self._right.get((correction.source.file, correction.source.place(n)), False)
            for n in correction.edit.nodes
        )

    def _right_places(self) -> dict[tuple[str, Place], bool]:
        found: dict[tuple[str, Place], bool] = {}
        assert self.search
        for t, event in enumerate(self.search.log):
            expression = self.search.expressions[event.key[0]]
            place = expression.file, place_of(expression)
            found[place] = found.get(place, True) and self.search.is_right(t)
        return found


def _is_handed_on(correction: Correction) -> bool:
    """Whether a right name is only stored there, or returned with others."""
    if correction.edit.kind not in ("name", "factor", "sign", "left out"):
        return False
    node = correction.edit.nodes[0]
    kinds = ast.Dict | ast.List | ast.Tuple | ast.Assign
    parent = correction.source.parents[node][0]
    reads = ast.Name | ast.Attribute | ast.Subscript
    return isinstance(node, reads) and isinstance(parent, kinds)


def measured_lines(found: Blame | None, search: Search | None) -> set[tuple[str, int]]:
    """The lines of a measured repair, if there is no doubt about them."""
    if not found or not search or search.doubt(found.repair.candidate) > 1:
        return set()
    if found.repair.candidate.quantity.rank == VALUE and all(
        e.kind == "read" and e.hands_on for e in found.at
    ):
        return set()  # a name that is only stored, or returned with others
    return {(e.file, e.line) for e in found.at}


def is_weak(found: Blame) -> bool:
    """Whether it repairs by the gradient itself, as any later place can."""
    return found.repair.candidate.quantity.of.kind == "parameter"

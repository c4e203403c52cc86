"""Which edits are worth a run: those in whose place some value repairs.

Many numbers may be missing at many places.  Most gradients follow what they are made
of in proportion, so a run more tells of a place whether any number does at all.
"""

import ast
from collections.abc import Iterable, Set

import numpy as np

from backprop_explained.check.line.correction import Correction
from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.expression import Expression
from backprop_explained.check.line.judge import SAME_FACTOR, Judge
from backprop_explained.check.line.recorder import Change, Event
from backprop_explained.check.line.runs import Runs
from backprop_explained.check.line.solving import Reach, Solving
from backprop_explained.check.line.source import Source
from backprop_explained.check.line.suspects import Suspects
from backprop_explained.notation import Array

CLOSE = 1e-4
"""How far from a multiple a gradient may be, relative to its largest entry."""

STRAIGHT = 1e-6
"""How far from a straight line a gradient may be that is in proportion."""


ENTRIES = ("factor", "times", "sign", "slope", "one minus", "square")
"""What leaves an array its shape."""

SCALING = ("factor", "number", "sign", "left out", "operator", "function", "order")
"""What may give all gradients a factor that they have in common."""

EFFORT = 500_000
"""So many values are computed by the simple edits at most before those by name wait."""

FAR = 3
"""What is of this tier is tried last."""

ARITHMETIC = (*ENTRIES, "sum", "T")
"""What is done with numbers and arrays, and not with lists."""

LONG = 500
"""Of a step with more values than this, the places that are known come first."""


class Scaling:
    """Asks of one expression after the other, and remembers what it was told."""

    def __init__(self, runs: Runs, judge: Judge, wrong: frozenset[int]) -> None:
        self.runs, self.judge, self.wrong = runs, judge, wrong
        self._before = runs.step({})
        self._answers: dict[int, bool] = {}

    def may_repair(self, log: list[Event]) -> bool:
        """Whether some number times these values repairs; True if it is not known."""
        index = log[0].key[0]
        if index not in self._answers:
            self._answers[index] = self._asked(log)
        return self._answers[index]

    def _asked(self, log: list[Event]) -> bool:
        if self.judge.factor is None or any(e.value.dtype == bool for e in log):
            return True
        try:
            twice, thrice = (self._scaled(log, c) for c in (2.0, 3.0))
        except Exception:
            return True
        rows = list(zip(self._before, twice, thrice, strict=True))
        return any(self._fits(i, *rows[i]) for i in self.wrong)

    def _scaled(self, log: list[Event], number: float) -> list[Array]:
        plan = {e.key: Change(False, number * e.value.astype(float)) for e in log}
        return self.runs.step(plan)

    def _fits(self, i: int, before: Array, twice: Array, thrice: Array) -> bool:
        true, factor = self.judge.truth[i], self.judge.factor
        more = twice - before
        size = float(np.abs(more).max())
        if true is None or factor is None or not np.isfinite(size):
            return True
        if size == 0:
            return False
        if np.abs(thrice - before - 2 * more).max() > STRAIGHT * size:
            return True
        missing = factor * true - before
        number = float(np.vdot(more, missing)) / float(np.vdot(more, more))
        off = np.abs(missing - number * more).max()
        return bool(off <= CLOSE * np.abs(missing).max())


class Likely:
    """Tells without a run of each edit whether it may repair.

    It is scaled if all that is wrong about the gradients is one factor.
    """

    def __init__(self, suspects: Suspects, judge: Judge, right: frozenset[int]) -> None:
        self.suspects = suspects
        runs = suspects.runs
        self.scaling = Scaling(runs, judge, suspects.wrong)
        self.solving = Solving(runs, judge, right)
        factors = judge.factors(self.solving.before)
        wrong = [factors[i] for i in suspects.wrong]
        known = [f for f in wrong if f is not None]
        apart = max(known, default=0) - min(known, default=0)
        is_one = apart <= SAME_FACTOR * max(map(abs, known), default=0)
        self.is_scaled = None not in wrong and is_one
        self._values = sum(map(len, suspects.logs.values()))
        self.is_long = self._values > LONG

    def sorted(
        self, ways: Iterable[Correction], solved: Set[tuple[str, int]]
    ) -> list[list[Correction]]:
        """Those first whose statement can make everything right that is wrong.

        In long steps, those before all others whose lines are solved.
        """
        groups: list[list[Correction]] = [[] for _ in range(4)]
        first, known, unknown, unlikely = groups
        for way in ways:
            log = self._whole(way.source, way.edit)
            is_statement = way.edit.kind == "statement" and way.edit.tier < 2
            if self.is_long and (way.line in solved or is_statement):
                first.append(way)
            elif log and not self._acts(log) >= self.suspects.wrong:
                unlikely.append(way)
            elif (reach := self._reach(log) if log else None) is None:
                unknown.append(way)
            else:
                (known if reach.all else unlikely).append(way)
        simple = sum(not way.edit.tier for way in [*known, *unknown])
        if self.is_long or simple * self._values > EFFORT:
            return [*self._by_effort(first, known, unknown), unlikely]
        return [[*known, *unknown], unlikely]

    def _by_effort(self, *groups: list[Correction]) -> list[list[Correction]]:
        """What is simple before what is far-fetched, and factors if one is missing."""
        found: list[list[Correction]] = [[] for _ in range(7)]
        for last, those in enumerate(groups, 3):
            for way in those:
                tier, kind = way.edit.tier, way.edit.kind
                is_near = tier == 0 or (last == 3 and tier < 2)
                if self.is_scaled and kind in SCALING and tier < FAR - 1:
                    found[0].append(way)
                elif is_near or (way.usual and tier < FAR):
                    is_many = kind == "name" and not way.usual
                    found[2 if is_many else 1].append(way)
                else:
                    found[last if tier < FAR else 6].append(way)
        return found

    def lines(self) -> set[tuple[str, int]]:
        """Those with a value by which everything is right, and not by a chance."""
        return {e.place[:2] for e, _ in self._places()}

    def place(self) -> tuple[Expression, Reach] | None:
        """Where most equations are met by the fewest numbers, on the earliest line."""
        found = sorted(self._places(), key=lambda pair: -pair[1].spare)
        those = [(at.line, reach.spare) for at, reach in found]
        best = [pair for pair, its in zip(found, those, strict=True) if its == those[0]]
        return max(best, key=lambda pair: len(pair[0].text), default=None)

    def _places(self) -> list[tuple[Expression, Reach]]:
        return [(at, reach) for at, reach in self.solvable() if reach.spare]

    def solvable(self) -> list[tuple[Expression, Reach]]:
        """The expressions with a value by which everything is right."""
        found = []
        for place, log in self.suspects.logs.items():
            expression = self.suspects.runs.recorder.expressions[log[0].key[0]]
            acts = self.suspects.acts[place]
            is_asked = expression.kind in ("value", "read")
            reach = (
                self._reach(log) if is_asked and acts >= self.suspects.wrong else None
            )
            if reach and reach.all:
                found.append((expression, reach))
        return found

    def is_vain(self, source: Source, edit: Edit) -> bool:
        """Whether it can be told without a run that it does not repair."""
        node = edit.nodes[0]
        place = source.place(node)
        if edit.kind in ARITHMETIC and place in self.suspects.lists:
            return True
        log = self.suspects.logs.get(place)
        is_one = len(edit.nodes) == 1 and isinstance(node, ast.expr)
        if edit.kind not in ENTRIES or not is_one or not log:
            return False
        reach = self._reach(log)
        if reach is not None:
            return not reach.each
        is_number = edit.kind in ("factor", "sign")
        return is_number and not self.scaling.may_repair(log)

    def is_whole(self, way: Correction) -> bool:
        """Whether everything can be made right in its place, as far as it is known."""
        log = self.suspects.logs.get(way.source.place(way.edit.nodes[0]))
        reach = self._reach(log) if log else None
        return reach is None or reach.all

    def _whole(self, source: Source, edit: Edit) -> list[Event] | None:
        """The visits of the largest recorded expression round a node, if there is one.

        A statement that is changed as a whole gives its value to something.
        """
        found, node = None, edit.nodes[0]
        if isinstance(node, ast.Assign) and len(edit.nodes) == 1:
            node = node.value
        while not isinstance(node, ast.stmt):
            if hasattr(node, "lineno"):
                found = self.suspects.logs.get(source.place(node)) or found
            node = source.parent(node)
        return found

    def _acts(self, log: list[Event]) -> frozenset[int]:
        """The gradients that hang on it."""
        expression = self.suspects.runs.recorder.expressions[log[0].key[0]]
        return self.suspects.acts[expression.place]

    def _reach(self, log: list[Event]) -> Reach | None:
        """Not of a number where there are arrays: it may have to be one."""
        if self.suspects.arrays and log[0].value.size == 1:
            return None
        return self.solving.reach(log)

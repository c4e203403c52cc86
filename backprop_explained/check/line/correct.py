"""Edits that make wrong gradients right, tried one by one."""

import ast
import re
from collections.abc import Callable, Iterator

import numpy as np

from backprop_explained.check.line.correction import LARGE, Correction
from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.edits import edits
from backprop_explained.check.line.forgotten import forgotten_functions
from backprop_explained.check.line.guarded import Guard, guarded
from backprop_explained.check.line.judge import Elsewhere, Judge
from backprop_explained.check.line.likely import Likely
from backprop_explained.check.line.names import unused_in, unused_in_turns
from backprop_explained.check.line.plausible import goes_uphill, likeness, shapes_in
from backprop_explained.check.line.runs import Runs
from backprop_explained.check.line.scope import Scope
from backprop_explained.check.line.source import Source
from backprop_explained.check.line.suspects import UNKNOWN, Suspects

TIERS = 3

VALUES, LEAST = 3_200_000, 3000
"""Edits compute so many values, or so many are tried if more, or the step is large."""

NEAR = 2
"""So many kinds of edits are tried before the first one that may end the search."""


Lines = set[tuple[str, int]]
"""Files, and lines in them."""

Spoils = Callable[[Source, Edit], bool]


class Corrector:
    """Tries edits of the files whose functions the step runs."""

    def __init__(self, runs: Runs, judge: Judge, sources: list[Source]) -> None:
        self.runs, self.judge, self.sources = runs, judge, sources
        self.right = judge(runs.step({}))
        self.cost, self.count = runs.cost({}), 0
        self.suspects = Suspects(runs, runs.all - self.right)
        self.likely = Likely(self.suspects, judge, self.right)
        self.elsewhere = Elsewhere(runs, judge)
        self._scopes: dict[ast.AST, Scope] = {}
        self._doubts: dict[tuple[ast.AST, ...], int | None] = {}
        values = sum(map(len, self.suspects.logs.values()))
        self._is_large = sum(point.size for point in runs.points) >= LARGE
        self.most = LEAST if self._is_large else max(LEAST, VALUES // max(values, 1))

    def all(
        self, lines: Lines, need: frozenset[int], *, is_sure: bool, spoils: Spoils
    ) -> list[Correction]:
        """The edits that repair, of the first kind that has any.

        The lines are suspected first.  The search ends once the gradients that are
        needed are right, unless an edit is odd: it makes right values of other
        functions wrong, say.  A far-fetched edit of these lines ends it only if the
        lines are sure.
        """
        solved = self.likely.lines() - lines
        ways = list(self._ways(lines | solved))
        kinds = self._kinds(lines, solved, is_early=is_sure and need == self.runs.all)

        def is_enough(n: int, c: Correction) -> bool:
            is_near = is_sure or c.edit.tier <= n - NEAR
            return c.right >= need and is_near and not _is_odd(c, spoils)

        found: list[Correction] = []
        with guarded(self.sources, self.runs.held) as guard:
            for those in self.likely.sorted(ways, solved):
                for n, kind in enumerate(kinds):
                    tried = (self._tried(way, guard) for way in those if kind(way))
                    found += filter(None, tried)
                    if n >= NEAR and any(is_enough(n, c) for c in found):
                        return found
                    those = [way for way in those if not kind(way)]
        return found

    def near(self, lines: Lines, spoils: Spoils) -> list[Correction]:
        """Of a large step, the smallest edits of these lines that repair everything."""
        if not self._is_large:
            return []
        ways = list(self._ways(lines, only=True))
        with guarded(self.sources, self.runs.held) as guard:
            for tier in range(TIERS + 1):
                tried = [self._tried(w, guard) for w in ways if w.edit.tier == tier]
                whole = [c for c in tried if c and c.right == self.runs.all]
                if found := [c for c in whole if not _is_odd(c, spoils)]:
                    return found
        return []

    def _kinds(
        self, lines: Lines, solved: Lines, *, is_early: bool
    ) -> list[Callable[[Correction], bool]]:
        """What is tried one after the other; early, far-fetched edits of the lines."""

        def of(tier: int) -> Callable[[Correction], bool]:
            return lambda way: way.edit.tier == tier

        kinds: list[Callable[[Correction], bool]] = [
            lambda way: way.usual > 0,
            of(0),
            lambda way: way.edit.tier < TIERS and way.line in lines,
            *(of(tier) for tier in range(1, TIERS)),
        ]
        kinds.insert(NEAR + 1 if is_early else len(kinds), lambda w: w.line in lines)
        return [*kinds, lambda w: w.line in solved and self.likely.is_whole(w)]

    def scope(self, source: Source, function: ast.AST) -> Scope:
        """What can be written in a function."""
        if function not in self._scopes:
            self._scopes[function] = Scope(source, function, self.suspects.arrays)
        return self._scopes[function]

    def _ways(self, lines: Lines, *, only: bool = False) -> Iterator[Correction]:
        for source in self.sources:
            shapes, seen = shapes_in(source), set()
            for edit, unused in self._edits(source, lines, only=only):
                doubt = self._doubt(source, edit)
                mark = (*(source.place(n) for n in edit.nodes), edit.text)
                if doubt is None or (doubt == UNKNOWN and edit.tier) or mark in seen:
                    continue
                seen.add(mark)
                is_read = isinstance(edit.nodes[0], ast.expr)
                is_forgotten = is_read and any(n.search(edit.text) for n in unused)
                usual = 1.0 if is_forgotten else likeness(source, edit, shapes)
                yield Correction(source, edit, doubt, usual)

    def _edits(
        self, source: Source, lines: Lines, *, only: bool
    ) -> Iterator[tuple[Edit, list[re.Pattern[str]]]]:
        """Of one file, with the names that a function or a loop never reads."""
        forgotten = forgotten_functions(source)
        for statement, function in self.suspects.statements(source):
            span = range(statement.lineno, (statement.end_lineno or 0) + 1)
            is_there = any((source.file, n) in lines for n in span)
            if only and not is_there:
                continue
            names = {*unused_in(function), *unused_in_turns(statement), *forgotten}
            unused = [re.compile(rf"\b{re.escape(n)}\b") for n in names]
            near, scope = bool(unused) or is_there, self.scope(source, function)
            for edit in edits(source, statement, scope, is_suspected=near):
                yield edit, unused

    def _doubt(self, source: Source, edit: Edit) -> int | None:
        """How suspect the place of an edit is; None if it is not at all."""
        if edit.kind == "statement":  # another one is put before it
            return 1
        nodes = edit.nodes[-1:] if edit.each else edit.nodes
        if nodes not in self._doubts:
            self._doubts[nodes] = self._doubt_of(source, nodes)
        return self._doubts[nodes]

    def _doubt_of(self, source: Source, nodes: tuple[ast.AST, ...]) -> int | None:
        doubt = self.suspects.allows(source, nodes)
        if doubt == 0 and any(isinstance(n, ast.Lambda) for n in source.path(nodes[0])):
            line = nodes[0].lineno  # type: ignore[attr-defined]
            return int(self.runs.is_handed_over(source.file, line))
        return doubt

    def _tried(self, way: Correction, guard: Guard) -> Correction | None:
        if self.count >= self.most or self.likely.is_vain(way.source, way.edit):
            return None
        self.count += 1
        return self.verified(way, guard)

    def verified(self, way: Correction, guard: Guard) -> Correction | None:
        """What an edit repairs, here and at other points; None if nothing."""
        source, edit = way[:2]
        try:
            with source.exchanged(edit) as done:
                if not done:
                    return None
                right = self.judge(self.runs.step({}))
                if not right > self.right or not np.isclose(
                    self.runs.cost({}), self.cost, rtol=1e-12
                ):
                    return None
                if not self.elsewhere.agrees(right):
                    return None
        except Exception:
            return None
        finally:
            guard.put_back()
        return way._replace(right=right, first=self._first(source, edit.nodes[0]))

    def _first(self, source: Source, node: ast.AST) -> int:
        first, statement = self.suspects.first, source.statement(node)
        nodes = [n for n in ast.walk(statement) if hasattr(n, "lineno")]
        return min(first.get(source.place(n), 10**9) for n in nodes)


def _is_odd(correction: Correction, spoils: Spoils) -> bool:
    """Whether it goes the wrong way, or makes something wrong that is right."""
    source, edit = correction.source, correction.edit
    return goes_uphill(source, edit) or spoils(source, edit)

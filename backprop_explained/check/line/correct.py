"""Edits that make wrong gradients right, tried one by one."""

import ast
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

import numpy as np

from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.edits import edits
from backprop_explained.check.line.elsewhere import Elsewhere
from backprop_explained.check.line.forgotten import forgotten_functions
from backprop_explained.check.line.guarded import Guard
from backprop_explained.check.line.judge import Judge
from backprop_explained.check.line.likely import Likely, Way
from backprop_explained.check.line.names import unused_in, unused_in_turns
from backprop_explained.check.line.runs import Runs
from backprop_explained.check.line.scope import Scope
from backprop_explained.check.line.shapes import likeness, shapes_in
from backprop_explained.check.line.source import Source
from backprop_explained.check.line.suspects import UNKNOWN, Suspects
from backprop_explained.check.line.uphill import goes_uphill

TIERS = 3

VALUES, LEAST = 3_200_000, 3000
"""So many values are computed by edited steps, or so many edits are tried if more."""

NEAR = 2
"""So many kinds of edits are tried before the first one that may end the search."""


class Correction(NamedTuple):
    """An edit that makes wrong gradients right, and none wrong, at several points.

    Attributes
    ----------
    source : Source
        The file.
    edit : Edit
        What is changed.
    right : frozenset of int
        The gradients that are right then.
    doubt : int
        0, or more if right gradients hang on what is changed.
    first : int
        When it was first evaluated.
    usual : float
        How much it reads like another expression of its file then, from 0 to 1.
    """

    source: Source
    edit: Edit
    right: frozenset[int]
    doubt: int
    first: int
    usual: float


def _is_of(tier: int, way: Way) -> bool:
    return way.edit.tier == tier


def _stands_in(way: Way, lines: set[tuple[str, int]]) -> bool:
    return (way.source.file, way.edit.line) in lines


class Corrector:
    """Tries edits.

    Parameters
    ----------
    runs : Runs
        The calls.
    judge : Judge
        Says which gradients are right.
    sources : list of Source
        The files whose functions the step runs.
    """

    def __init__(self, runs: Runs, judge: Judge, sources: list[Source]) -> None:
        self.runs, self.judge, self.sources = runs, judge, sources
        self.right = judge(runs.step({}))
        names = frozenset(range(len(runs.leaves)))
        self.cost = runs.cost({})
        self.suspects = Suspects(runs, names - self.right)
        self.likely = Likely(self.suspects, judge, self.right)
        self.elsewhere = Elsewhere(runs, judge)
        self.elsewhere.measure(names)
        self.count = 0
        values = sum(map(len, self.suspects.logs.values()))
        self.most = max(LEAST, VALUES // max(values, 1))

    def all(
        self,
        lines: set[tuple[str, int]],
        need: frozenset[int],
        *,
        is_sure: bool = True,
        spoils: Callable[[Source, Edit], bool] = lambda *_: False,
    ) -> list[Correction]:
        """The edits that repair, of the first kind that has any.

        Parameters
        ----------
        lines : set of (str, int)
            The files and lines that are suspected first.
        need : frozenset of int
            The gradients that have to be right for the search to end.
        is_sure : bool
            Whether a far-fetched edit of these lines ends the search.
        spoils : callable
            Whether an edit makes right values of other functions wrong: such a one
            does not end the search.
        """
        solved = self.likely.lines() - lines
        ways = list(self._ways(lines | solved))
        everything = frozenset(range(len(self.runs.leaves)))
        kinds: list[Callable[[Way], bool]] = [
            lambda way: way.usual > 0,
            partial(_is_of, 0),
            lambda way: way.edit.tier < TIERS and _stands_in(way, lines),
            *(partial(_is_of, tier) for tier in range(1, TIERS)),
        ]
        far = NEAR + 1 if need == everything and is_sure else len(kinds)
        kinds.insert(far, lambda way: _stands_in(way, lines))
        kinds.append(lambda way: _stands_in(way, solved) and self.likely.is_whole(way))
        found: list[Correction] = []
        with self.guarded() as guard:
            for those in self.likely.sorted(ways, solved):
                for n, kind in enumerate(kinds):
                    for way in filter(kind, those):
                        if correction := self._tried(way, guard):
                            found.append(correction)
                    those = [way for way in those if not kind(way)]
                    if n >= NEAR and any(
                        c.right >= need
                        and (is_sure or c.edit.tier <= n - NEAR)
                        and not goes_uphill(c.source, c.edit)
                        and not spoils(c.source, c.edit)
                        for c in found
                    ):
                        return found
        return found

    @contextmanager
    def guarded(self) -> Iterator[Guard]:
        """Nothing that an edit does is left behind."""
        guard = Guard(f for source in self.sources for f in source.functions)
        held = [leaf.read() for leaf in self.runs.held]
        with warnings.catch_warnings(), guard.locked(held):
            warnings.simplefilter("ignore")
            yield guard

    def _ways(self, lines: set[tuple[str, int]]) -> Iterator[Way]:
        seen = set()
        shapes = {source.file: shapes_in(source) for source in self.sources}
        for source in self.sources:
            scopes: dict[ast.AST, Scope] = {}
            for statement, function in self.suspects.statements(source):
                if function not in scopes:
                    scopes[function] = Scope(source, function, self.suspects.arrays)
                names = {*unused_in(function), *unused_in_turns(statement)}
                names |= {*forgotten_functions(source)}
                unused = [re.compile(rf"\b{re.escape(n)}\b") for n in names]
                span = range(statement.lineno, (statement.end_lineno or 0) + 1)
                near = bool(unused) or any((source.file, n) in lines for n in span)
                for edit in edits(
                    source, statement, scopes[function], is_suspected=near
                ):
                    mark = (*(source.place(n) for n in edit.nodes), edit.text)
                    doubt = self._doubt(source, edit)
                    if doubt == UNKNOWN and edit.tier:
                        continue
                    if doubt is not None and (source.file, mark) not in seen:
                        seen.add((source.file, mark))
                        usual = likeness(source, edit, shapes[source.file])
                        is_read = isinstance(edit.nodes[0], ast.expr)
                        if is_read and any(n.search(edit.text) for n in unused):
                            usual = 1.0
                        yield Way(source, edit, doubt, usual)

    def _doubt(self, source: Source, edit: Edit) -> int | None:
        """How suspect the place of an edit is; None if it is not at all."""
        if edit.kind == "statement":  # another one is put before it
            return 1
        nodes = edit.nodes[-1:] if edit.each else edit.nodes
        doubt = self.suspects.allows(source, nodes)
        is_inside = any(isinstance(n, ast.Lambda) for n in source.path(nodes[0]))
        if doubt == 0 and is_inside:
            return int(self.runs.is_handed_over(source.file, edit.line))
        return doubt

    def _tried(self, way: Way, guard: Guard) -> Correction | None:
        if self.count >= self.most or self.likely.is_vain(way.source, way.edit):
            return None
        self.count += 1
        return self.verified(way, guard)

    def verified(self, way: Way, guard: Guard) -> Correction | None:
        """What an edit repairs, here and at other points; None if nothing."""
        source, edit, doubt, usual = way
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
        first = self._first(source, edit.nodes[0])
        return Correction(source, edit, right, doubt, first, usual)

    def _first(self, source: Source, node: ast.AST) -> int:
        times = [
            t
            for n in ast.walk(source.statement(node))
            if hasattr(n, "lineno")
            and (t := self.suspects.first.get((source.file, source.place(n))))
            is not None
        ]
        return min(times, default=10**9)

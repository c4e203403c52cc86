"""Corrections that were written from the value that a place needs."""

import ast
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple

import numpy as np

from backprop_explained.check.line.correct import Corrector
from backprop_explained.check.line.correction import Correction
from backprop_explained.check.line.edit import Edit, nodes_in
from backprop_explained.check.line.environment import Environment
from backprop_explained.check.line.guarded import guarded
from backprop_explained.check.line.readable import readable
from backprop_explained.check.line.recorder import Event
from backprop_explained.check.line.solving import ENTRIES, Reach, Solving
from backprop_explained.check.line.source import Source
from backprop_explained.check.line.suspects import Suspects
from backprop_explained.check.line.synthesis import Sought, distance

SIMPLE = ast.Assign | ast.AugAssign | ast.Expr | ast.Return

RUNS = 300
"""So many runs at most are made to ask for names: one for each entry of each."""


PLACES = 24
"""In so many places at most."""

TRIED = 12
"""So many texts of each are run."""

SPREAD = 6
"""A text that is farther from the author's than the nearest one by so much is out."""

TIER = 2
"""As far-fetched as what is tried last."""


class Joint(NamedTuple):
    """The reads of a name from one statement on, until it is set again.

    Of each read, its visits.
    """

    statement: ast.stmt
    name: str
    logs: list[list[Event]]


def joints(source: Source, suspects: Suspects) -> Iterator[Joint]:
    """The names of a file that several statements in a row read the same value of."""
    for block in _blocks(source):
        for start, statement in enumerate(block):
            before = block[start - 1] if start else ast.Pass()
            handed = _read(before) if isinstance(before, SIMPLE) else set()
            if not isinstance(statement, SIMPLE):
                continue
            for name in sorted(_read(statement) - handed):
                logs = _logs(source, suspects, block[start:], name)
                if len(logs) > 1 and _alike(logs):
                    yield Joint(statement, name, logs)


def _blocks(source: Source) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(source.tree):
        if source.functions_round(node):
            blocks = (getattr(node, field, None) for field in ("body", "orelse"))
            yield from (block for block in blocks if isinstance(block, list))


def _read(statement: ast.stmt) -> set[str]:
    names = nodes_in(statement, ast.Name)
    return {n.id for n in names if isinstance(n.ctx, ast.Load)}


def _logs(
    source: Source, suspects: Suspects, block: list[ast.stmt], name: str
) -> list[list[Event]]:
    """The visits of each read, up to where the name is set again."""
    found: list[list[Event]] = []
    for statement in block:
        own = [n for n in nodes_in(statement, ast.Name) if n.id == name]
        if not isinstance(statement, SIMPLE) and own:
            return found
        places = [p for p in map(source.place, own) if suspects.acts.get(p)]
        found += [suspects.logs[p] for p in places if p in suspects.logs]
        if any(isinstance(n.ctx, ast.Store) for n in own):
            break
    return found


def _alike(logs: list[list[Event]]) -> bool:
    """Whether each of them was read equally often, and was the same."""
    first, *others = logs
    values = [event.value for event in first]
    if any(value.dtype == bool for value in values):
        return False
    equal = partial(np.array_equal, equal_nan=True)
    return all(
        len(log) == len(first) and all(map(equal, values, (e.value for e in log)))
        for log in others
    )


def solved(
    source: Source, suspects: Suspects, solving: Solving
) -> Iterator[tuple[Joint, Reach]]:
    """Those with a value by which everything is right."""
    left = RUNS
    for joint in joints(source, suspects):
        entries = sum(event.value.size for event in joint.logs[0])
        if entries <= min(ENTRIES, left):
            left -= entries
            reach = solving.together(joint.logs)
            if reach and reach.all:
                yield joint, reach


class Hole(NamedTuple):
    """A place in which a value is known that repairs everything.

    An expression, or a statement that another one is put before; what has another value
    then, and its number in the recorder.
    """

    source: Source
    node: ast.expr | ast.stmt
    own: ast.expr
    number: int
    reach: Reach

    def edit(self, text: str) -> Edit:
        """The change that writes a text there."""
        if isinstance(self.node, ast.expr):
            return Edit((self.node,), text, TIER, "value")
        after = ast.unparse(self.node)
        own = ast.unparse(self.own)
        return Edit((self.node,), f"{own} = {text}; {after}", TIER, "value")


class Written:
    """Writes expressions from values; the corrector tries them in its places."""

    def __init__(self, corrector: Corrector) -> None:
        self.corrector, self.environment = corrector, Environment(corrector.runs)

    def all(self) -> list[Correction]:
        """What repairs everything, in every place, the nearest text of each."""
        found: list[tuple[int, Correction]] = []
        with guarded(self.corrector.sources, self.corrector.runs.held) as guard:
            for hole in [*islice(self._holes(), PLACES), *self._joints()]:
                for text in self._texts(hole)[:TRIED]:
                    way = Correction(hole.source, hole.edit(text), 0, 0.0)
                    correction = self.corrector.verified(way, guard)
                    if correction:
                        far = distance(ast.unparse(hole.own), text)
                        found.append((far, correction))
                        break
        best = min((far for far, _ in found), default=0)
        return [correction for far, correction in found if far <= best + SPREAD]

    def _texts(self, hole: Hole) -> list[str]:
        """What has the right value there, the nearest to the author's text first."""
        assert hole.reach.equations
        function = hole.source.outermost(hole.node)
        scope = self.corrector.scope(hole.source, function)
        own, plan = ast.unparse(hole.own), hole.reach.plan or {}
        texts = readable(scope, hole.own)
        was, values = self.environment.values(hole.number, texts, plan)
        if sum(v.size for v in was) != len(hole.reach.equations.values):
            return []
        return Sought(own, was, hole.reach.equations).texts(values)

    def _holes(self) -> Iterator[Hole]:
        nodes = {
            source.place(n): (source, n)
            for source in self.corrector.sources
            for n in source.nodes((ast.expr,))
            if source.functions_round(n)
        }
        for expression, reach in self.corrector.likely.solvable():
            if expression.place in nodes:
                source, node = nodes[expression.place]
                yield Hole(source, node, node, expression.index, reach)

    def _joints(self) -> Iterator[Hole]:
        """Before these statements one may be missing."""
        suspects, solving = self.corrector.suspects, self.corrector.likely.solving
        for source in self.corrector.sources:
            for joint, reach in solved(source, suspects, solving):
                own = ast.Name(joint.name, ast.Load())
                index = joint.logs[0][0].key[0]
                yield Hole(source, joint.statement, own, index, reach)

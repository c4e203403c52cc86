"""Corrections that were written from the value that a place needs."""

import ast
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from backprop_explained.check.line.correct import Corrector
from backprop_explained.check.line.correction import Correction
from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.environment import Environment
from backprop_explained.check.line.joined import solved
from backprop_explained.check.line.likely import Way
from backprop_explained.check.line.nearness import distance
from backprop_explained.check.line.readable import readable
from backprop_explained.check.line.solving import Reach
from backprop_explained.check.line.source import Source
from backprop_explained.check.line.synthesis import Sought

PLACES = 24
"""In so many places at most."""

TRIED = 12
"""So many texts of each are run."""

SPREAD = 6
"""A text that is farther from the author's than the nearest one by so much is out."""

TIER = 2
"""As far-fetched as what is tried last."""


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
        with self.corrector.guarded() as guard:
            for hole in [*islice(self._holes(), PLACES), *self._joints()]:
                for text in self._texts(hole)[:TRIED]:
                    way = Way(hole.source, hole.edit(text), 0, 0.0)
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

"""Corrections that were written from the value that a place needs."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from backprop_explained.check.line.correct import Correction, Corrector
from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.environment import Environment
from backprop_explained.check.line.expression import Expression
from backprop_explained.check.line.likely import Way
from backprop_explained.check.line.nearness import distance
from backprop_explained.check.line.readable import readable
from backprop_explained.check.line.scope import Scope
from backprop_explained.check.line.solving import Reach
from backprop_explained.check.line.source import DEFS, Source
from backprop_explained.check.line.suspects import place_of
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
    """A place in which a value is known that repairs everything."""

    source: Source
    node: ast.expr
    expression: Expression
    reach: Reach


class Written:
    """Writes expressions from values.

    Parameters
    ----------
    corrector : Corrector
        Tries them, and knows the places.
    """

    def __init__(self, corrector: Corrector) -> None:
        self.corrector = corrector

    def all(self) -> list[Correction]:
        """What repairs everything, in every place, the nearest text of each."""
        scopes: dict[ast.AST, Scope] = {}
        found = []
        with self.corrector.guarded() as guard:
            for hole in list(self._holes())[:PLACES]:
                function = hole.source.outermost(hole.node)
                if function not in scopes:
                    arrays = self.corrector.suspects.arrays
                    scopes[function] = Scope(hole.source, function, arrays)
                for text in self._texts(hole, scopes[function])[:TRIED]:
                    edit = Edit((hole.node,), text, TIER, "value")
                    way = Way(hole.source, edit, 0, 0.0)
                    correction = self.corrector.verified(way, guard)
                    if correction:
                        found.append(correction)
                        break
        best = min(map(nearness, found), default=0)
        return [c for c in found if nearness(c) <= best + SPREAD]

    def _texts(self, hole: Hole, scope: Scope) -> list[str]:
        """What has the right value there, the nearest to the author's text first."""
        assert hole.reach.equations
        environment = Environment(self.corrector.runs)
        own, plan = ast.unparse(hole.node), hole.reach.plan or {}
        texts = readable(scope, hole.node)
        was, values = environment.values(hole.expression.index, texts, plan)
        if sum(v.size for v in was) != len(hole.reach.equations.values):
            return []
        return Sought(own, was, hole.reach.equations).texts(values)

    def _holes(self) -> Iterator[Hole]:
        nodes = {
            (source.file, source.place(n)): (source, n)
            for source in self.corrector.sources
            for n in source.nodes((ast.expr,))
            if any(isinstance(f, DEFS) for f in source.path(n))
        }
        for expression, reach in self.corrector.likely.solvable():
            place = expression.file, place_of(expression)
            if place in nodes:
                source, node = nodes[place]
                if isinstance(node, ast.expr):
                    yield Hole(source, node, expression, reach)


def nearness(correction: Correction) -> int:
    """How far the text is from the author's own."""
    old = ast.unparse(correction.edit.nodes[0])
    return distance(old, correction.edit.text)

"""A gradient of the wrong shape: by which change of the source it gets the right one.

Such a step fails, or what it changes grows by broadcasting; there is no gradient that
could be compared.  Small changes of the source are tried until the step runs, leaves
every shape as it is, and is right.
"""

import re
import traceback
from collections.abc import Callable, Iterator
from math import prod
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.check.excuses import Outcome
from backprop_explained.check.line.correction import LARGE
from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.edits import edits
from backprop_explained.check.line.guarded import Guard, guarded
from backprop_explained.check.line.plausible import is_descent, likeness, shapes_in
from backprop_explained.check.line.report import WrongLine, misshapen_line
from backprop_explained.check.line.scope import Scope
from backprop_explained.check.line.source import DEFS, Source
from backprop_explained.check.line.watch import codes_run, files_of, source_of
from backprop_explained.check.memory import Leaf, Memory

TIERS = 2
"""Only what is not far-fetched is tried."""

_OF_SHAPES = "shape|dimension|broadcast|aligned"

ASKED = 40
"""Of so many changes of a tier, the step is checked; of others, whether it runs."""


class Way(NamedTuple):
    """A change that makes the step right, and how likely it is: small is likely."""

    source: Source
    edit: Edit
    score: tuple[float, ...]
    names: tuple[str, ...]


class Misshapen:
    """One step whose gradient has a wrong shape, and what checks it as it is now."""

    def __init__(
        self,
        step: Callable[[], Any],
        cost: Callable[[], Any],
        memory: Memory,
        check: Callable[[], Outcome],
        source: str | None,
    ) -> None:
        self.step, self.memory, self.check = step, memory, check
        self.cost, self._left = cost, ASKED
        codes = codes_run(cost)
        forward = {(c.co_filename, c.co_firstlineno) for c in codes}
        memory.restore()
        ran = codes_run(self._tried)
        memory.restore()
        self.runs = self._tried()
        self._draws = memory.has_drawn()
        self._ran = {(c.co_filename, c.co_firstlineno) for c in ran} - forward
        memory.restore()
        self.before, self.shapes = cost(), self._shapes()
        texts = {file: source_of(file, source) for file in files_of(ran, step)}
        self.sources = [Source(text, file) for file, text in texts.items() if text]
        sizes = [prod(shape) for shape in self.shapes if shape is not None]
        self._is_large = sum(sizes) >= LARGE

    def of_error(self, error: ValueError) -> WrongLine | None:
        """The line to change if the step fails, unless it fails for another reason."""
        files = {source.file for source in self.sources}
        frames = traceback.extract_tb(error.__traceback__)
        lines = [f.lineno for f in frames if f.filename in files]
        if self.runs or not lines or not re.search(_OF_SHAPES, str(error)):
            return None
        return self.line(f"in line {lines[-1]}, {str(error).strip()}")

    def of_grown(self, grown: list[tuple[Leaf, tuple[int, ...]]]) -> WrongLine | None:
        """The line to change if the step gives parameters another shape."""
        pairs = zip(self.memory.leaves, self.shapes, strict=True)
        was = {leaf.name: shape for leaf, shape in pairs}
        each = [f"{g.name} is {was[g.name]}, and becomes {new}" for g, new in grown]
        return self.line("; ".join(each))

    def _tried(self) -> bool:
        """Whether the step runs."""
        try:
            with np.errstate(all="ignore"):
                self.step()
        except Exception:
            return False
        return True

    def _shapes(self) -> list[tuple[int, ...] | None]:
        values = [leaf.now() for leaf in self.memory.leaves]
        return [None if value is None else value.shape for value in values]

    def line(self, says: str) -> WrongLine | None:
        """The line to change, if a change of one place makes the step right."""
        found: list[Way] = []
        with guarded(self.sources, self.memory.leaves) as guard:
            for tier in range(TIERS):
                if not (self._is_large and any(map(self._is_whole, found))):
                    found += self._of_tier(tier, guard)
        if not found:
            return None
        best = min(found, key=lambda way: way.score)
        return misshapen_line(best.source, best.edit, best.names, says)

    def _of_tier(self, tier: int, guard: Guard) -> Iterator[Way]:
        """What is right; of a large step, until one change makes everything right."""
        self._left = ASKED
        for source in self.sources:
            for edit, score in sorted(self._edits(source, tier), key=itemgetter(1)):
                if way := self._right(source, edit, score, guard):
                    yield way
                    if self._is_large and self._is_whole(way):
                        return

    def _is_whole(self, way: Way) -> bool:
        """Whether every array that was handed over is moved, and rightly."""
        return len(way.names) >= sum(x.now() is not None for x in self.memory.listed)

    def _edits(
        self, source: Source, tier: int
    ) -> Iterator[tuple[Edit, tuple[float, ...]]]:
        shapes = shapes_in(source)
        for function in source.nodes(DEFS):
            if source.place(function)[:2] not in self._ran:
                continue
            scope = Scope(source, source.outermost(function))
            for statement in source.statements_of(function):
                for edit in edits(source, statement, scope):
                    if edit.tier == tier:
                        usual = likeness(source, edit, shapes)
                        grows = abs(len(edit.text) - len(source.segment(edit.nodes[0])))
                        score = -usual, is_descent(statement), len(edit.nodes), grows
                        yield edit, score

    def _right(
        self, source: Source, edit: Edit, score: tuple[float, ...], guard: Guard
    ) -> Way | None:
        """The change, if the step runs with it, leaves every shape, and is right."""
        if not self._left:
            return None
        try:
            with source.exchanged(edit) as done:
                if not done or not self._fits():
                    return None
                self._left -= 1
                check = self.check()
        except Exception:
            return None
        finally:
            guard.put_back()
            self.memory.restore(draws=self._draws)
        if not check.verdict.startswith("right"):
            return None
        return Way(source, edit, (-len(check.names), *score), check.names)

    def _fits(self) -> bool:
        self.memory.restore(draws=self._draws)
        if not self._tried() or self._shapes() != self.shapes:
            return False
        self.memory.restore(draws=self._draws)
        return bool(np.isclose(np.sum(self.cost()), np.sum(self.before), rtol=1e-12))

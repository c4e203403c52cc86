"""Which expressions a wrong gradient depends on: its backward slice, as measured."""

import ast
from collections.abc import Iterator

import numpy as np

from backprop_explained.check.line.edit import part_of
from backprop_explained.check.line.expression import Place
from backprop_explained.check.line.judge import changed
from backprop_explained.check.line.probes import other_than
from backprop_explained.check.line.recorder import Change, Event
from backprop_explained.check.line.runs import Runs
from backprop_explained.check.line.source import Source

UNKNOWN = 2
"""How suspect an expression is that cannot be recorded, such as a range."""


class Suspects:
    """The expressions of a step that wrong gradients depend on, by their places.

    Attributes
    ----------
    first : dict
        When an expression was first evaluated.
    acts : dict
        The gradients that are different if an expression is.
    logs : dict
        The visits of each recorded expression.
    arrays : set of str
        The expressions that were an array of several numbers.
    lists : set
        The places of lists and tuples, which no number can be put before.
    """

    def __init__(self, runs: Runs, wrong: frozenset[int]) -> None:
        self.runs, self.wrong = runs, wrong
        self._before = runs.cost({}, keeps=True)
        met_before = set(runs.recorder.met)
        forward = {index for index, log in _by_index(runs.log) if self._feeds(log)}
        self._gradients = runs.step({}, keeps=True)
        self.first: dict[Place, int] = {}
        self.acts: dict[Place, frozenset[int]] = {}
        self.logs: dict[Place, list[Event]] = {}
        self.arrays: set[str] = set()
        self.lists: set[Place] = set()
        met, listed = runs.recorder.met, runs.recorder.listed
        self._read(runs.log, forward)
        self._read_containers(
            {i: t for i, t in met.items() if i not in met_before}, listed
        )

    def _read(self, events: list[Event], forward: set[int]) -> None:
        """What was recorded; what the cost depends on as well is not suspected."""
        order = {event.key: t for t, event in enumerate(events)}
        for index, log in _by_index(events):
            expression = self.runs.recorder.expressions[index]
            place = expression.place
            self.first[place], self.logs[place] = order[log[0].key], log
            if log[0].value.size > 1:
                self.arrays.add(expression.text)
            self.acts[place] = frozenset() if index in forward else self._moves(log)

    def _read_containers(self, met: dict[int, int], listed: set[int]) -> None:
        """What held numbers, and when it was met; all that is wrong may hang on it."""
        for index, t in met.items():
            place = self.runs.recorder.expressions[index].place
            if place not in self.acts:
                self.first[place], self.acts[place] = t, self.wrong
                if index in listed:
                    self.lists.add(place)

    def _feeds(self, log: list[Event]) -> bool:
        """Whether the cost depends on it."""
        try:
            return self.runs.cost(noise(log)) != self._before
        except Exception:
            return True

    def _moves(self, log: list[Event]) -> frozenset[int]:
        return self._moved_by(noise(log)) or self._moved_by(noise(log, turns=True))

    def _moved_by(self, plan: dict[tuple[int, int], Change]) -> frozenset[int]:
        try:
            moved = self.runs.step(plan)
        except Exception:
            return self.wrong
        return changed(self._gradients, moved)

    def statements(self, source: Source) -> Iterator[tuple[ast.stmt, ast.AST]]:
        """The suspected statements of a file, each with its outermost function."""
        for node in ast.walk(source.tree):
            if isinstance(node, ast.stmt) and not isinstance(node, ast.ClassDef):
                functions = source.functions_round(source.parent(node))
                if functions and self._ran(source, functions[-1]):
                    yield node, functions[0]

    def _ran(self, source: Source, function: ast.AST) -> bool:
        _, top, _, end, _ = source.place(function)
        return any(f == source.file and top <= n <= end for f, n, *_ in self.first)

    def allows(self, source: Source, nodes: tuple[ast.AST, ...]) -> int | None:
        """How suspect nodes are: 0, or 1 if right gradients hang on them; or None."""
        found = [self._acts_on(source, node) for node in nodes]
        if any(acts is not None and not acts & self.wrong for acts in found):
            return None
        if any(acts is None for acts in found):
            return UNKNOWN
        return int(any(acts and acts - self.wrong for acts in found))

    def _acts_on(self, source: Source, node: ast.AST) -> frozenset[int] | None:
        """Of the smallest recorded expression round a node; None if there is none."""
        statement = source.statement(node)
        if _is_counted(source, node) or (node is statement and part_of(statement)):
            return None
        while True:
            if hasattr(node, "lineno") and (place := source.place(node)) in self.acts:
                return self.acts[place]
            if node is statement:
                break
            node = source.parent(node)
        if isinstance(statement, ast.Assign | ast.AugAssign | ast.Return | ast.Expr):
            nodes = [n for n in ast.walk(statement) if hasattr(n, "lineno")]
            inside = [self.acts.get(source.place(n), frozenset()) for n in nodes]
            return frozenset().union(*inside)
        return None


def _is_counted(source: Source, node: ast.AST) -> bool:
    """Whether it is in a length or a shape, which no value in it changes."""
    while isinstance(node, ast.expr):
        match node:
            case ast.Attribute(attr="shape" | "size") | ast.Call(func=ast.Name("len")):
                return True
            case ast.Subscript() if ast.unparse(node.value).endswith(".shape"):
                return True
        node = source.parent(node)
    return False


def _by_index(log: list[Event]) -> list[tuple[int, list[Event]]]:
    found: dict[int, list[Event]] = {}
    for event in log:
        found.setdefault(event.key[0], []).append(event)
    return list(found.items())


def noise(log: list[Event], *, turns: bool = False) -> dict[tuple[int, int], Change]:
    """Something else at each visit; also of another sign, as a comparison may see."""
    rng = np.random.default_rng(len(log))
    return {
        event.key: Change(False, other_than(event.value, rng, turns=turns))
        for event in log
    }

"""Names that are read in several places, and that a statement is missing for."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from backprop_explained.check.line.recorder import Event
from backprop_explained.check.line.solving import ENTRIES, Reach, Solving
from backprop_explained.check.line.source import Source
from backprop_explained.check.line.suspects import Suspects

SIMPLE = ast.Assign | ast.AugAssign | ast.Expr | ast.Return

RUNS = 300
"""So many runs at most are made to ask for names: one for each entry of each."""


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
    return {
        n.id
        for n in ast.walk(statement)
        if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
    }


def _logs(
    source: Source, suspects: Suspects, block: list[ast.stmt], name: str
) -> list[list[Event]]:
    """The visits of each read, up to where the name is set again."""
    found: list[list[Event]] = []
    for statement in block:
        nodes = [n for n in ast.walk(statement) if isinstance(n, ast.Name)]
        own = [n for n in nodes if n.id == name]
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
    return all(
        len(log) == len(first)
        and all(
            a.value.dtype != bool and np.array_equal(a.value, b.value, equal_nan=True)
            for a, b in zip(first, log, strict=True)
        )
        for log in others
    )


def solved(
    source: Source, suspects: Suspects, solving: Solving
) -> list[tuple[Joint, Reach]]:
    """Those with a value by which everything is right."""
    found: list[tuple[Joint, Reach]] = []
    runs = 0
    for joint in joints(source, suspects):
        entries = sum(event.value.size for event in joint.logs[0])
        if entries <= ENTRIES and runs + entries <= RUNS:
            runs += entries
            reach = solving.together(joint.logs)
            if reach and reach.all:
                found.append((joint, reach))
    return found

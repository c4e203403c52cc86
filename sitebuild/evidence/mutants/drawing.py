"""Draws mutants of the package with Cosmic Ray, spread over its modules."""

import ast
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from sitebuild.evidence.mutants.narrow import ROOT, modules, name_of

SEED = 0
LEAST = 2
"""How many of each module, at least."""

Position = tuple[int, int]


class Mutant(NamedTuple):
    """One line of a module, without the change and with it."""

    path: str
    line: int
    before: str
    after: str

    def within(self, text: str) -> str:
        """The text of the module with the change.

        Raises
        ------
        ValueError
            If the line is not what it was.
        """
        lines = text.split("\n")
        if lines[self.line - 1] != self.before:
            raise ValueError(f"{self.path}:{self.line} is no longer {self.before!r}")
        lines[self.line - 1] = self.after
        return "\n".join(lines)


def _annotations(text: str) -> list[tuple[Position, Position]]:
    """Where types stand: a change to one is seen when the module is imported."""
    nodes = [
        part
        for node in ast.walk(ast.parse(text))
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if part is not None
    ]
    return [
        ((n.lineno, n.col_offset), (n.end_lineno or 0, n.end_col_offset or 0))
        for n in nodes
    ]


def _changes(node: Any) -> list[tuple[str, int]]:
    """The operators that change a node, and how often."""
    from cosmic_ray.plugins import get_operator, operator_names

    operators = {name: get_operator(name) for name in operator_names()}
    counts = [
        (name, len([*operator().mutation_positions(node)]))
        for name, operator in operators.items()
        if not operator.arguments()
    ]
    return [(name, count) for name, count in counts if count]


def mutants(path: Path, rng: random.Random) -> Iterator[Mutant]:
    """Mutants of a module, each at another place, by an operator drawn for it."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator

    text = path.read_text("utf-8")
    nodes, types = list(ast_nodes(get_ast(text))), _annotations(text)
    for at in rng.sample(range(len(nodes)), len(nodes)):
        start = nodes[at].start_pos
        changes = _changes(nodes[at])
        if changes and not any(low <= start < high for low, high in types):
            name, count = rng.choice(changes)
            operator = get_operator(name)()
            before = sum(len([*operator.mutation_positions(n)]) for n in nodes[:at])
            made = mutant(path, name, before + rng.randrange(count))
            if made:
                yield made


def mutant(path: Path, name: str, occurrence: int) -> Mutant | None:
    """The change that an operator makes; None unless it changes one line alone."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    text = path.read_text("utf-8")
    changed = mutate_code(text, get_operator(name)(), occurrence)
    old, new = text.split("\n"), (changed or "").split("\n")
    if len(old) != len(new):
        return None
    lines = [n for n, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    if len(lines) != 1:
        return None
    (at,) = lines
    return Mutant(path.relative_to(ROOT).as_posix(), at + 1, old[at], new[at])


def drawn(count: int, seed: int = SEED) -> list[Mutant]:
    """About so many: a few of each module, the others where there is most code."""
    sizes = {path: path.stat().st_size for path in modules().values()}
    rest = max(0, count - LEAST * len(sizes)) / sum(sizes.values())
    return [
        made
        for path, size in sizes.items()
        for made in islice(
            mutants(path, random.Random(f"{seed} {name_of(path)}")),
            LEAST + round(rest * size),
        )
    ]

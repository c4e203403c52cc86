"""Expressions with the right value: what is wanted is known before any text is.

All that can be read in a place is put together by twos and threes, as numbers, and kept
if the equations of `solving` are met by it; what is nearest to what stands there first.
"""

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product
from typing import Any

import numpy as np

from backprop_explained.check.line.environment import Values
from backprop_explained.check.line.solving import Equations
from backprop_explained.notation import Array

KEPT = 2000
"""So many texts are remembered in parts."""


ROWS = 300
"""So many values are put together in pairs at most."""

MATRICES = 160
"""So many arrays are multiplied as matrices."""

HITS = 400
"""So many texts with the right value are compared at most."""

ROUGH = 1e-6
"""How far off the one number may be that sorts out most texts."""

_SIMPLE = frozenset("_.()[]")

_SIGNS = {"*": np.multiply, "-": np.subtract, "+": np.add, "/": np.divide}

_FORMS = (
    ("{1}", lambda own, row: row),
    ("{0} * ({1})", lambda own, row: own * row),
    ("{0} + {1}", lambda own, row: own + row),
    ("{0} - ({1})", lambda own, row: own - row),
)


@lru_cache(KEPT)
def _parts(text: str) -> Counter[str]:
    """Every node of a tree, with what it stands in, and the order of the leaves."""
    found: Counter[str] = Counter()
    leaves: list[str] = []

    def visit(node: ast.AST, above: str) -> None:
        own = _name(node)
        found[own] += 2
        found[f"{above}>{own}"] += 1
        marks = ast.expr_context | ast.operator | ast.unaryop | ast.cmpop
        inside = [n for n in ast.iter_child_nodes(node) if not isinstance(n, marks)]
        leaves.extend([] if inside else [own])
        for place, child in enumerate(inside):
            visit(child, f"{own} {place}")

    visit(ast.parse(text, mode="eval").body, "")
    found.update(map(" ".join, pairwise(leaves)))
    return found


def _name(node: ast.AST) -> str:
    kind = type(node).__name__
    if isinstance(node, ast.BinOp | ast.UnaryOp):
        return f"{kind} {type(node.op).__name__}"
    detail = getattr(node, "id", getattr(node, "attr", getattr(node, "value", "")))
    return kind if isinstance(detail, ast.AST) else f"{kind} {detail}"


def distance(old: str, new: str) -> int:
    """How many nodes, edges and neighbouring leaves differ; nodes count more.

    Examples
    --------
    >>> distance("a * b", "a * c"), distance("a * b", "a * b * (1 - c)")
    (8, 14)
    >>> distance("a * b", "c / 2")
    20
    """
    one, other = _parts(old), _parts(new)
    return ((one - other) + (other - one)).total()


def bracketed(text: str) -> str:
    """As it can stand next to an operator.

    Examples
    --------
    >>> bracketed("a.b[0]"), bracketed("a * b"), bracketed("f(a - b)")
    ('a.b[0]', '(a * b)', 'f(a - b)')
    """
    deep = 0
    for sign in text:
        deep += (sign in "([") - (sign in ")]")
        if not deep and not (sign.isalnum() or sign in _SIMPLE):
            return f"({text})"
    return text


class Sought:
    """What the value of one expression has to be: how it reads and is, and must be."""

    def __init__(
        self, text: str, values: Sequence[Array], equations: Equations
    ) -> None:
        self.text, self.values, self.equations = text, values, equations
        self.own = np.concatenate([v.ravel() for v in values]).astype(float)
        mix = np.random.default_rng(5).uniform(0.5, 1.5, len(equations.goal))
        self.weights = mix @ equations.matrix
        self.goal = float(mix @ equations.goal + self.weights @ equations.values)
        size = float(np.abs(self.weights) @ np.abs(self.own))
        self.allowed = ROUGH * max(size, abs(self.goal))

    def row(self, values: Sequence[Array]) -> Array | None:
        """A value as all entries in a row; None if it does not fit there."""
        try:
            pairs = zip(values, self.values, strict=True)
            rows = [np.broadcast_to(v, own.shape).ravel() for v, own in pairs]
        except ValueError:
            return None
        found: Array = np.concatenate(rows)
        return found if np.isfinite(found).all() else None

    def texts(self, values: Values) -> list[str]:
        """Those with the right value, the nearest to its own text first."""
        two = [*self._bank(values), *self._multiplied(values)]
        few = sorted(two, key=lambda pair: len(pair[0]))[:ROWS]
        with np.errstate(all="ignore"):
            found = [t for text, row in two for t in self._with_own(text, row)]
            found += self._pairs(few)
        found = [ast.unparse(ast.parse(text, mode="eval")) for text in found[:HITS]]
        found = [t for t in dict.fromkeys(found) if t != self.text]
        return sorted(found, key=lambda text: distance(self.text, text))

    def _bank(self, values: Values) -> list[tuple[str, Array]]:
        """What fits there, each value once, the first text of it."""
        found: dict[bytes, tuple[str, Array]] = {}
        for text, each in values.items():
            row = self.row(each)
            if row is not None:
                found.setdefault(_mark(row), (text, row))
        return list(found.values())

    def _multiplied(self, values: Values) -> Iterator[tuple[str, Array]]:
        """Products of matrices, and outer ones, that fit there."""
        shape, seen = self.values[0].shape, set()
        several = [(t, v) for t, v in values.items() if v[0].ndim][:MATRICES]
        for (left, a), (right, b) in product(several, several):
            if _product(a[0].shape, b[0].shape) == shape:
                row = self._made(np.matmul, a, b)
                text = f"{bracketed(left)} @ {bracketed(right)}"
            elif a[0].shape + b[0].shape == shape and len(shape) == 2:
                row = self._made(np.multiply.outer, a, b)
                text = f"np.outer({left}, {right})"
            else:
                continue
            if row is not None and _mark(row) not in seen:
                seen.add(_mark(row))
                yield text, row

    def _made(self, by: Any, a: list[Array], b: list[Array]) -> Array | None:
        """What two values make at each visit; None if their shapes do not fit."""
        try:
            return self.row([by(x, y) for x, y in zip(a, b, strict=True)])
        except ValueError:
            return None

    def _with_own(self, text: str, row: Array) -> Iterator[str]:
        """The value alone, and put together with what stands there."""
        own, inside, mine = self.own, bracketed(text), bracketed(self.text)
        made = {
            text: row,
            f"{mine} * {inside}": own * row,
            f"{mine} / {inside}": own / row,
            f"{inside} / {mine}": row / own,
            f"{self.text} + {text}": own + row,
            f"{self.text} - {inside}": own - row,
            f"{text} - {mine}": row - own,
            f"-{mine} * {inside}": -own * row,
        }
        yield from (new for new, value in made.items() if self._is_met(value))

    def _pairs(self, those: list[tuple[str, Array]]) -> Iterator[str]:
        """Values put together by twos, alone and with what stands there."""
        rows = np.array([row for _, row in those])
        texts, mine = [bracketed(text) for text, _ in those], bracketed(self.text)
        for text, row in zip(texts, rows, strict=True):
            for sign, by in _SIGNS.items():
                made = by(row, rows)
                for n, form in self._fitting(made):
                    if self._is_met(_FORMS[form][1](self.own, made[n])):
                        pair = f"{text} {sign} {texts[n]}"
                        yield _FORMS[form][0].format(mine, pair)

    def _fitting(self, made: Array) -> Iterator[tuple[int, int]]:
        """Of which rows one number is right, in which form."""
        alone = made @ self.weights
        own = float(self.own @ self.weights)
        times = made @ (self.own * self.weights)
        for form, number in enumerate((alone, times, alone + own, own - alone)):
            for n in np.flatnonzero(np.abs(number - self.goal) <= self.allowed):
                yield int(n), form

    def _is_met(self, value: Array) -> bool:
        if not np.isfinite(value).all():
            return False
        if abs(value @ self.weights - self.goal) > self.allowed:
            return False
        return bool(self.equations.are_met(value[None])[0])


def _mark(row: Array) -> bytes:
    """Equal for values that differ in rounding alone."""
    size = float(np.abs(row).max(initial=0)) or 1.0
    return np.round(row / size, 9).tobytes() + f"{size:.8g}".encode()


def _product(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...] | None:
    """The shape of a product of matrices; None if there is none."""
    if len(a) > 2 or len(b) > 2 or a[-1] != b[0]:
        return None
    return a[:-1] + b[1:]

r"""The value of a formula at a point.

>>> from sitebuild.maths.grammar import read
>>> from sitebuild.maths.meanings import NEURON
>>> value(read(r"\sigma(z) = a \le 1"), Point(NEURON))
True
"""

import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from sitebuild.maths.points import Point
from sitebuild.maths.relations import holds
from sitebuild.maths.tokens import UnreadError
from sitebuild.maths.trees import Node, name_of

_STEP = 1e-3


def known(name: str | None, point: Point) -> bool:
    """Whether a symbol of this name is declared."""
    return name is not None and (name in point.meanings or name in point.fixed)


def value(node: Node, point: Point) -> Any:
    """The value of a tree; `UnreadError` where a symbol has no meaning."""
    name = name_of(node)
    if name and known(name, point):
        return point[name]
    return _RULES[node[0]](node, point)


def _symbol(node: Node, point: Point) -> Any:
    if node[1] == "e":
        return np.e
    try:
        if node[1] in _NUMPY:
            return getattr(np, node[1])
    except KeyError:
        pass
    raise UnreadError(f"the symbol {node[1]} has no meaning on this page")


_NUMPY = {"log", "exp", "tan", "sin", "cos", "tanh", "sinh", "cosh", "maximum", "diag"}


def _indexed(node: Node, point: Point) -> Any:
    array = np.asarray(value(node[1], point))
    index = []
    for mark in node[2]:
        if mark.isdigit():
            index.append(int(mark) - 1)
        elif known(mark, point):
            index.append(point[mark])
        else:
            raise UnreadError(f"{name_of(node)} has no meaning on this page")
    if array.ndim != len(index) or min(index) < 0:
        raise UnreadError(f"{name_of(node)} has no meaning on this page")
    return array[tuple(index)]


def _product(node: Node, point: Point) -> Any:
    left, right = value(node[1], point), value(node[2], point)
    if callable(left):
        raise UnreadError("a function stands there as a factor")
    if np.ndim(left) and np.ndim(right):
        outer = np.ndim(left) == 1 and np.ndim(right) == 2 and len(right) == 1
        return left[:, None] @ right if outer else left @ right
    return left * right


def _entrywise(node: Node, point: Point) -> Any:
    left, right = value(node[1], point), value(node[2], point)
    if np.shape(left) != np.shape(right):
        raise ValueError(f"shapes {np.shape(left)} and {np.shape(right)} at ⊙")
    return left * right


def _apply(node: Node, point: Point) -> Any:
    function, argument = value(node[1], point), node[2]
    if not callable(function):
        return _product(node, point)
    if argument[0] == "row":
        return function(*(value(part, point) for part in argument[1:]))
    inner = value(argument, point)
    return (lambda x: function(inner(x))) if callable(inner) else function(inner)


def _prime(node: Node, point: Point) -> Any:
    function = value(node[1], point)
    if not callable(function):
        raise UnreadError("a prime stands at what is no function")

    def slope(x: Any) -> Any:
        far, near = (
            (function(x + h) - function(x - h)) / (2 * h) for h in (2 * _STEP, _STEP)
        )
        return (4 * near - far) / 3

    return slope


def _power(node: Node, point: Point) -> Any:
    base = value(node[1], point)
    exponent = value(node[2], point)
    if callable(base):
        return lambda x: base(x) ** exponent
    return np.power(base, float(exponent))


def _slope(node: Node, point: Point) -> Any:
    upper, lower = node[1], node[2]
    marks: tuple[Any, ...] = ()
    for part in (upper, lower):
        if not known(name_of(part), point):
            if part[0] != "indexed":
                raise UnreadError(f"{name_of(part)} has no meaning on this page")
            marks += part[2]
    names = []
    for part in (upper, lower):
        names.append(name_of(part) if known(name_of(part), point) else name_of(part[1]))
        if not known(names[-1], point):
            raise UnreadError(f"{names[-1]} has no meaning on this page")
    found = point.slope(*names)
    if not marks:
        return found
    fixed = point.moved("the slope", found)
    return _indexed(("indexed", ("symbol", "the slope"), marks), fixed)


def _total(node: Node, point: Point) -> Any:
    over, inner = node[1], node[2]
    if over == "examples":
        return np.sum(value(inner, point), axis=0)
    if not over:
        return np.sum(value(inner, point))
    if not known(f"{over}_count", point):
        raise UnreadError(f"{over} has no range: declare {over}_count")
    return sum(
        value(inner, point.moved(over, i)) for i in range(point[f"{over}_count"])
    )


def _repeated(node: Node, point: Point) -> Any:
    """A product; its index counts from 1 in the formula, and from 0 in arrays."""
    over, first, last = node[1], node[2], value(node[3], point)
    factors = (value(node[4], point.moved(over, i - 1)) for i in range(first, last + 1))
    return math.prod(factors)


def _shaped(node: Node, point: Point) -> Any:
    found = value(node[2], point)
    if np.shape(found) != node[1]:
        raise ValueError(f"shape {np.shape(found)} stands over {node[1]}")
    return found


def _interval(node: Node, point: Point) -> Any:
    low, high = (value(part, point) for part in node[1:])
    if not low < high:
        raise ValueError(f"the interval from {low} to {high} is empty")
    return np.array([low, high])


def _chain(node: Node, point: Point) -> bool:
    relations, sides = node[1], node[2:]
    if relations[0] == "←":  # the new value, which has a name of its own
        sides = (("symbol", f"{name_of(sides[0])}_new"), *sides[1:])
    values = [value(side, point) for side in sides]
    digits = [
        len(str(s[1]).partition(".")[2]) if s[0] == "number" else 0 for s in sides
    ]
    return all(
        holds(relation, values[i], values[i + 1], digits[i + 1])
        for i, relation in enumerate(relations)
    )


def _two(rule: Callable[[Any, Any], Any]) -> Callable[[Node, Point], Any]:
    def found(node: Node, point: Point) -> Any:
        left, right = value(node[1], point), value(node[2], point)
        if callable(left) or callable(right):
            raise UnreadError("a function stands there as a number")
        return rule(left, right)

    return found


def _one(rule: Callable[[Any], Any]) -> Callable[[Node, Point], Any]:
    def found(node: Node, point: Point) -> Any:
        inner = value(node[1], point)
        return (lambda x: rule(inner(x))) if callable(inner) else rule(inner)

    return found


_RULES: dict[str, Callable[[Node, Point], Any]] = {
    "symbol": _symbol,
    "number": lambda node, point: node[1],
    "indexed": _indexed,
    "apply": _apply,
    "prime": _prime,
    "power": _power,
    "slope": _slope,
    "total": _total,
    "repeated": _repeated,
    "shaped": _shaped,
    "interval": _interval,
    "row": lambda node, point: np.array([value(part, point) for part in node[1:]]),
    "product": _product,
    "entrywise": _entrywise,
    "chain": _chain,
    "sum": _two(operator.add),
    "difference": _two(operator.sub),
    "quotient": _two(np.divide),
    "negative": _one(operator.neg),
    "size": _one(np.abs),
    "norm": _one(np.linalg.norm),
    "root": _one(np.sqrt),
    "transposed": _one(lambda x: x[None] if np.ndim(x) == 1 else np.transpose(x)),
}

"""What a function can read: the names, fields, helpers and numbers at hand."""

import ast
import builtins
from collections.abc import Iterator, Set
from typing import Any

from backprop_explained.check.line.forgotten import forgotten_functions
from backprop_explained.check.line.names import (
    called_in,
    computes,
    constants_of,
    defined_in,
    takes_one,
    unique,
    unused_in,
)
from backprop_explained.check.line.source import DEFS, Source

COUNTED = 12
"""The sizes of so many names are tried as a factor."""

MOST = 40
"""So many factors of the file are tried."""


class Reads:
    """What can be read in one function.

    Parameters
    ----------
    source : Source
        The file.
    function : ast.AST
        The outermost function.
    arrays : set of str
        The expressions that are known to be arrays.

    Attributes
    ----------
    reads : list of str
        Names, attributes and items that hold numbers, as far as it is known.
    numbers : list of str
        What the file divides or multiplies by.
    factors : list of str
        What the file multiplies by, if its names are at hand.
    helpers : list of str
        The functions of the file, and the methods at hand.
    of_one : list of str
        Those of them that take one thing.
    functions : list of str
        The same, and those of a library that the file calls entry by entry.
    constants : list of str
        What the file gives a number to, outside of functions.
    """

    def __init__(
        self, source: Source, function: ast.AST, arrays: Set[str] = frozenset()
    ) -> None:
        self.source, self.function, self.arrays = source, function, arrays
        tree = source.tree
        self._defined = defined_in(source.tree)
        pure = [n for n in tree.body if isinstance(n, DEFS) and computes(n, tree)]
        own = [n.name for n in pure if n.args.args]
        self.helpers = unique([*own, *self._methods()])
        single = [n.name for n in pure if takes_one(n)]
        forgotten = forgotten_functions(source) if self.has_self else []
        self.of_one = unique([*single, *self._methods(), *forgotten])
        unused = sorted(unused_in(function))
        self.functions = unique([*self.of_one, *called_in(tree), *unused])
        self.constants = constants_of(source.tree)
        self.fields = unique(
            n.attr
            for n in ast.walk(tree)
            if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)
        )
        self.keys = unique(
            repr(n.value)
            for k in ast.walk(tree)
            for n in ast.iter_child_nodes(k)
            if isinstance(k, ast.Subscript | ast.Dict)
            and isinstance(n, ast.Constant)
            and isinstance(n.value, str)
        )
        self.names = self._names()
        self.reads = self._reads()
        self.counters = self._counters()
        numbers = self._operands(ast.Div | ast.Mult, small=True)
        self.numbers = unique([*numbers, *self._counts()])
        self.factors = self._operands(ast.Mult, small=False)

    def _methods(self) -> list[str]:
        """The other methods of its class that take one thing."""
        owner = self.source.parent(self.function)
        if not isinstance(owner, ast.ClassDef) or not self.has_self:
            return []
        return [
            f"self.{n.name}"
            for n in owner.body
            if isinstance(n, DEFS) and takes_one(n) and n is not self.function
            if computes(n, self.source.tree)
        ]

    def _names(self) -> list[str]:
        found = []
        for node in ast.walk(self.function):
            if isinstance(node, ast.arg):
                found.append(node.arg)
            elif isinstance(node, ast.Name) and not self._is_called(node):
                found.append(node.id)
        known = self._defined | set(dir(builtins)) | {"self", "cls"}
        return [n for n in unique(found) if n not in known]

    def _is_called(self, node: ast.AST) -> bool:
        parent, field, _ = self.source.parents[node]
        return isinstance(parent, ast.Call) and field == "func"

    def is_at_hand(self, node: ast.AST) -> bool:
        """Whether all names in it mean something here."""
        known = {*self.names, *self.constants, *self._defined, *dir(builtins), "self"}
        names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        return names <= known and ("self" not in names or self.has_self)

    @property
    def has_self(self) -> bool:
        """Whether it is a method."""
        return any(
            isinstance(n, ast.arg) and n.arg == "self" for n in ast.walk(self.function)
        )

    def is_number(self, node: ast.expr) -> bool:
        """Whether it may be a number, not a function, a module or part of a name."""
        parent, field, _ = self.source.parents[node]
        if field == "func" or (isinstance(node, ast.Name) and node.id in self._defined):
            return False
        return not isinstance(parent, ast.Attribute) or parent.attr == "T"

    def is_asked(self, node: ast.expr, parent: ast.Attribute) -> bool:
        """Whether a method of an array is called there, as in `d.sum()`."""
        field = self.source.parents[parent][1]
        return field == "func" and ast.unparse(node) in self.arrays

    def _loads(self, where: ast.AST) -> Iterator[ast.expr]:
        for node in ast.walk(where):
            if (
                isinstance(node, ast.Name | ast.Attribute | ast.Subscript)
                and not self._is_called(node)
                and not (
                    isinstance(node, ast.Attribute) and _is_module(node, self._defined)
                )
            ):
                yield node

    def _reads(self) -> list[str]:
        texts = list(self.names)
        for node in self._loads(self.function):
            text = ast.unparse(node)
            if not isinstance(node, ast.Name) and not text.endswith((".T", ".shape")):
                texts.append(text)
        bases = [
            n.value for n in ast.walk(self.function) if isinstance(n, ast.Attribute)
        ]
        named = [b.id for b in bases if isinstance(b, ast.Name)]
        for base in unique([*named, *(["self"] if self.has_self else [])]):
            if base not in self._defined:
                texts += [f"{base}.{field}" for field in self.fields]
        return [t for t in unique(texts) if t not in ("self", "cls")]

    def _counters(self) -> list[str]:
        """The names that loops run through, which may be indices."""
        found = []
        for node in ast.walk(self.function):
            if isinstance(node, ast.For | ast.comprehension):
                found += [
                    n.id for n in ast.walk(node.target) if isinstance(n, ast.Name)
                ]
        return unique(found)

    def _counts(self) -> list[str]:
        """How many examples or entries there are, of each name and field."""
        args = self.names
        fields = [r for r in self.reads if r.startswith("self.") and r.count(".") == 1]
        names = [n for n in args if n not in ("self", "cls")] + fields
        sizes = ("len({})", "{}.size", "{}.shape[1]")
        return [size.format(name) for size in sizes for name in names[:COUNTED]]

    def varies(self, text: str) -> bool:
        """Whether a factor is an array, or another one at each turn of a loop."""
        names = {n.id for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Name)}
        if names & set(self.counters):
            return True
        if text.startswith("len(") or ".shape" in text or text.endswith(".size"):
            return False
        nodes = ast.walk(ast.parse(text, mode="eval"))
        return any(
            ast.unparse(n) in self.arrays for n in nodes if isinstance(n, ast.expr)
        )

    def _operands(self, operator: Any, *, small: bool) -> list[str]:
        found = []
        for node in ast.walk(self.source.tree):
            if isinstance(node, ast.BinOp) and isinstance(node.op, operator):
                sides = (
                    [node.right]
                    if isinstance(node.op, ast.Div)
                    else [node.left, node.right]
                )
                found += [
                    s for s in sides if self.is_at_hand(s) and _is_small(s) == small
                ]
        return unique(ast.unparse(n) for n in found)[:MOST]


def _is_module(node: ast.Attribute, defined: set[str]) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id in defined


def _is_small(node: ast.expr) -> bool:
    """Whether it looks like one number: a name, a constant, a length."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in ("len", "float")
    if isinstance(node, ast.Attribute):
        return node.attr != "T"
    if isinstance(node, ast.Subscript):
        return isinstance(node.value, ast.Attribute) and node.value.attr == "shape"
    if isinstance(node, ast.BinOp):
        return (
            isinstance(node.op, ast.Mult | ast.Div)
            and _is_small(node.left)
            and _is_small(node.right)
        )
    return isinstance(node, ast.Name | ast.Constant)

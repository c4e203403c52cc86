"""What a function can read: the names, fields, helpers and numbers at hand."""

import ast
import builtins
from collections.abc import Iterator, Set
from functools import cached_property

from backprop_explained.check.line.edit import nodes_in
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
from backprop_explained.check.line.source import DEFS, Function, Source

COUNTED = 12
"""The sizes of so many names are tried as a factor."""

MOST = 40
"""So many factors of the file are tried."""

_BUILTINS = frozenset(dir(builtins))


class Reads:
    """What can be read in one function, the outermost one round a place.

    The arrays are the expressions that are known to be arrays.
    """

    def __init__(
        self, source: Source, function: ast.AST, arrays: Set[str] = frozenset()
    ) -> None:
        self.source, self.function, self.arrays = source, function, arrays
        self._defined = defined_in(source.tree)
        self.has_self = any(n.arg == "self" for n in nodes_in(function, ast.arg))

    # ---- functions

    @cached_property
    def _pure(self) -> list[Function]:
        """The functions of the file that only compute something."""
        tree = self.source.tree
        return [n for n in tree.body if isinstance(n, DEFS) and computes(n, tree)]

    @cached_property
    def _methods(self) -> list[str]:
        """The other methods of its class that take one thing, and only compute."""
        owner = self.source.parent(self.function)
        if not isinstance(owner, ast.ClassDef) or not self.has_self:
            return []
        others = [
            n for n in owner.body if isinstance(n, DEFS) and n is not self.function
        ]
        pure = [n for n in others if takes_one(n) and computes(n, self.source.tree)]
        return [f"self.{n.name}" for n in pure]

    @cached_property
    def helpers(self) -> list[str]:
        """The functions of the file, and the methods at hand."""
        return unique([*(n.name for n in self._pure if n.args.args), *self._methods])

    @cached_property
    def of_one(self) -> list[str]:
        """Those of them that take one thing."""
        single = [n.name for n in self._pure if takes_one(n)]
        forgotten = forgotten_functions(self.source) if self.has_self else []
        return unique([*single, *self._methods, *forgotten])

    @cached_property
    def functions(self) -> list[str]:
        """The same, and those of a library that the file calls entry by entry."""
        unused = sorted(unused_in(self.function))
        return unique([*self.of_one, *called_in(self.source.tree), *unused])

    # ---- names, fields and items

    @cached_property
    def constants(self) -> list[str]:
        """What the file gives a number to, outside of functions."""
        return constants_of(self.source.tree)

    @cached_property
    def fields(self) -> list[str]:
        """The fields that the file gives a value to."""
        nodes = self.source.nodes((ast.Attribute,))
        return unique(n.attr for n in nodes if isinstance(n.ctx, ast.Store))

    @cached_property
    def keys(self) -> list[str]:
        """The texts by which the file looks something up."""
        holders = self.source.nodes((ast.Subscript, ast.Dict))
        inside = [n for holder in holders for n in ast.iter_child_nodes(holder)]
        constants = [n.value for n in inside if isinstance(n, ast.Constant)]
        return unique(repr(value) for value in constants if isinstance(value, str))

    @cached_property
    def names(self) -> list[str]:
        """The names that may hold numbers."""
        found = []
        for node in nodes_in(self.function, ast.arg, ast.Name):
            if isinstance(node, ast.arg):
                found.append(node.arg)
            elif isinstance(node, ast.Name) and not self._is_called(node):
                found.append(node.id)
        known = self._defined | _BUILTINS | {"self", "cls"}
        return [n for n in unique(found) if n not in known]

    @cached_property
    def reads(self) -> list[str]:
        """Names, attributes and items that hold numbers, as far as it is known."""
        texts = list(self.names)
        others = [n for n in self._loads() if not isinstance(n, ast.Name)]
        texts += [ast.unparse(n) for n in others]
        texts = [text for text in texts if not text.endswith((".T", ".shape"))]
        bases = [n.value for n in nodes_in(self.function, ast.Attribute)]
        named = [b.id for b in bases if isinstance(b, ast.Name)]
        for base in unique([*named, *(["self"] if self.has_self else [])]):
            if base not in self._defined:
                texts += [f"{base}.{field}" for field in self.fields]
        return [t for t in unique(texts) if t not in ("self", "cls")]

    @cached_property
    def counters(self) -> list[str]:
        """The names that loops run through, which may be indices."""
        kinds, nodes = ast.For | ast.comprehension, ast.walk(self.function)
        targets = [n.target for n in nodes if isinstance(n, kinds)]
        return unique(n.id for target in targets for n in nodes_in(target, ast.Name))

    def _loads(self) -> Iterator[ast.expr]:
        for node in nodes_in(self.function, ast.Name, ast.Attribute, ast.Subscript):
            is_library = (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in self._defined
            )
            if not is_library and not self._is_called(node):
                yield node

    def _is_called(self, node: ast.AST) -> bool:
        parent, field, _ = self.source.parents[node]
        return isinstance(parent, ast.Call) and field == "func"

    @cached_property
    def _known(self) -> Set[str]:
        return {*self.names, *self.constants, *self._defined, *_BUILTINS, "self"}

    def is_at_hand(self, node: ast.AST) -> bool:
        """Whether all names in it mean something here."""
        names = {n.id for n in nodes_in(node, ast.Name)}
        return names <= self._known and ("self" not in names or self.has_self)

    def is_number(self, node: ast.expr) -> bool:
        """Whether it may be a number, not a function, a module or part of a name."""
        parent, field, _ = self.source.parents[node]
        if field == "func" or (isinstance(node, ast.Name) and node.id in self._defined):
            return False
        return not isinstance(parent, ast.Attribute) or parent.attr == "T"

    def is_asked(self, node: ast.expr, parent: ast.Attribute) -> bool:
        """Whether a method of an array is called there, as in `d.sum()`."""
        return self._is_called(parent) and ast.unparse(node) in self.arrays

    # ---- factors

    @cached_property
    def numbers(self) -> list[str]:
        """What the file divides or multiplies by; how many entries there are."""
        numbers = self._operands(ast.Div, ast.Mult, small=True)
        fields = [r for r in self.reads if r.startswith("self.") and r.count(".") == 1]
        names = [*self.names, *fields][:COUNTED]
        sizes = ("len({})", "{}.size", "{}.shape[1]")
        return unique([*numbers, *(s.format(name) for s in sizes for name in names)])

    @cached_property
    def factors(self) -> list[str]:
        """What the file multiplies by, if its names are at hand."""
        return self._operands(ast.Mult, small=False)

    def varies(self, text: str) -> bool:
        """Whether a factor is an array, or another one at each turn of a loop."""
        tree = ast.parse(text, mode="eval")
        if any(n.id in self.counters for n in nodes_in(tree, ast.Name)):
            return True
        if text.startswith("len(") or ".shape" in text or text.endswith(".size"):
            return False
        return any(ast.unparse(n) in self.arrays for n in nodes_in(tree, ast.expr))

    def _operands(self, *operators: type[ast.operator], small: bool) -> list[str]:
        sides: list[ast.expr] = []
        for node in self.source.nodes((ast.BinOp,)):
            if isinstance(node.op, operators):
                sides += [] if isinstance(node.op, ast.Div) else [node.left]
                sides.append(node.right)
        found = [s for s in sides if self.is_at_hand(s) and _is_small(s) == small]
        return unique(map(ast.unparse, found))[:MOST]


def _is_small(node: ast.expr) -> bool:
    """Whether it looks like one number: a name, a constant, a length."""
    match node:
        case ast.Call():
            return isinstance(node.func, ast.Name) and node.func.id in ("len", "float")
        case ast.Attribute():
            return node.attr != "T"
        case ast.Subscript():
            return isinstance(node.value, ast.Attribute) and node.value.attr == "shape"
        case ast.BinOp(left, ast.Mult() | ast.Div(), right):
            return _is_small(left) and _is_small(right)
    return isinstance(node, ast.Name | ast.Constant)

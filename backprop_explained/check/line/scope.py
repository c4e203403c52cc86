"""What could be written in a function in the place of something."""

import ast
from functools import cached_property

from backprop_explained.check.line.edit import nodes_in
from backprop_explained.check.line.names import alike, unique, unused_in
from backprop_explained.check.line.reads import Reads

MOST = 40
"""So many other texts are tried in the place of one."""


class Scope(Reads):
    r"""What can be read in one function, and what could stand for something else.

    Examples
    --------
    >>> from backprop_explained.check.line.source import Source
    >>> source = Source("def f(p, w):\n    return w * (p - 1) + p\n", "f.py")
    >>> scope = Scope(source, source.tree.body[0])
    >>> read = source.tree.body[0].body[0].value.right
    >>> scope.others(read), scope.with_name(read)
    (['w'], ['p - 1'])
    """

    @cached_property
    def calls_of_two(self) -> list[tuple[str, str]]:
        """The functions that it calls with two things, each with the second one."""
        found = []
        for node in nodes_in(self.function, ast.Call):
            called = ast.unparse(node.func)
            is_ours = called in self.helpers or called.endswith("multiply")
            if len(node.args) == 2 and not node.keywords and is_ours:
                found += [(called, a) for a in alike(node.args[1])]
        return list(dict.fromkeys(found))

    @cached_property
    def neighbours(self) -> list[str]:
        """Items one before and one after those that are read."""
        found = []
        for node in self._loads():
            if isinstance(node, ast.Subscript) and _is_counted(node.slice):
                base, index = ast.unparse(node.value), ast.unparse(node.slice)
                found += [f"{base}[{index} + 1]", f"{base}[{index} - 1]"]
        return [text for text in unique(found) if text not in self.reads]

    @cached_property
    def items(self) -> list[str]:
        """The items that the counters of the loops may be the index of."""
        bare = [r for r in self.reads if r.replace("self.", "").isidentifier()]
        found = [f"{read}[{i}]" for i in self.counters for read in bare[:MOST]]
        return [text for text in found if text not in self.reads]

    @cached_property
    def forgotten(self) -> list[str]:
        """The items of what is never read, by the counters of the loops."""
        unused = sorted(unused_in(self.function))
        return [f"{name}[{i}]" for i in self.counters for name in unused]

    @cached_property
    def arrays_read(self) -> list[str]:
        """What it reads, as far as it is known to be an array."""
        return [read for read in self.reads if read in self.arrays]

    @cached_property
    def with_numbers(self) -> list[tuple[str, set[str]]]:
        """What stands in the function and has a number on one side, with its sides."""
        nodes = nodes_in(self.function, ast.BinOp)
        sides = [(n, (n.left, n.right)) for n in nodes]
        return [
            (ast.unparse(n), set(map(ast.unparse, both)))
            for n, both in sides
            if any(isinstance(side, ast.Constant) for side in both)
        ]

    def with_name(self, node: ast.expr) -> list[str]:
        """What stands in the function, and is made of this and a number."""
        own = ast.unparse(node)
        return unique(text for text, sides in self.with_numbers if own in sides)

    def others(self, node: ast.expr) -> list[str]:
        """What else could be read in its place, the likeliest first."""
        texts: list[str] = []
        if isinstance(node, ast.Attribute):
            base = ast.unparse(node.value)
            texts += [f"{base}.{field}" for field in self.fields]
        if isinstance(node, ast.Subscript):
            texts += self._items(node)
        texts += self.reads
        own = ast.unparse(node)
        return [t for t in unique(texts) if t != own][:MOST]

    def _items(self, node: ast.Subscript) -> list[str]:
        base, index = ast.unparse(node.value), node.slice
        if isinstance(index, ast.Constant) and isinstance(index.value, str):
            return [f"{base}[{key}]" for key in self.keys]
        if isinstance(index, ast.Slice | ast.Tuple):
            return []
        text = ast.unparse(index)
        near = [f"{text} + 1", f"{text} - 1"]
        if isinstance(index, ast.BinOp) and isinstance(index.op, ast.Add | ast.Sub):
            near += [ast.unparse(index.left)]
        own = [f"{base}[{i}]" for i in [*near, *self.counters, "0", "1", "-1", "-2"]]
        others = [n for n in self._loads() if isinstance(n, ast.Subscript)]
        others = [n for n in others if not isinstance(n.slice, ast.Slice)]
        return [*own, *(f"{ast.unparse(n.value)}[{text}]" for n in others)]


def _is_counted(index: ast.expr) -> bool:
    """Whether it has a name in it, and is no slice."""
    is_index = isinstance(index, ast.Name | ast.UnaryOp | ast.BinOp)
    return is_index and any(nodes_in(index, ast.Name))


def receiver(call: ast.AST) -> str:
    """What a method is called of; empty if none is."""
    match call:
        case ast.Call(ast.Attribute(value)):
            return ast.unparse(value)
    return ""

"""The source of a file as a tree, in which single expressions can be exchanged."""

import ast
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import CodeType, FunctionType
from typing import Any

from backprop_explained.check.line.edit import Edit, Node, nodes_in
from backprop_explained.check.line.expression import Place, place_in
from backprop_explained.check.line.watch import codes_in, living_functions, running

Function = ast.FunctionDef | ast.AsyncFunctionDef
DEFS: tuple[type[Function], ...] = (ast.FunctionDef, ast.AsyncFunctionDef)


class Source:
    """A file's text, its tree, and the functions of it that are alive."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.lines = text.splitlines()
        self.tree = ast.parse(text)
        self.parents: dict[ast.AST, tuple[ast.AST, str, int | None]] = {}
        for parent in ast.walk(self.tree):
            for field, value in ast.iter_fields(parent):
                rows = enumerate(value) if isinstance(value, list) else [(None, value)]
                for index, node in rows:
                    if isinstance(node, ast.AST):
                        self.parents[node] = parent, field, index
        self._places: dict[ast.AST, Place] = {}
        self._segments: dict[ast.AST, str] = {}
        self._living: dict[tuple[str, int], list[FunctionType]] = {}
        for f in living_functions():
            if f.__code__.co_filename == file:
                self._living.setdefault(_key(f.__code__), []).append(f)

    @property
    def functions(self) -> list[FunctionType]:
        """All functions of the file that are alive."""
        return [f for same in self._living.values() for f in same]

    def parent(self, node: ast.AST) -> ast.AST:
        """What a node stands in."""
        return self.parents[node][0]

    def nodes(self, kinds: tuple[type[Node], ...]) -> Iterator[Node]:
        """All nodes of these kinds."""
        return nodes_in(self.tree, *kinds)

    def functions_round(self, node: ast.AST) -> list[Function]:
        """The functions that a node stands in, or is, the outermost first."""
        return [n for n in self.path(node) if isinstance(n, DEFS)]

    def outermost(self, node: ast.AST) -> Function:
        """The first of them."""
        return self.functions_round(node)[0]

    def statements_of(self, function: ast.AST) -> Iterator[ast.stmt]:
        """The statements of a function, those of functions inside of it apart."""
        for node in ast.walk(function):
            if not isinstance(node, ast.stmt) or node is function:
                continue
            if self.functions_round(self.parent(node))[-1] is function:
                yield node

    def statement(self, node: ast.AST) -> ast.stmt:
        """The statement that a node stands in."""
        while not isinstance(node, ast.stmt):
            node = self.parent(node)
        return node

    def segment(self, node: ast.AST) -> str:
        """How it reads."""
        if node not in self._segments:
            self._segments[node] = ast.get_source_segment(self.text, node) or "?"
        return self._segments[node]

    def place(self, node: ast.AST) -> Place:
        """Where it stands."""
        if node not in self._places:
            self._places[node] = place_in(self.lines, self.file, node)
        return self._places[node]

    def path(self, node: ast.AST) -> list[ast.AST]:
        """What it stands in, from the module down to the node."""
        found = [node]
        while found[0] in self.parents:
            found.insert(0, self.parent(found[0]))
        return found

    def calls_of(self, node: ast.AST) -> tuple[int, ...]:
        """The lines that call the function that a node stands in."""
        name = "".join(f.name for f in self.functions_round(node)[-1:])
        found = {
            n.lineno
            for n in self.nodes((ast.Call,))
            if ast.unparse(n.func).rpartition(".")[2] == name
        }
        return tuple(sorted(found))

    # ---- exchanging

    def edited(self, edit: Edit) -> str:
        """The text with the change made; no line moves."""
        lines = [line.encode() for line in self.lines]
        pairs = zip(edit.nodes, edit.texts, strict=True)
        for node, new in sorted(pairs, key=lambda pair: _start(pair[0]), reverse=True):
            if isinstance(node, ast.expr) and self._needs_brackets(node, new):
                new = f"({new})"
            top, left = _start(node)
            end = node.end_lineno - 1  # type: ignore[attr-defined]
            right = lines[end][node.end_col_offset :]  # type: ignore[attr-defined]
            new = new.replace("\n", "\n" + " " * left)
            lines[top - 1] = lines[top - 1][:left] + new.encode() + right
            lines[top : end + 1] = [b""] * (end + 1 - top)
        return b"\n".join(lines).decode() + "\n"

    def _needs_brackets(self, node: ast.expr, new: str) -> bool:
        simple = ast.Name | ast.Attribute | ast.Subscript | ast.Call | ast.Constant
        round_it = ast.BinOp | ast.UnaryOp | ast.Attribute | ast.Compare | ast.Subscript
        is_simple = isinstance(ast.parse(new, mode="eval").body, simple)
        return not is_simple and isinstance(self.parent(node), round_it)

    def exchanged(self, edit: Edit) -> AbstractContextManager[bool]:
        """Its functions run with the change made, until this ends; False if none do."""
        codes = self._codes(edit)
        many = Counter(map(_key, codes))  # two lambdas of one line have the same key
        alone = [(_key(code), code) for code in codes if many[_key(code)] == 1]
        return running(
            (f, new) for key, new in alone for f in self._living.get(key, ())
        )

    @contextmanager
    def with_edit(self, edit: Edit) -> Iterator[list[ast.AST]]:
        """The tree has other nodes in it, until this ends."""
        pairs = zip(edit.texts, edit.nodes, strict=True)
        new = [_parsed(text, node) for text, node in pairs]
        try:
            for node, other in zip(edit.nodes, new, strict=True):
                self._put(node, other)
            yield new
        finally:
            for node in edit.nodes:
                self._put(node, node)

    def _codes(self, edit: Edit) -> list[CodeType]:
        """The code of the functions that the changed ones stand in, and below."""
        try:
            with self.with_edit(edit):
                return list(codes_in(compile(self._skeleton(edit), self.file, "exec")))
        except (SyntaxError, ValueError, TypeError):
            return []

    def _put(self, node: ast.AST, other: ast.AST) -> None:
        parent, field, index = self.parents[node]
        if index is None:
            setattr(parent, field, other)
        else:
            getattr(parent, field)[index] = other

    def _skeleton(self, edit: Edit) -> ast.Module:
        """The outermost function, in its classes."""
        path = self.path(edit.nodes[0])
        inner: Any = self.outermost(edit.nodes[0])
        for outer in reversed(path[1 : path.index(inner)]):
            if isinstance(outer, ast.ClassDef):
                bare: dict[str, Any] = {"keywords": [], "decorator_list": []}
                shell = ast.ClassDef(outer.name, [], body=[inner], **bare)
                inner = ast.copy_location(shell, outer)
        return ast.Module([inner], [])


def _start(node: ast.AST) -> tuple[int, int]:
    return node.lineno, node.col_offset  # type: ignore[attr-defined]


def _key(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _parsed(text: str, like: ast.AST) -> ast.AST:
    """The tree of a text, at the place of another node."""
    new: ast.AST
    if isinstance(like, ast.stmt):
        body = ast.parse(text).body
        new = body[0] if len(body) == 1 else ast.If(ast.Constant(True), body, [])
    else:
        new = ast.parse(text, mode="eval").body
    for node in ast.walk(new):
        if "lineno" in node._attributes:
            ast.copy_location(node, like)
    return new

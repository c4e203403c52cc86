"""The source of a file as a tree, in which single expressions can be exchanged."""

import ast
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FunctionType
from typing import Any

from backprop_explained.check.line.edit import Edit

DEFS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Source:
    """A file's text, its tree, and the functions of it that are alive.

    Parameters
    ----------
    text, file : str
        The text, and what the file is called.
    """

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
        self._places: dict[ast.AST, tuple[int, int, int, int]] = {}
        self._segments: dict[ast.AST, str] = {}
        self._living: dict[tuple[str, int], list[FunctionType]] = {}
        for f in [f for f in gc.get_objects() if type(f) is FunctionType]:
            if f.__code__.co_filename == file:
                self._living.setdefault(_key(f.__code__), []).append(f)

    @property
    def functions(self) -> list[FunctionType]:
        """All functions of the file that are alive."""
        return [f for same in self._living.values() for f in same]

    def parent(self, node: ast.AST) -> ast.AST:
        """What a node stands in."""
        return self.parents[node][0]

    def nodes(self, kinds: tuple[type[ast.AST], ...]) -> Iterator[ast.AST]:
        """All nodes of these kinds."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def outermost(self, node: ast.AST) -> ast.AST:
        """The outermost function that a node stands in, or is."""
        return next(n for n in self.path(node) if isinstance(n, DEFS))

    def statements_of(self, function: ast.AST) -> Iterator[ast.stmt]:
        """The statements of a function, those of functions inside of it apart."""
        for node in ast.walk(function):
            if isinstance(node, ast.stmt) and node is not function:
                inside = [n for n in self.path(node)[:-1] if isinstance(n, DEFS)]
                if inside[-1] is function:
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

    def place(self, node: ast.AST) -> tuple[int, int, int, int]:
        """Lines from 1, columns in characters."""
        if node not in self._places:
            top, left = _start(node)
            end, right = node.end_lineno, node.end_col_offset  # type: ignore[attr-defined]
            ends = self._characters(top, left), self._characters(end, right)
            self._places[node] = top, ends[0], end, ends[1]
        return self._places[node]

    def _characters(self, line: int, offset: int) -> int:
        return len(self.lines[line - 1].encode()[:offset].decode(errors="ignore"))

    def path(self, node: ast.AST) -> list[ast.AST]:
        """What it stands in, from the module down to the node."""
        found = [node]
        while found[0] in self.parents:
            found.insert(0, self.parent(found[0]))
        return found

    def calls_of(self, node: ast.AST) -> tuple[int, ...]:
        """The lines that call the function that a node stands in."""
        name = next((n.name for n in self.path(node)[::-1] if isinstance(n, DEFS)), "")
        found = [
            n.lineno
            for n in ast.walk(self.tree)
            if isinstance(n, ast.Call)
            and ast.unparse(n.func).rpartition(".")[2] == name
        ]
        return tuple(sorted(set(found)))

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
        parent = self.parent(node)
        simple = (ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.Constant)
        if isinstance(ast.parse(new, mode="eval").body, simple):
            return False
        return isinstance(
            parent,
            ast.BinOp | ast.UnaryOp | ast.Attribute | ast.Compare | ast.Subscript,
        )

    @contextmanager
    def exchanged(self, edit: Edit) -> Iterator[bool]:
        """Its functions run with the change made, until this ends.

        Yields
        ------
        bool
            False if they cannot.
        """
        changed: list[tuple[FunctionType, CodeType]] = []
        try:
            done = False
            codes = self._codes(edit)
            keys = [_key(code) for code in codes]
            for code, key in zip(codes, keys, strict=True):
                if keys.count(key) > 1:  # two lambdas of one line
                    continue
                for function in self._living.get(key, []):
                    if function.__code__.co_freevars == code.co_freevars:
                        changed.append((function, function.__code__))
                        function.__code__ = code
                        done = True
            yield done
        finally:
            for function, old in reversed(changed):
                function.__code__ = old

    @contextmanager
    def with_edit(self, edit: Edit, whole: ast.AST) -> Iterator[ast.AST | None]:
        """The tree of an expression with the change of one node, until this ends."""
        node = edit.nodes[0]
        try:
            new = _parsed(edit.text, node)
        except SyntaxError:
            yield None
            return
        self._put(node, new)
        try:
            yield new if node is whole else whole
        finally:
            self._put(node, node)

    def _codes(self, edit: Edit) -> list[CodeType]:
        """The code of the functions that the changed ones stand in, and below."""
        try:
            pairs = zip(edit.texts, edit.nodes, strict=True)
            new = [_parsed(text, node) for text, node in pairs]
            for node, other in zip(edit.nodes, new, strict=True):
                self._put(node, other)
            return list(_below(compile(self._skeleton(edit), self.file, "exec")))
        except (SyntaxError, ValueError, TypeError):
            return []
        finally:
            for node in edit.nodes:
                self._put(node, node)

    def _put(self, node: ast.AST, other: ast.AST) -> None:
        parent, field, index = self.parents[node]
        if index is None:
            setattr(parent, field, other)
        else:
            getattr(parent, field)[index] = other

    def _skeleton(self, edit: Edit) -> ast.Module:
        """The outermost function, in its classes."""
        path = self.path(edit.nodes[0])
        i = next(i for i, n in enumerate(path) if isinstance(n, DEFS))
        inner: Any = path[i]
        for outer in reversed(path[1:i]):
            if isinstance(outer, ast.ClassDef):
                bare: dict[str, Any] = {"keywords": [], "decorator_list": []}
                shell = ast.ClassDef(outer.name, [], body=[inner], **bare)
                inner = ast.copy_location(shell, outer)
        return ast.Module([inner], [])


def _start(node: ast.AST) -> tuple[int, int]:
    return node.lineno, node.col_offset  # type: ignore[attr-defined]


def _key(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _below(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _below(constant)


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

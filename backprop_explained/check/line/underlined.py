"""A line of a source, with the expressions in it underlined."""

import ast
from linecache import getline

from backprop_explained.check.line.expression import Expression
from backprop_explained.check.line.source import Source


def underlined(source: Source, nodes: list[ast.AST]) -> list[str]:
    """The line of the first node, and all nodes of that line underlined."""
    line = source.place(nodes[0])[1]
    places = [source.place(node) for node in nodes]
    spans = [
        (left, right if end == line else None)
        for _, top, left, end, right in places
        if top == line
    ]
    return _rows(source.file, line, source.lines[line - 1], spans)


def shown(at: Expression, source: str | None) -> list[str]:
    """The line, and the expression in it underlined."""
    text = getline(at.file, at.line)
    if not text and source:
        text = source.splitlines()[at.line - 1]
    end = at.end_column if at.end_line == at.line else None
    return _rows(at.file, at.line, text, [(at.column, end)])


def _rows(
    file: str, line: int, text: str, spans: list[tuple[int, int | None]]
) -> list[str]:
    """A line after its file and number, and below it what is between columns marked."""
    text = text.expandtabs(4).rstrip()
    bare = text.lstrip()
    head = f"{file.rpartition('/')[2]}, line {line}:   "
    off = len(head) + len(bare) - len(text)
    marks = [" "] * (len(head) + len(bare))
    for left, right in spans:
        start = min(max(left + off, len(head)), len(marks) - 1)
        end = min(len(text) if right is None else right, len(text)) + off
        for i in range(start, max(end, start + 1)):
            marks[i] = "~"
    return [head + bare, "".join(marks).rstrip()]

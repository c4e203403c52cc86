"""A line of a source, with the expressions in it underlined."""

import ast
from linecache import getline

from backprop_explained.check.line.expression import Expression
from backprop_explained.check.line.source import Source


def underlined(source: Source, nodes: list[ast.AST]) -> list[str]:
    """The line of the first node, and all nodes of that line underlined."""
    line = source.place(nodes[0])[0]
    text = source.lines[line - 1].expandtabs(4).rstrip()
    bare = text.lstrip()
    off = len(text) - len(bare)
    head = f"{source.file.rpartition('/')[2]}, line {line}:   "
    marks = [" "] * len(head + bare)
    for node in nodes:
        top, left, end, right = source.place(node)
        if top == line:
            right = right if end == line else len(text)
            for i in range(max(left - off, 0), max(right - off, 1)):
                if len(head) + i < len(marks):
                    marks[len(head) + i] = "~"
    return [head + bare, "".join(marks).rstrip()]


def shown(at: Expression, source: str | None) -> list[str]:
    """The line, and the expression in it underlined."""
    line = getline(at.file, at.line)
    if not line and source:
        line = source.splitlines()[at.line - 1]
    head = f"{at.file.rpartition('/')[2]}, line {at.line}:   "
    text = line.rstrip().expandtabs(4)
    bare = text.lstrip()
    start = max(at.column - (len(text) - len(bare)), 0)
    end = at.end_column if at.end_line == at.line else len(text)
    width = min(end, len(text)) - (len(text) - len(bare)) - start
    return [head + bare, " " * (len(head) + start) + "~" * max(width, 1)]

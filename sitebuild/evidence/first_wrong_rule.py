"""When is a named line the right one?  A strict rule, fixed before it was applied.

The *changed lines* of a mistake are those statements of the mistaken program that the
program without it does not have; where the mistake took lines away, the statements on
both sides of the gap.  Of the lines that were named, all of the first finding, it
counts as

- *changed*: each of them is in a changed statement;
- *beside*: not so, but one of them, or of the calls named with them, is; or they stand
  in a helper and the change at a call of it, or the other way round; or they read the
  variable that the changed statement sets;
- *elsewhere*: something else was named;
- *not found*: the verdict is "wrong", and no line was named;
- *stopped*: no answer within `SECONDS` of processor time;
- *not seen*: the verdict of `check_step` is not "wrong", so nothing was searched.
"""

import ast
import difflib
from typing import Any

SECONDS = 10
"""Of processor time."""

GROUPS = ("changed", "beside", "elsewhere", "not found", "stopped", "not seen")


def changed_lines(right: str, mistaken: str) -> set[int]:
    r"""The lines of the mistaken text that are not in the right one.

    Of a deletion, the line before and the line after.

    Examples
    --------
    >>> changed_lines("a\nb\nc", "a\nB\nc"), changed_lines("a\nb\nc", "a\nc")
    ({2}, {1, 2})
    """
    old, new = right.splitlines(), mistaken.splitlines()
    found: set[int] = set()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, _, _, start, end in matcher.get_opcodes():
        if tag == "delete":
            found |= {start, start + 1}
        elif tag != "equal":
            found |= set(range(start + 1, end + 1))
    return found


def statements(source: str, lines: set[int]) -> list[ast.stmt]:
    """The innermost statements that stand in these lines."""
    nodes = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.stmt)]
    around = ([n for n in nodes if line in _lines(n)] for line in lines)
    return [min(found, key=lambda n: len(_lines(n))) for found in around if found]


def _lines(node: ast.stmt | ast.expr) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def spans(source: str, lines: set[int]) -> set[int]:
    """All lines of the simple statements that stand in these lines."""
    found = set(lines)
    for node in statements(source, lines):
        if not hasattr(node, "body"):
            found |= set(_lines(node))
    return found


def reads(source: str, changed: set[int], named: set[int]) -> bool:
    """Whether a named statement reads what a changed one sets."""
    set_there, read_there = (
        {
            ast.unparse(n)
            for statement in statements(source, lines)
            for n in ast.walk(statement)
            if isinstance(getattr(n, "ctx", None), context)
        }
        for lines, context in ((changed, ast.Store), (named, ast.Load))
    )
    return bool(set_there & read_there)


def is_beside(source: str, changed: set[int], line: Any) -> bool:
    """Whether a helper was named for its call, or the reverse, or what reads it."""
    if changed & {*line.lines, *line.calls} or reads(source, changed, set(line.lines)):
        return True
    inside: dict[int, str] = {}
    called: dict[int, set[str]] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            inside |= dict.fromkeys(_lines(node), node.name)
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            for at in _lines(node):
                called.setdefault(at, set()).add(name)
    return any(
        inside.get(a) != inside.get(b)
        and (inside.get(a) in called.get(b, ()) or inside.get(b) in called.get(a, ()))
        for a in changed
        for b in line.lines
    )


def group(source: str, changed: set[int], found: Any) -> str:
    if found.check.verdict != "wrong":
        return "not seen"
    if not found.lines:
        return "not found"
    first, changed = found.lines[0], spans(source, changed)
    if set(first.lines) <= changed:
        return "changed"
    return "beside" if is_beside(source, changed, first) else "elsewhere"

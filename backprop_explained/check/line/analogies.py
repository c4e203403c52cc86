"""What another statement of the function says, in the names of this one."""

import ast
import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.scope import Scope

KIND = "analogy"
"""What such an edit is called."""

ALIKE = 0.5
"""How much statements have in common at least."""

MOST = 6
"""So many statements are compared with one."""

_TOKEN = re.compile(r"[^\W\d]\w*|\d[\w.]*|'[^']*'|\*\*|[-+*/@]=|[^\s\w]")
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(r"(.*?[^\W\d].*?)(\d+)(\D*)$")


def of_analogy(statement: ast.stmt, scope: Scope) -> Iterator[Edit]:
    """What is assigned there, as in a statement that is much like it."""
    if not isinstance(statement, ast.Assign | ast.AugAssign):
        return
    own = tokens(ast.unparse(statement))
    seen = {ast.unparse(statement.value)}
    for other in _siblings(statement, own, scope):
        for words in carried_over(tokens(ast.unparse(other)), own):
            value = _value(words, statement)
            text = ast.unparse(value) if value else ""
            if value and text not in seen and scope.is_at_hand(value):
                seen.add(text)
                yield Edit((statement.value,), text, 0, KIND)


def _siblings(statement: ast.stmt, own: list[str], scope: Scope) -> list[ast.stmt]:
    """The statements that are most like it."""
    rated: list[tuple[float, int, ast.stmt]] = []
    for other in ast.walk(scope.function):
        if other is statement or not isinstance(other, type(statement)):
            continue
        ratio = SequenceMatcher(None, tokens(ast.unparse(other)), own, False).ratio()
        if ALIKE <= ratio < 1:
            rated.append((-ratio, abs(other.lineno - statement.lineno), other))
    return [row[2] for row in sorted(rated, key=lambda row: row[:2])[:MOST]]


def tokens(text: str) -> list[str]:
    """The names, numbers and signs of a text."""
    return _TOKEN.findall(text)


def carried_over(other: list[str], own: list[str]) -> list[list[str]]:
    """A statement with the names that another has in their places.

    Examples
    --------
    >>> other, own = tokens("dW1 = d1 @ x / m"), tokens("dW2 = d2 @ a")
    >>> " ".join(carried_over(other, own)[0])
    'dW2 = d2 @ a / m'
    >>> other, own = tokens("W2 += a1.T @ d2"), tokens("W1 += d1.T @ a0")
    >>> " ".join(carried_over(other, own)[-1])
    'W1 += a0 . T @ d1'
    """
    names, kept = _pairs(other, own)
    shifts = sorted({by for a, b in names.items() if (by := _shift(a, b))})
    known = kept | set(own)
    found = [
        [names.get(t, t if t in known else _shifted(t, by)) for t in other]
        for by in [*shifts, 0]
    ]
    parts = _parts_of_target(other, own)
    return found + [[_with_parts(t, parts, by) for t in other] for by in shifts or [0]]


def _parts_of_target(other: list[str], own: list[str]) -> dict[str, str]:
    """Which part of a name stands for which, where the two names are assigned to."""
    found: dict[str, str] = {}
    for a, b in zip(other, own, strict=False):
        if a == b:
            if a.endswith("="):
                break
            continue
        one, two = _LETTERS.findall(a), _LETTERS.findall(b)
        if len(one) == len(two):
            found |= {x: y for x, y in zip(one, two, strict=True) if x != y}
    return found


def _with_parts(name: str, parts: dict[str, str], by: int) -> str:
    if not _names([name]) or name[0].isdigit():
        return name
    return _shifted(_LETTERS.sub(lambda m: parts.get(m[0], m[0]), name), by)


def _pairs(other: list[str], own: list[str]) -> tuple[dict[str, str], set[str]]:
    """Which name stands for which, and the names that stand for none."""
    names: dict[str, str] = {}
    kept: set[str] = set()
    matcher = SequenceMatcher(None, other, own, False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            kept |= set(other[i:j])
        elif tag == "replace":
            left, right = _names(other[i:j]), _names(own[k:m])
            if len(left) != len(right):
                left = [_likest(name, left) for name in right] if left else []
            for a, b in zip(left, right, strict=False):
                names.setdefault(a, b)
    for name in kept & names.keys():
        del names[name]
    return names, kept


def _names(text: list[str]) -> list[str]:
    return [t for t in text if t[0].isalpha() or t[0] in "_'" or t[0].isdigit()]


def _likest(name: str, among: list[str]) -> str:
    return max(among, key=lambda other: SequenceMatcher(None, name, other).ratio())


def _shift(one: str, other: str) -> int:
    """By how much the number in a name differs, if that is all."""
    a, b = _NUMBERED.match(one), _NUMBERED.match(other)
    if a and b and (a[1], a[3]) == (b[1], b[3]):
        return int(b[2]) - int(a[2])
    return 0


def _shifted(name: str, by: int) -> str:
    found = _NUMBERED.match(name) if by else None
    if not found or int(found[2]) + by < 0:
        return name
    return f"{found[1]}{int(found[2]) + by}{found[3]}"


def _value(text: list[str], like: ast.Assign | ast.AugAssign) -> ast.expr | None:
    """What is assigned in a text, if it is to the same thing in the same way."""
    try:
        (new,) = ast.parse(" ".join(text)).body
    except (SyntaxError, ValueError):
        return None
    if not isinstance(new, type(like)):
        return None
    return new.value if _head(new) == _head(like) else None


def _head(statement: ast.Assign | ast.AugAssign) -> str:
    if isinstance(statement, ast.AugAssign):
        return f"{ast.unparse(statement.target)} {type(statement.op).__name__}"
    return " = ".join(map(ast.unparse, statement.targets))

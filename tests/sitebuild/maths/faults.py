"""Faults for formulas, one at a time: a digit, a sign, an operator, an index."""

import re
from collections.abc import Iterator

_SIGNS = {"-": "+", "+": "-", "<": ">", ">": "<"}
_OTHER = _SIGNS | {
    r"\le": r"\ge",
    r"\ge": r"\le",
    "/": r"\cdot ",
    r"\cdot": "/",
    r"\odot": "",
    r"^{\mathsf T}": "",
}
_TEX = re.compile(
    r"(?P<digit>\d)|(?P<operator>[-+<>/]|\\(?:le|ge|odot|cdot)\b|\^\{\\mathsf T\})"
)
_INDEX = re.compile(r"[_^](\{[^{}\\]*\}|[a-zA-Z])")
_CODE = re.compile(
    r"(?<![\w.])(?P<digit>\d)|(?<=[\w.])(?P<last>\d)\b"
    r"|(?P<operator>\*\*|[-+*/@]|[<>=]=|[<>])"
)
_OTHER_CODE = _SIGNS | {
    "*": "/",
    "/": "*",
    "@": "*",
    "**": "*",
    "<=": ">=",
    ">=": "<=",
    "==": "!=",
}


def in_tex(tex: str) -> Iterator[str]:
    r"""The formula with each of its faults.

    >>> list(in_tex("w_i - 2"))
    ['w_i + 2', 'w_i - 3', 'w_j - 2']
    """
    for m in _TEX.finditer(tex):
        new = str((int(m[0]) + 1) % 10) if m["digit"] else _OTHER[m[0]]
        yield tex[: m.start()] + new + tex[m.end() :]
    for m in _INDEX.finditer(tex):
        for at in range(m.start(1), m.end(1)):
            if tex[at].isalpha():
                yield tex[:at] + chr(ord(tex[at]) + 1) + tex[at + 1 :]


def in_code(code: str) -> Iterator[str]:
    """The code with each of its faults.

    >>> list(in_code("1 - z"))
    ['2 - z', '1 + z']
    """
    for m in _CODE.finditer(code):
        digit = m["digit"] or m["last"]
        new = str((int(digit) + 1) % 10) if digit else _OTHER_CODE[m[0]]
        yield code[: m.start()] + new + code[m.end() :]

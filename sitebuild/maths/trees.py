"""Formulas as trees: what is in one, and the names of its symbols."""

import re
from typing import Any

Node = tuple[Any, ...]
"""Its kind, and then its parts."""

_LAYER = re.compile(r"\(?[Ll](?:[-+]\d)?\)?|-1")


def subtrees(node: Node) -> list[Node]:
    """The node and all below it."""
    below = [part for part in node[1:] if isinstance(part, tuple) and part]
    below = [part for part in below if isinstance(part[0], str)]
    return [node, *(inner for part in below for inner in subtrees(part))]


def name_of(node: Node) -> str | None:
    r"""The name that declarations have for a symbol with its marks: `a_previous`.

    >>> name_of(("power", ("symbol", "a"), ("number", 1), "(L-1)"))
    'a_Lminus1'
    """
    if node[0] == "symbol":
        return str(node[1])
    mark = {
        "indexed": lambda: "".join(node[2]).removeprefix("text:"),
        "power": lambda: (
            node[3] if len(node) > 3 and _LAYER.fullmatch(node[3]) else None
        ),
        "prime": lambda: "prime",
    }.get(node[0], lambda: None)()
    base = name_of(node[1]) if mark else None
    if not base or not mark:
        return None
    for sign, word in (("-", "minus"), ("+", "plus"), ("(", ""), (")", ""), (",", "")):
        mark = mark.replace(sign, word)
    return f"{base}_{mark}" if mark.isalnum() else None

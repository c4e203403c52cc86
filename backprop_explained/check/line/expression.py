"""An expression of somebody's source, and where it stands."""

from dataclasses import dataclass, field
from typing import Any

Place = tuple[str, int, int, int, int]
"""A file, and in it the first line and column, and the last ones."""


@dataclass(eq=False)
class Expression:
    """One expression of a source: where it stands, and how it reads.

    Lines from 1, columns from 0 in characters.

    Attributes
    ----------
    kind : str
        "value", "comparison", "read", "constant", "update" (of `x += e`) or
        "parameter".
    is_call, is_returned, hands_on : bool
        Whether it is a call; what a `return` returns; whether its statement does no
        more than to hand it on, as `b = a` and `return g` do.
    function, top, arguments
        The function that it stands in: its name, first line and arguments.
    target : str
        What it is assigned to; empty if nothing.
    parts : list of Expression
        The recorded expressions right inside of it.
    index : int
        Its number in the recorder.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    kind: str
    is_call: bool = False
    is_returned: bool = False
    hands_on: bool = False
    function: str = ""
    top: int = 0
    arguments: tuple[str, ...] = ()
    target: str = ""
    parts: list["Expression"] = field(default_factory=list)
    index: int = -1

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.file, self.line, self.column, self.end_line, self.end_column

    @property
    def within(self) -> tuple[str, int]:
        """The function that it stands in."""
        return self.file, self.top

    @property
    def name(self) -> str:
        """What its value is called: what it is assigned to, or how it reads."""
        return self.target or self.text


def place_in(lines: list[str], file: str, node: Any) -> Place:
    """Where a node of a tree stands: lines from 1, columns from 0 in characters."""

    def characters(line: int, offset: int) -> int:
        return len(lines[line - 1].encode()[:offset].decode(errors="ignore"))

    top, end = node.lineno, node.end_lineno
    left, right = node.col_offset, node.end_col_offset
    return file, top, characters(top, left), end, characters(end, right)

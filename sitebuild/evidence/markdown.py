"""Tables of what was found, in Markdown."""

from collections.abc import Iterable


def table(head: str, rule: str, rows: Iterable[Iterable[object]]) -> str:
    """A head and its rule as they are written, and a line for each row.

    Examples
    --------
    >>> print(table("| name | % |", "|:--|--:|", [("a", 1)]))
    | name | % |
    |:--|--:|
    | a | 1 |
    """
    return "\n".join([head, rule, *(f"| {' | '.join(map(str, r))} |" for r in rows)])

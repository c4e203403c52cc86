"""Where is an array wrong?  Halve it, and ask each half.

An array is read as a matrix: its first axis is the rows, all others the columns.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from backprop_explained.check.verdict import Kind

MANY = 4
"""More rows or columns than this are not named one by one."""

Indices = NDArray[np.intp]
Ask = Callable[[Indices, Indices], float]
"""Takes rows and columns; returns how far that block is off, 0 if it is not."""


def as_matrix(shape: tuple[int, ...]) -> tuple[int, int]:
    """How many rows and columns an array of this shape has."""
    rows = shape[0] if shape else 1
    return rows, int(np.prod(shape, dtype=int)) // rows


def halves(indices: Indices) -> list[Indices]:
    """The two halves, or the one index there is."""
    return [half for half in np.array_split(indices, 2) if half.size]


def find(count: int, is_off: Callable[[Indices], float]) -> list[int] | None:
    """Which of these are off, by halving; None if they are many, or none is found."""
    blocks = [np.arange(count)]
    while any(block.size > 1 for block in blocks):
        asked = [h for b in blocks if b.size > 1 for h in halves(b)]
        again = [h for h in asked if is_off(h)]
        blocks = [b for b in blocks if b.size == 1] + again
        all_off = len(again) == len(asked) >= MANY < count
        if all_off or len(blocks) > MANY:
            return None
    return sorted(int(block[0]) for block in blocks) or None


def worst(rows: Indices, columns: Indices, ask: Ask) -> tuple[int, int]:
    """The entry that is reached by always taking the half that is further off."""
    while rows.size > 1:
        rows = max(halves(rows), key=lambda half: ask(half, columns))
    while columns.size > 1:
        columns = max(halves(columns), key=lambda half: ask(rows, half))
    return int(rows[0]), int(columns[0])


def locate(
    shape: tuple[int, int], ask: Ask
) -> tuple[Kind, list[tuple[int, int]], tuple[Indices, Indices]]:
    """What is off: a kind; its entries if they are few, the worst first; the block."""
    every_row, every_column = (np.arange(n) for n in shape)
    rows = find(shape[0], lambda part: ask(part, every_column))
    among = every_row if rows is None else np.array(rows)
    columns = find(shape[1], lambda part: ask(among, part))
    if rows is not None and columns is not None:
        entries = [(r, c) for r in rows for c in columns]
        off = {e: ask(*(np.array([k]) for k in e)) for e in entries}
        found = sorted((e for e in entries if off[e]), key=lambda e: -off[e])
        if found:
            return kind_of(found, shape), found, (among, np.array(columns))
    across = every_column if columns is None else np.array(columns)
    kind: Kind = "everything"
    if columns is None and rows is not None and len(rows) == 1:
        kind = "row"
    if rows is None and columns is not None and len(columns) == 1 and shape[1] > 1:
        kind = "column"
    return kind, [], (among, across)


def kind_of(entries: list[tuple[int, int]], shape: tuple[int, int]) -> Kind:
    """The pattern that entries make in a matrix of this shape."""
    rows, columns = ({entry[axis] for entry in entries} for axis in range(2))
    if len(entries) == 1:
        return "entry"
    if len(entries) == shape[0] * shape[1]:
        return "everything"
    is_long = len(columns) == shape[1] or len(columns) > max(MANY, shape[1] / 2)
    if len(rows) == 1 and is_long:
        return "row"
    if len(columns) == 1 and shape[1] > 1 and len(rows) == shape[0]:
        return "column"
    return "entries" if len(entries) <= MANY**2 else "everything"

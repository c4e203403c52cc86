"""The verdict on a gradient: what, where, by how much, how sure."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from backprop_explained.notation import Array

Verdict = Literal["right", "wrong", "kink", "random", "undecided"]
Kind = Literal["entry", "row", "column", "entries", "factor", "everything"]

USUAL = 1e-6
"""A bound up to here is as good as usual, and is not printed."""

COARSE = 1e-2
"""The bound that is aimed at in float32; in float64 it is `RIGHT` of the check."""

ROUNDING = 1e-9
"""Errors below are what rounding leaves in float64: each processor has its own."""


def error_as_text(error: float) -> str:
    """A relative error as it prints, without the digits that rounding alone makes.

    Examples
    --------
    >>> error_as_text(0.0123), error_as_text(4e-17)
    ('1.2e-02', '< 1e-9 ')
    """
    return "< 1e-9 " if error < ROUNDING else f"{error:.1e}"


class Place(NamedTuple):
    """Where an array is wrong, or has a kink.

    Attributes
    ----------
    kind : str
        "entry", "row" (along the first axis), "column", "entries", "factor" or
        "everything".
    index : tuple of int
        The indices of the worst entry found.
    given : float
        What the gradient says there.
    numerical : float
        What the difference says there.
    count : int
        How many entries, where they are counted.

    Examples
    --------
    >>> print(Place("row", (2, 0), 0.0, 0.5))
    row 2; at [2, 0] it is 0, but the difference says 0.5
    """

    kind: Kind
    index: tuple[int, ...]  # type: ignore[assignment]
    given: float
    numerical: float
    count: int = 1  # type: ignore[assignment]

    def __str__(self) -> str:
        at = f"[{', '.join(map(str, self.index))}]"
        if self.numerical != self.numerical:  # never measured
            return f"entry {at}: {self.given}, which no slope is"
        what = {
            "entry": f"entry {at}: " if self.index else "its one entry: ",
            "entries": f"{self.count} entries; at {at} it is ",
            "row": f"row {self.index[0] if self.index else 0}; at {at} it is ",
            "column": f"column {self.index[-1] if self.index else 0}; at {at} it is ",
            "factor": f"all by one factor; at {at} it is ",
            "everything": f"many entries; at {at} it is ",
        }[self.kind]
        return f"{what}{self.given:.6g}, but the difference says {self.numerical:.6g}"


class Kink(NamedTuple):
    """An entry at which the cost turns a corner.

    Attributes
    ----------
    index : tuple of int
        Its indices.
    given : float
        What the gradient says there.
    left, right : float
        The slopes to either side.
    """

    index: tuple[int, ...]  # type: ignore[assignment]
    given: float
    left: float
    right: float

    def __str__(self) -> str:
        at = f"at [{', '.join(map(str, self.index))}] " if self.index else ""
        left, right = (f"{round(v, 6) + 0.0:.6g}" for v in (self.left, self.right))
        return (
            f"{at}the slopes to either side are {left} and {right}, "
            f"and yours is {self.given:.6g}"
        )


@dataclass(frozen=True, eq=False)
class ArrayCheck:
    """The verdict on one array of a gradient.

    Attributes
    ----------
    verdict : str
        "right", "wrong", "kink" or "undecided" (too small to measure, or at a kink).
    shape : tuple of int
        Its shape.
    error : float
        Its relative error as measured, along the directions or in the entries asked.
    bound : float
        The smallest error, relative to the array, that would have been noticed.
    factor : float or None
        The factor by which all of it is off, where there is one.
    place : Place or None
        Where it is wrong.
    kink : Kink or None
        Where the cost has a kink.
    numerical : ndarray or None
        The differences, where it was checked entry by entry.
    is_doubted : bool
        Whether it is off, but perhaps by noise alone.
    """

    verdict: Verdict
    shape: tuple[int, ...]
    error: float
    bound: float
    factor: float | None = None
    place: Place | None = None
    kink: Kink | None = None
    numerical: Array | None = None
    is_doubted: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a kink or a doubt leaves it open."""
        return self.verdict == "undecided" and (self.is_doubted or bool(self.kink))

    @property
    def is_small(self) -> bool:
        """Whether it is too small to measure."""
        return self.verdict == "undecided" and not self.is_open

    def rows(self, number: int) -> list[str]:
        """Its rows in the table."""
        word = "too small to measure" if self.is_small else self.verdict
        name = f"  array {number}  {self.shape!s:<10}"
        rows = [f"{name} relative error {error_as_text(self.error)}  {word}"]
        if self.place:
            rows.append(f"    {self.place}")
        if self.kink:
            rows.append(f"    {self.kink}")
        if self.verdict in ("right", "kink") and self.bound > USUAL:
            rows.append(f"    an error below {self.bound:.0e} of it would not show")
        return rows


@dataclass(frozen=True, eq=False, repr=False)
class GradientCheck:
    """The verdict on a gradient: true if it is right, and it prints as a table.

    Attributes
    ----------
    verdict : str
        "right"; "wrong"; "kink" (right, at a corner of the cost); "random" (the cost
        is); or "undecided".
    reason : str
        The verdict in a sentence, and for "undecided" what would decide it.
    arrays : tuple of ArrayCheck
        The verdict on each array; empty if the cost is random.
    factor : float or None
        The one factor that all wrong arrays are off by, where there is one.
    noise : float
        The noise of the cost, as measured: its standard deviation.
    digits : float
        About how many digits of the cost can be trusted.
    calls : int
        How often the cost was called.

    Examples
    --------
    >>> from backprop_explained import check_gradients
    >>> cost = lambda p: (p[0] ** 2).sum()
    >>> check = check_gradients(cost, [[3.0]], [[6.0]])
    >>> bool(check), check.verdict, check.verdicts
    (True, 'right', ('right',))
    """

    verdict: Verdict
    reason: str
    arrays: tuple[ArrayCheck, ...]
    factor: float | None
    noise: float
    digits: float
    calls: int

    @property
    def passed(self) -> bool:
        """Whether the gradient is right, at a kink or not."""
        return self.verdict in ("right", "kink")

    @property
    def errors(self) -> tuple[float, ...]:
        """The relative error of each array, as measured."""
        return tuple(array.error for array in self.arrays)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdict on each array."""
        return tuple(array.verdict for array in self.arrays)

    @property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """The shape of each array."""
        return tuple(array.shape for array in self.arrays)

    @property
    def worst(self) -> tuple[Place | None, ...]:
        """Where each array is wrong."""
        return tuple(array.place for array in self.arrays)

    @property
    def numerical(self) -> tuple[Array, ...] | None:
        """The differences, if all arrays were checked entry by entry."""
        arrays = [array.numerical for array in self.arrays]
        if not arrays or any(array is None for array in arrays):
            return None
        return tuple(array for array in arrays if array is not None)

    def __bool__(self) -> bool:
        return self.passed

    def __str__(self) -> str:
        rows = [row for i, a in enumerate(self.arrays, 1) for row in a.rows(i)]
        return "\n".join([f"gradient check: {self.reason}", *rows])

    __repr__ = __str__

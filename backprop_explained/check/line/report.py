"""What was found, as it prints: the line, what is wrong in it, what follows from it."""

from dataclasses import dataclass
from linecache import getline

import numpy as np

from backprop_explained.check.line.blame import Blame
from backprop_explained.check.line.candidates import (
    DERIVATIVE,
    OPPOSITE,
    SLOPE,
    TRANSPOSE,
    Quantity,
)
from backprop_explained.check.line.expression import Expression
from backprop_explained.notation import Array


@dataclass(frozen=True, eq=False)
class WrongLine:
    """One mistake.

    Attributes
    ----------
    file : str
        The file.
    lines : tuple of int
        The lines that are wrong; more than one if one mistake stands in several.
    calls : tuple of int
        The lines that call the function with the wrong line in it.
    texts : tuple of str
        The expressions that are wrong.
    advice : str
        What they should be.
    repairs : tuple of str
        The parameters whose gradient is right once they are.
    picture : str
        All of it, with the source.

    Examples
    --------
    >>> line = WrongLine("net.py", (3,), (), ("x",), "y", ("W",), "net.py, line 3: x")
    >>> print(line)
    net.py, line 3: x
    """

    file: str
    lines: tuple[int, ...]
    calls: tuple[int, ...]
    texts: tuple[str, ...]
    advice: str
    repairs: tuple[str, ...]
    picture: str

    def __str__(self) -> str:
        return self.picture

    __repr__ = __str__


def wrong_line(
    found: Blame, names: list[str], before: frozenset[int], source: str | None
) -> WrongLine:
    """What is said of one mistake."""
    advice = _should_be(found.repair.candidate.quantity)
    repairs = tuple(names[i] for i in sorted(found.repair.right - before))
    rows = [row for e in found.at for row in _shown(e, source)]
    rows.append(f"    it should be {advice}{_numbers(found)}")
    rows += [
        f"    called in line {e.line}: {e.text}"
        for e in found.calls
        if "\n" not in e.text
    ]
    rows.append(f"    then right: dC/d {', '.join(repairs)}")
    return WrongLine(
        found.at[0].file,
        tuple(e.line for e in found.at),
        tuple(e.line for e in found.calls),
        tuple(e.text for e in found.at),
        advice,
        repairs,
        "\n".join(rows),
    )


def _shown(at: Expression, source: str | None) -> list[str]:
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


def _place(of: Expression) -> str:
    return f" of line {of.line}" if of.line else ""


def _should_be(quantity: Quantity) -> str:
    of = quantity.of
    name = " ".join(of.name.split())
    if quantity.rank == DERIVATIVE:
        factor = "" if quantity.factor == 1 else f"{quantity.factor:g} * "
        return f"{factor}dC/d({name}){_place(of)}"
    if quantity.rank == SLOPE:
        by = quantity.by.name if quantity.by else "its argument"
        return f"the derivative of {name}{_place(of)} with respect to {by}"
    if quantity.rank == TRANSPOSE:
        return f"the transpose of {name}{_place(of)}"
    if quantity.rank == OPPOSITE:
        return "the opposite" if not quantity.visits else f"{name} <= 0{_place(of)}"
    return f"the value of {name}{_place(of)}"


def _numbers(found: Blame) -> str:
    """The entry that is off most, as it should be and as it is."""
    candidate = found.repair.candidate
    t = candidate.first
    is_now: Array = found.repair.log[t].value.astype(float)
    should_be = np.asarray(candidate.places[t], float)
    index = np.unravel_index(np.abs(is_now - should_be).argmax(), is_now.shape)
    where = f" at {[int(i) for i in index]}" if index else ""
    return f": {should_be[index]:.4g}{where}, not {is_now[index]:.4g}"

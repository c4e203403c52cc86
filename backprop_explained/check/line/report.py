"""What was found, as it prints: the line, what is wrong in it, what follows from it."""

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from backprop_explained.check.line.blame import Blame
from backprop_explained.check.line.candidates import (
    DERIVATIVE,
    OPPOSITE,
    SLOPE,
    TRANSPOSE,
    Quantity,
)
from backprop_explained.check.line.correction import Correction
from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.expression import Expression
from backprop_explained.check.line.known import name_of
from backprop_explained.check.line.source import Source
from backprop_explained.check.line.underlined import shown, underlined
from backprop_explained.notation import Array

OTHERS = 3
"""So many places are shown at most where the same could be corrected."""

LEAVE = "leave it out"
"""The advice where nothing is to be written."""


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
    corrected : str
        The text of the file with the line corrected; empty if no edit was found that
        makes these gradients right, here and at other values of the parameters.
    known : str
        The name of the mistake, if it is one of `MISTAKES`; else empty.
    others : tuple of int
        Lines of which the same is right: one of them could be corrected instead.

    Examples
    --------
    >>> rest = (3,), (), ("x",), "y", ("W",), "net.py, 3: x"
    >>> line = WrongLine("net.py", *rest)
    >>> print(line)
    net.py, 3: x
    """

    file: str
    lines: tuple[int, ...]
    calls: tuple[int, ...]
    texts: tuple[str, ...]
    advice: str
    repairs: tuple[str, ...]
    picture: str
    corrected: str = ""
    known: str = ""
    others: tuple[int, ...] = ()

    def __str__(self) -> str:
        return self.picture

    __repr__ = __str__


def wrong_line(found: Blame, names: list[str], source: str | None) -> WrongLine:
    """What is said of a mistake that was measured, and no edit corrects."""
    before, known = found.search.right, name_of(None, "", found)
    advice = _should_be(found.repair.candidate.quantity)
    repairs = tuple(names[i] for i in sorted(found.repair.right - before))
    inside = found.inside
    it = f"in it, {_in_a_row(inside.text)} of line {inside.line}" if inside else "it"
    calls = [e for e in found.calls if "\n" not in e.text]
    rows = [
        *(row for e in found.at for row in shown(e, source)),
        f"    {it} should be {advice}{_numbers(found)}",
        *(f"    called in line {e.line}: {e.text}" for e in calls),
        *_known_as(known),
        *_then(names, before, repairs),
    ]
    return WrongLine(
        found.at[0].file,
        tuple(e.line for e in found.at),
        tuple(e.line for e in found.calls),
        tuple(e.text for e in found.at),
        advice,
        repairs,
        "\n".join(rows),
        known=known,
    )


def corrected_line(
    best: list[Correction],
    found: Blame | None,
    names: list[str],
    before: frozenset[int],
) -> WrongLine:
    """What is said of a mistake that an edit corrects: the edit, and what it does."""
    source, edit = best[0][:2]
    if found and {e.line for e in found.at} != {edit.line}:
        found = None
    repairs = tuple(names[i] for i in sorted(best[0].right - before))
    others = best[1:OTHERS]
    instead = [
        f"    or in line {c.edit.line}: {_text(c.source, c.node)} becomes {c.edit.text}"
        for c in others
    ]
    then = *instead, *_then(names, before, repairs)
    advice = LEAVE if edit.text == "pass" else edit.text
    told = advice, _measured(found), then, repairs, found
    line = _of_edit(source, edit, edit.named, *told)
    return replace(line, others=tuple(c.edit.line for c in others))


def solved_line(
    at: Expression, names: list[str], before: frozenset[int], source: str | None
) -> WrongLine:
    """What is said of a place where only another value is known to help."""
    advice = "another value, with which every gradient is right"
    repairs = tuple(n for i, n in enumerate(names) if i not in before)
    rows = [
        *shown(at, source),
        f"    it should be {advice}; no small change of the text gives it",
        *_then(names, before, repairs),
    ]
    picture = "\n".join(rows)
    return WrongLine(at.file, (at.line,), (), (at.text,), advice, repairs, picture)


def misshapen_line(
    source: Source, edit: Edit, names: tuple[str, ...], says: str
) -> WrongLine:
    """What is said of a gradient of a wrong shape: the edit, and which shape."""
    shape = [f"    a gradient of the wrong shape: {says}"]
    told = edit.text, shape, _then([], (), names), names, None
    return _of_edit(source, edit, edit.nodes, *told)


def _of_edit(
    source: Source,
    edit: Edit,
    named: Sequence[ast.AST],
    advice: str,
    says: Sequence[str],
    then: Sequence[str],
    repairs: tuple[str, ...],
    found: Blame | None,
) -> WrongLine:
    """What is said of an edit; the rows before and after the name of the mistake."""
    nodes = sorted(named, key=source.place)
    text, calls = _text(source, nodes[0]), source.calls_of(nodes[0])
    known = name_of(edit, text, found)
    rows = [
        *underlined(source, nodes),
        f"    {advice}" if advice == LEAVE else f"    write {advice}",
        *says,
        *_known_as(known),
        *([f"    called in line {', '.join(map(str, calls))}"] if calls else []),
        *then,
    ]
    lines = tuple(dict.fromkeys(source.place(n)[1] for n in nodes))
    told = advice, repairs, "\n".join(rows), source.edited(edit), known
    return WrongLine(source.file, lines, calls, (text,), *told)


def _in_a_row(text: str) -> str:
    return " ".join(text.split())


def _text(source: Source, node: ast.AST) -> str:
    return _in_a_row(source.segment(node))


def _known_as(known: str) -> list[str]:
    return [f"    known as: {known}"] if known else []


def _then(
    names: list[str], before: Iterable[int], repairs: tuple[str, ...]
) -> list[str]:
    """What is right, and what will be."""
    right = ", ".join(names[i] for i in sorted(before))
    rows = [f"    right as it is: dC/d {right}"] if right else []
    return [*rows, f"    then right: dC/d {', '.join(repairs)}"]


def _measured(found: Blame | None) -> list[str]:
    """What the measured quantity is, where it says more than the edit."""
    if not found:
        return []
    should_be = _should_be(found.repair.candidate.quantity)
    return [f"    {_in_a_row(found.at[0].text)} should be {should_be}{_numbers(found)}"]


def _place(of: Expression) -> str:
    return f" of line {of.line}" if of.line else ""


def _should_be(quantity: Quantity) -> str:
    of = quantity.of
    name = _in_a_row(of.name)
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
    is_now: Array = found.search.log[t].value.astype(float)
    should_be = np.asarray(candidate.places[t], float)
    index = np.unravel_index(np.abs(is_now - should_be).argmax(), is_now.shape)
    where = f" at {[int(i) for i in index]}" if index else ""
    return f": {should_be[index]:.4g}{where}, not {is_now[index]:.4g}"

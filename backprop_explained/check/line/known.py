"""The name of a mistake that is known, told from what corrects it."""

import re

import numpy as np

from backprop_explained.check.line.blame import Blame
from backprop_explained.check.line.candidates import DERIVATIVE, VALUE
from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.expression import Expression
from backprop_explained.check.line.search import Search
from backprop_explained.check.mistakes import MISTAKES


def name_of(edit: Edit | None, was: str, found: Blame | None) -> str:
    """A name from `MISTAKES`, or an empty text.

    Told by what corrects it, by what stood there, and by what was measured there.
    """
    name = of_edit(edit.kind, was, edit.text) if edit else ""
    if not name and found:
        name = _of_values(found)
    return name if name in MISTAKES else ""


def of_edit(kind: str, was: str, becomes: str) -> str:
    """The name, as far as the texts tell it.

    Examples
    --------
    >>> of_edit("sign", "y - a", "a - y"), of_edit("T", "W", "W.T")
    ('sign', 'W for W.T')
    >>> of_edit("number", "2", "1")
    'factor 2'

    A slope that is put in the place of another was not missing:

    >>> of_edit("slope", "d @ W.T", "(d @ W.T) * a * (1 - a)")
    'slope missing'
    >>> of_edit("slope", "(d @ W.T) * slope(a)", "(d @ W.T) * a * (1 - a)")
    ''
    """
    named = {"sign": "sign", "slope": "slope missing", "copy": "updated weights"}
    if kind == "slope" and was not in becomes:
        return ""
    if kind in named:
        return named[kind]
    if kind == "T" and becomes == f"{was}.T":
        return "W for W.T"
    if kind == "sum":
        return "bias gradient not summed"
    if kind == "function" and (was, becomes) == (was, was.replace("mean", "sum")):
        return "bias gradient averaged" if "mean" in was else ""
    turned = " - ".join(reversed(was.split(" - ")))
    if re.fullmatch(r"[^-]+ - [^-]+", was) and becomes == turned:
        return "sign"
    return _of_factor(was, becomes)


def _of_factor(was: str, becomes: str) -> str:
    if becomes == f"2 * {was}":
        return "factor 1/2"
    try:
        ratio = float(was) / float(becomes)
    except (ValueError, ZeroDivisionError):
        ratio = 0.0
    if ratio == 2 or was in (f"2 * {becomes}", f"2 * ({becomes})"):
        return "factor 2"
    if re.fullmatch(re.escape(becomes) + r" / (len\(\w+\)|\w+\.shape\[\d\]|m|n)", was):
        return "factor 1/m"
    return {0.5: "factor 1/2", -1.0: "sign"}.get(ratio, "")


def _of_values(found: Blame) -> str:
    """What stands there, and what belongs there, by value."""
    search, candidate = found.search, found.repair.candidate
    rank, of = candidate.quantity[:2]
    if rank not in (VALUE, DERIVATIVE):
        return ""
    if found.at[0].kind == "update" and of.text == found.at[0].target:
        return "updated weights"
    kind = "value" if rank == VALUE else "derivative"
    for label in search.step.labels[candidate.first]:
        if label.kind != kind or label.of is None:
            continue
        if _acts(search, of, label.of):
            return "a where z belongs" if kind == "value" else "slope missing"
        if kind == "value" and _acts(search, label.of, of):
            return "z where a belongs"
    return ""


def _acts(search: Search, earlier: Expression, later: Expression) -> bool:
    """Whether the one is the other's activation, entry by entry."""
    return any(
        after.text == later.text
        and (before.text == earlier.text or _equal(search, before, earlier))
        for before, after in search.truth.slopes
    )


def _equal(search: Search, one: Expression, other: Expression) -> bool:
    """Whether they had the same value once, as an argument and what is handed over."""
    values = search.truth.values
    return any(
        np.array_equal(value, another)
        for value in values.get(one, {}).values()
        for another in values.get(other, {}).values()
    )

"""What a function returns, at several points, beside what it should."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from backprop_explained.notation import Array
from backprop_explained.practise.grade import RETURNS_NOTHING, SOLVED, Grade, is_blank

CLOSE = 1e-6

_USUAL = (-1.0, 2.0, 0.5)
"""Factors that are believed of a single number."""


def grade_values(
    function: Callable[..., Any],
    right: Callable[..., Any],
    points: Sequence[tuple[Any, ...]],
    names: Sequence[str],
    known: dict[str, Callable[..., Any]] | None = None,
) -> Grade:
    """Grade a function that returns one value, or several, by calling it.

    Parameters
    ----------
    function : callable
        The answer.
    right : callable
        Of the same arguments; returns as many values.
    points : sequence of tuple
        The arguments of each call.
    names : sequence of str
        What each value is called.
    known : dict of callable, optional
        Wrong functions that are expected, under the sentence that each deserves.

    Returns
    -------
    Grade
        Right where each value is, at all points; else the word for each.

    Examples
    --------
    >>> square = lambda z: z**2
    >>> known = {"That is the slope.": lambda z: 2 * z}
    >>> asked = square, [(3.0,), (2.0,)], ["z squared"]
    >>> print(grade_values(square, *asked, known))
    Right.
      z squared  right
    >>> print(grade_values(lambda z: 2 * z, *asked, known))
    That is the slope.
      z squared  wrong
    >>> print(grade_values(lambda z: 3 * z**2, *asked))
    z squared is right except for a factor 3.
      z squared  wrong
    """
    returned = _called(function, points)
    given, should = (_by_name(r, names) for r in (returned, _called(right, points)))
    words = {name: word(given[name], should[name]) for name in names}
    if set(words.values()) == {"right"}:
        return Grade(True, SOLVED, words)
    if all(values is None for values in returned):
        return Grade(False, RETURNS_NOTHING, words)
    for sentence, wrong in (known or {}).items():
        same = _by_name(_called(wrong, points), names)
        if all(word(given[name], same[name]) == "right" for name in names):
            return Grade(False, sentence, words)
    if "missing" in words.values():
        return Grade(False, still_missing(words), words)
    name = those(words, "wrong")[0]
    return Grade(False, what_is_wrong(name, given[name], should[name]), words)


def _called(
    function: Callable[..., Any], points: Sequence[tuple[Any, ...]]
) -> list[Any]:
    copy = lambda v: v.copy() if isinstance(v, np.ndarray) else v
    return [function(*map(copy, point)) for point in points]


def _by_name(returned: list[Any], names: Sequence[str]) -> dict[str, list[Any]]:
    """Of each value what it is at every point."""
    rows = [_as_list(values, names) for values in returned]
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def _as_list(values: Any, names: Sequence[str]) -> list[Any]:
    """One value or several, as many as there are names; the rest is missing."""
    several = isinstance(values, tuple | list) and len(names) > 1
    found = list(values) if several else [values]
    return (found + [None] * len(names))[: len(names)]


def word(given: Sequence[Any], should: Sequence[Any]) -> str:
    """The word for one value: "right", "wrong" or "missing".

    Examples
    --------
    >>> [word([w], [1.0]) for w in (1.0, 2.0, ...)]
    ['right', 'wrong', 'missing']
    """
    if any(map(is_blank, given)):
        return "missing"
    return "right" if all(map(_close, given, should)) else "wrong"


def _close(given: Any, should: Any) -> bool:
    """Equal, up to rounding, and of the same shape."""
    if is_blank(given):
        return False
    g, s = np.asarray(given, float), np.asarray(should, float)
    if g.size == s.size == 1:
        g, s = g.reshape(()), s.reshape(())
    if g.shape != s.shape or not np.isfinite(g).all():
        return False
    return bool(np.abs(g - s).max() <= CLOSE * max(np.abs(s).max(), CLOSE))


def still_missing(words: Mapping[str, str]) -> str:
    """What is there so far, and what is not.

    Examples
    --------
    >>> words = "right", "missing", "missing"
    >>> still_missing(dict(zip(("dz", "dW", "db"), words)))
    'dz is right; dW and db are still to be written.'
    >>> still_missing({"dz": "missing"})
    'dz is still to be written: put it where the `...` stands.'
    """
    hows = {"right": "right", "wrong": "not right"}
    parts = [(those(words, said), how) for said, how in hows.items()]
    told = [f"{are(names)} {how}" for names, how in parts if names]
    missing = those(words, "missing")
    it = "it" if len(missing) == 1 else "them"
    where = "" if told else f": put {it} where the `...` stands"
    told.append(f"{are(missing)} still to be written{where}")
    return f"{'; '.join(told)}."


def those(words: Mapping[str, str], said: str) -> list[str]:
    """The names of which this is said."""
    return [name for name, word in words.items() if word == said]


def listing(names: Sequence[str]) -> str:
    """Names as prose has them.

    Examples
    --------
    >>> listing(["a", "b", "c"]), listing(["a"])
    ('a, b and c', 'a')
    """
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def are(names: Sequence[str]) -> str:
    """Names as the subject of a sentence."""
    return f"{listing(names)} {'is' if len(names) == 1 else 'are'}"


def what_is_wrong(
    name: str, given: Sequence[Any], should: Sequence[Any], *, several: bool = False
) -> str:
    """A sentence on a value that is wrong: its shape, its sign, a factor, or it alone.

    Examples
    --------
    >>> what_is_wrong("dz", [-2.0, -4.0], [2.0, 4.0])
    'dz has the wrong sign.'
    >>> given, should = np.ones((2, 3)), np.ones((3, 2))
    >>> what_is_wrong("dW", [given], [should])
    'dW has shape (2, 3), and should have (3, 2): it is transposed.'
    >>> given, should = np.ones((5, 3)), np.ones(3)
    >>> what_is_wrong("db", [given], [should])
    'db has shape (5, 3), and should have (3,): it has a row for each example, ...
    >>> what_is_wrong("dz", [1.0, 4.0], [2.0, 4.0])
    'dz is not right yet.'
    """
    pairs = [
        (np.asarray(g, float), np.asarray(s, float))
        for g, s in zip(given, should, strict=True)
    ]
    for g, s in pairs:
        if g.shape != s.shape and not g.size == s.size == 1:
            return (
                f"{name} has shape {g.shape}, and should have {s.shape}{_shape(g, s)}."
            )
    be, have = ("are", "have") if several else ("is", "has")
    if not any(g.any() for g, _ in pairs):
        return f"{name} {be} zero throughout."
    factor = _factor(pairs)
    if np.isclose(factor, -1, rtol=CLOSE):
        return f"{name} {have} the wrong sign."
    if factor:
        return f"{name} {be} right except for a factor {factor:.4g}."
    return f"{name} {be} not right yet."


def _shape(g: Array, s: Array) -> str:
    """What made another shape of it, where that is plain."""
    if g.shape == s.shape[::-1]:
        return ": it is transposed"
    if s.ndim and g.shape[1:] == s.shape:
        return ": it has a row for each example, and they have to be added up"
    if not g.ndim:
        return ": it is one number, where each entry has one of its own"
    return ""


def _factor(pairs: list[tuple[Array, Array]]) -> float:
    """The one factor between them; 0 where there is none, or too little to tell."""
    g = np.concatenate([pair[0].ravel() for pair in pairs])
    s = np.concatenate([pair[1].ravel() for pair in pairs])
    largest = int(np.abs(s).argmax())
    if not (s[largest] and np.isfinite(g).all()):
        return 0.0
    factor = float(g[largest] / s[largest])
    if len(s) < 2 and not np.isclose(factor, _USUAL).any():
        return 0.0
    fits = _close(g, factor * s) and factor != 0
    return round(factor, 9) if fits else 0.0

"""A gradient check that somebody wrote, handed right and wrong gradients."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.notation import Array
from backprop_explained.practise.grade import Grade, is_blank

Check = Callable[[Callable[[Array], Any], Array, Array], Any]


class _Case(NamedTuple):
    name: str
    is_right: bool
    cost: Callable[[Array], Any]
    at: Array
    gradient: Array
    said: str


def _cases() -> list[_Case]:
    at = np.array([[0.5, -1.25], [2.0, 0.75], [-0.3, 1.5]])
    slope = 4 * at**3
    one = slope.copy()
    one[1, 0] *= 1.01
    small, large = 1e-7 * slope, 1e4 * slope
    yes = "It refuses a gradient that is right"
    central = "take a central difference, with a small step"
    no = "It accepts a gradient that is wrong"
    return [
        _Case(
            "one number",
            True,
            _quartic,
            at[:1, :1],
            slope[:1, :1],
            f"{yes}: {central}.",
        ),
        _Case(
            "right",
            True,
            _quartic,
            at,
            slope,
            f"{yes}, of several entries: move one at a time, and leave the others.",
        ),
        _Case("sign", False, _quartic, at, -slope, f"{no}: the sign of each entry."),
        _Case("factor", False, _quartic, at, 2 * slope, f"{no}: twice the right one."),
        _Case(
            "last entry",
            False,
            _quartic,
            at,
            _last_off(slope),
            f"{no}: the last entry is off. Is each entry asked?",
        ),
        _Case(
            "one entry",
            False,
            _quartic,
            at,
            one,
            f"{no}: one entry is off by a hundredth of itself.",
        ),
        _Case(
            "small",
            False,
            lambda v: 1e-7 * _quartic(v),
            at,
            2 * small,
            f"{no}, where all of it is small: compare relative to its size.",
        ),
        _Case(
            "large",
            True,
            lambda v: 1e4 * _quartic(v),
            at,
            large,
            f"{yes}, where all of it is large: compare relative to its size.",
        ),
        _Case(
            "curved",
            True,
            lambda v: np.exp(3 * v).sum(),
            at,
            3 * np.exp(3 * at),
            f"{yes}, where the cost is strongly curved: {central}.",
        ),
        _Case(
            "zero",
            True,
            lambda v: (v[:, :1] ** 2).sum(),
            at,
            _first_column(at),
            f"{yes}, where some of its entries are zero: compare with the largest, "
            "or add a little below the fraction.",
        ),
    ]


def _quartic(v: Array) -> Any:
    return (v**4).sum()


def _last_off(slope: Array) -> Array:
    off = slope.copy()
    off[-1, -1] *= -1
    return off


def _first_column(at: Array) -> Array:
    return np.asarray(2 * at * np.array([1.0, 0.0]))


def grade_check(check: Check) -> Grade:
    """Grade a gradient check by what it accepts and what it refuses.

    Parameters
    ----------
    check : callable
        The answer: `check(cost, at, gradient)`, true where the gradient of
        `cost` at the array `at` is right.

    Returns
    -------
    Grade
        Right where it decides each case as it should; else the first that it does not.

    Examples
    --------
    >>> from backprop_explained import (
    ...     numerical_gradient,
    ...     relative_error,
    ... )
    >>> def check(cost, at, gradient):
    ...     return (
    ...         relative_error(
    ...             gradient, numerical_gradient(cost, at)
    ...         )
    ...         < 1e-5
    ...     )
    >>> grade_check(check).passed
    True
    >>> print(
    ...     grade_check(
    ...         lambda cost, at, gradient: True
    ...     ).verdict
    ... )
    It accepts a gradient that is wrong: the sign of each entry.
    """
    words: dict[str, str] = {}
    told = ""
    for case in _cases():
        at = case.at.copy()
        said = check(case.cost, at, case.gradient.copy())
        if is_blank(said):
            return Grade(False, "It returns nothing yet: true or false is needed.")
        if not np.array_equal(at, case.at):
            return Grade(
                False, "It leaves the parameters changed: put each entry back."
            )
        fits = bool(np.all(said)) == case.is_right
        words[case.name] = "right" if fits else "wrong"
        told = told or ("" if fits else case.said)
    if told:
        return Grade(False, told, words)
    return Grade(True, "Right: it accepts what is right, and refuses the rest.", words)

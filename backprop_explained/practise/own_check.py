"""A gradient check that somebody wrote, handed right and wrong gradients."""

from collections.abc import Callable
from typing import Any

import numpy as np

from backprop_explained.notation import Array
from backprop_explained.practise.grade import Grade, is_blank

Check = Callable[[Callable[[Array], Any], Array, Array], Any]


_CENTRAL = "take a central difference, with a small step."
_RELATIVE = "compare relative to its size."
_HINTS = {
    "one number": f": {_CENTRAL}",
    "right": ", of several entries: move one at a time, and leave the others.",
    "sign": ": the sign of each entry.",
    "factor": ": twice the right one.",
    "last entry": ": the last entry is off. Is each entry asked?",
    "one entry": ": one entry is off by a hundredth of itself.",
    "small": f", where all of it is small: {_RELATIVE}",
    "large": f", where all of it is large: {_RELATIVE}",
    "curved": f", where the cost is strongly curved: {_CENTRAL}",
    "zero": ", where some of its entries are zero: compare with the largest, or add a "
    "little below the fraction.",
}

_Case = tuple[str, bool, Callable[[Array], Any], Array, Array]


def _cases() -> list[_Case]:
    """By name: whether the gradient is right, of which cost, and where."""
    at = np.array([[0.5, -1.25], [2.0, 0.75], [-0.3, 1.5]])
    slope = 4 * at**3
    one, last = slope.copy(), slope.copy()
    one[1, 0] *= 1.01
    last[-1, -1] *= -1
    return [
        ("one number", True, _quartic, at[:1, :1], slope[:1, :1]),
        ("right", True, _quartic, at, slope),
        ("sign", False, _quartic, at, -slope),
        ("factor", False, _quartic, at, 2 * slope),
        ("last entry", False, _quartic, at, last),
        ("one entry", False, _quartic, at, one),
        ("small", False, lambda v: 1e-7 * _quartic(v), at, 2 * (1e-7 * slope)),
        ("large", True, lambda v: 1e4 * _quartic(v), at, 1e4 * slope),
        ("curved", True, lambda v: np.exp(3 * v).sum(), at, 3 * np.exp(3 * at)),
        ("zero", True, lambda v: (v[:, :1] ** 2).sum(), at, 2 * at * [1.0, 0.0]),
    ]


def _quartic(v: Array) -> Any:
    return (v**4).sum()


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
    >>> from backprop_explained import numerical_gradient
    >>> from backprop_explained import relative_error
    >>> def check(cost, at, gradient):
    ...     right = numerical_gradient(cost, at)
    ...     return relative_error(gradient, right) < 1e-5
    >>> grade_check(check).passed
    True
    >>> careless = lambda cost, at, gradient: True
    >>> print(grade_check(careless).verdict)
    It accepts a gradient that is wrong: the sign of each entry.
    """
    words: dict[str, str] = {}
    told = ""
    for name, is_right, cost, where, gradient in _cases():
        at = where.copy()
        said = check(cost, at, gradient.copy())
        if is_blank(said):
            return Grade(False, "It returns nothing yet: true or false is needed.")
        if not np.array_equal(at, where):
            return Grade(
                False, "It leaves the parameters changed: put each entry back."
            )
        fits = bool(np.all(said)) == is_right
        words[name] = "right" if fits else "wrong"
        if not (fits or told):
            does = "refuses" if is_right else "accepts"
            what = "right" if is_right else "wrong"
            told = f"It {does} a gradient that is {what}{_HINTS[name]}"
    if told:
        return Grade(False, told, words)
    return Grade(True, "Right: it accepts what is right, and refuses the rest.", words)

"""A derivative that was written, before its judge."""

from collections.abc import Callable
from typing import Any

from backprop_explained.activations import Activation
from backprop_explained.catalogue import ACTIVATIONS
from backprop_explained.check.derivative import derivative_argument
from backprop_explained.check.probes import probe
from backprop_explained.check.takes import Argument, ArgumentVerdict
from backprop_explained.practise.grade import RETURNS_NOTHING, Grade, is_blank

_GIVEN = {"z": "the pre-activation `z`", "a": "the output `a`"}


def grade_derivative(
    derivative: Callable[..., Any], activation: str | Activation, takes: str
) -> Grade:
    """Grade a derivative that should take `z`, or the output.

    Parameters
    ----------
    derivative : callable
        The answer.
    activation : str or Activation
        Whose slope it should be; a name is that of a row of `ACTIVATIONS`.
    takes : str
        `"z"` or `"a"`: what it will be given.

    Returns
    -------
    Grade
        Right where it takes that, or either.

    Raises
    ------
    ValueError
        As `derivative_argument` does.

    Examples
    --------
    >>> slope = lambda a: a * (1 - a)
    >>> print(grade_derivative(slope, "sigmoid", takes="a"))
    Right: given the output `a`, it is the slope of sigmoid.
    >>> print(grade_derivative(slope, "sigmoid", takes="z"))
    This is right for `a`, but you are given `z`.
    >>> twice = lambda a: 2 * a * (1 - a)
    >>> print(grade_derivative(twice, "sigmoid", takes="a"))
    Not yet: it is 2 times the slope from `a`: divide by 2.
    """
    row = ACTIVATIONS[activation] if isinstance(activation, str) else activation
    argument = float(getattr(probe(row), takes)[0])
    try:
        found = derivative(argument)
    except TypeError:  # of another number of arguments: the judge knows those too
        found = argument
    if found is None:
        return Grade(False, RETURNS_NOTHING)
    if is_blank(found):
        return Grade(
            False, "It returns no number yet: write the formula where the `...` stands."
        )
    verdict = derivative_argument(derivative, row)
    if verdict.argument.value in (takes, Argument.EITHER.value):
        right = f"Right: given {_GIVEN[takes]}, it is the slope of {row.name}."
        return Grade(True, right)
    return Grade(False, _sentence(verdict, takes))


def _sentence(verdict: ArgumentVerdict, takes: str) -> str:
    if verdict.argument.value in _GIVEN:
        right = verdict.argument.value
        return f"This is right for `{right}`, but you are given `{takes}`."
    if verdict.argument is Argument.NEITHER:
        return f"Not yet: {verdict.resembles}."
    return f"Not yet: it {verdict}."

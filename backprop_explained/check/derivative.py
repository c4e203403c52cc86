"""Tells which argument a derivative takes: the pre-activation `z` or the output `a`.

The function is called with both, at the same points, and each result is compared with
the slope that the activation has there.  Its source is never read, so any function
written by anyone can be judged.
"""

import inspect
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from backprop_explained.activations import SIGMOID, Activation
from backprop_explained.check.derivative_trial import DerivativeTrial
from backprop_explained.check.memory import Memory
from backprop_explained.check.readings import FailedError
from backprop_explained.check.subject import Subject, parameters_of, subject_of
from backprop_explained.check.takes import Argument, ArgumentVerdict

__all__ = ["Argument", "ArgumentVerdict", "derivative_argument"]


def derivative_argument(
    derivative: Any,
    /,
    activation: Any = SIGMOID,
    *flags: Any,
    function: Callable[..., Any] | None = None,
    **named_flags: Any,
) -> ArgumentVerdict:
    r"""Tell whether a derivative takes `z` or the output, by calling it with both.

    Parameters
    ----------
    derivative : callable or object
        A function: one argument in, as many slopes out.  It may take arrays, lists, or
        one number at a time, and may write to its argument: it is handed copies.  Or a
        method, or a layer with a forward and a backward method, which may remember its
        input; what it keeps is put back.
    activation : Activation
        Whose slope it should be: a row of `ACTIVATIONS`, or your own from
        [make_activation][backprop_explained.make_activation].  A layer is held
        against its own forward method.
    *flags, **named_flags
        Passed on behind the argument: `derivative_argument(nonlin, deriv=True)`.
    function : callable, optional
        Your own activation, `z -> a`, in place of one of the catalogue: the slope is
        then measured by differences of it.

    Returns
    -------
    ArgumentVerdict
        Print it; or read `.argument`.

    Raises
    ------
    TypeError
        If `derivative` cannot be called, or `activation` is not an `Activation`.
    ValueError
        If `derivative` raises, returns another shape than it was given, or returns no
        number at all, whichever argument it is handed; or if the activation has no
        finite slope where it is asked.

    Notes
    -----
    | what is recognised | verdict |
    |---|---|
    | $\sigma'(z)$, in any way of writing | `PRE_ACTIVATION` |
    | $a\,(1 - a)$, in any way of writing | `OUTPUT` |
    | a slope that both readings give (relu's, the identity's) | `EITHER` |
    | the slope times a constant, or with the wrong sign | `NEITHER`, and the factor |
    | one number, whatever it is given | `NEITHER`, and the number |
    | the activation itself | `NEITHER`, and so it says |
    | the slope of another activation of the catalogue | `NEITHER`, and whose |
    | the slope on a part of the range | `NEITHER`, and which part |
    | the slope times what comes from above, as `backward(dout)` | `UPSTREAM` |
    | a function of `z` and `a` | `BOTH`, and the order |
    | a method that reads `self.output` | `NOTHING`, and what has to stand there |
    | a Jacobian | what it takes, and that it is a matrix |
    | the diagonal of softmax's Jacobian | `NEITHER`, and so it says |

    A slope counts as right up to 2e-3 of its size, so float32 code and differences
    pass, and a mistake of 1 % does not.  It is read at some 16 points, most of
    them with |z| below 8: what happens only between them or further out is not seen,
    nor is the value at a kink.  Random or remembered results are not looked for.

    Source: the definition. A function takes `z` if it returns the slope when given `z`.

    Examples
    --------
    >>> import math
    >>> def sigmoid_prime(z):
    ...     s = 1 / (1 + math.exp(-z))
    ...     return s * (1 - s)
    >>> print(derivative_argument(sigmoid_prime))
    takes the pre-activation: pass `z`, not `a`
    >>> from backprop_explained import RELU
    >>> print(derivative_argument(lambda v: v > 0, RELU))
    takes either: `z` and `a` give the same slope of relu
    >>> print(derivative_argument(lambda v: v * (v - 1)))
    takes neither: ... it is the slope from `a` with the wrong sign
    >>> print(derivative_argument(lambda v: 1 - v**2))
    takes neither: ... it is the slope of tanh, from `a`
    >>> derivative_argument(0.25)
    Traceback (most recent call last):
    TypeError: derivative must be a function or a layer, not 0.25; pass the ...
    """
    if not isinstance(activation, Activation):
        if function is None and not isinstance(activation, bool | int | float):
            raise TypeError(
                f"activation must be an Activation, not {activation!r}; "
                'try ACTIVATIONS["tanh"], or function= for your own'
            )
        activation, flags = SIGMOID, (activation, *flags)
    if not (function is None or callable(function)):
        raise TypeError(f"function must be your activation, not {function!r}")
    subject = subject_of(derivative, flags, named_flags)
    memory = Memory(subject.owner)
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            return _judge_with_flags(subject, activation, function)
    finally:
        memory.restore()


# ---- a flag that was forgotten: nonlin(x, deriv=False) is the activation without it


def _judge_with_flags(
    subject: Subject, activation: Activation, function: Callable[..., Any] | None
) -> ArgumentVerdict:
    """The verdict; where it is neither, and one flag more would do, it says which.

    Examples
    --------
    >>> from backprop_explained import SIGMOID, sigmoid
    >>> def nonlin(x, deriv=False):
    ...     return x * (1 - x) if deriv else sigmoid(x)
    >>> subject = subject_of(nonlin, (), {})
    >>> print(_judge_with_flags(subject, SIGMOID, None))
    takes neither: ... it has a flag: derivative_argument(nonlin, deriv=True) takes ...
    """
    try:
        verdict = DerivativeTrial(subject, activation, function).judge()
    except ValueError as error:
        if told := _told(subject, activation, function) or _besides(subject, error):
            raise ValueError(f"{error}; {told}") from error
        raise
    is_neither = verdict.argument is Argument.NEITHER
    if is_neither and (told := _told(subject, activation, function)):
        return replace(verdict, resembles=f"{verdict.resembles}; {told}")
    return verdict


def _told(
    subject: Subject, activation: Activation, function: Callable[..., Any] | None
) -> str:
    """The call that would do, and what it takes; empty where there is none."""
    if subject.flagged:
        return ""
    for name, value in _flags(subject.function):
        flagged = subject_of(subject.function, (), {name: value})
        try:
            found = DerivativeTrial(flagged, activation, function).judge()
        except Exception:  # anybody's code may raise anything
            continue
        if found.argument is not Argument.NEITHER:
            call = f"derivative_argument({subject.shown}, {name}={value})"
            return f"it has a flag: {call} {found}"
    return ""


def _besides(subject: Subject, error: ValueError) -> str:
    """How to hand over what it may lack; empty where no argument would help."""
    cause = error.__cause__
    if not isinstance(error, FailedError) or cause is None or _is_hopeless(cause):
        return ""
    call = f"derivative_argument({subject.shown}"
    if len(subject.names) > 1:
        name = subject.names[-1]
        return f"what is no such number goes in by name: {call}, {name}=...)"
    others = [] if subject.flagged else _behind_the_first(subject.function)
    if not others:
        return ""
    is_open = others[0].kind in (others[0].VAR_POSITIONAL, others[0].VAR_KEYWORD)
    given = "..." if is_open else f"{others[0].name}=..."
    return f"what it needs besides, such as a flag, goes behind it: {call}, {given})"


def _is_hopeless(cause: BaseException) -> bool:
    """Whether it names what is not there, whatever the arguments are."""
    missing = isinstance(cause, NameError) and not isinstance(cause, UnboundLocalError)
    of_module = isinstance(cause, AttributeError) and inspect.ismodule(cause.obj)
    return missing or of_module or isinstance(cause, ImportError)


def _behind_the_first(function: Callable[..., Any]) -> list[inspect.Parameter]:
    return (parameters_of(function) or [])[1:]


def _flags(function: Callable[..., Any]) -> Iterator[tuple[str, Any]]:
    """Arguments behind the first that may be flags, and what they would be set to."""
    for p in _behind_the_first(function):
        if p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD, p.POSITIONAL_ONLY):
            continue
        nothing = p.default is p.empty or p.default is None
        if nothing or isinstance(p.default, bool):
            yield p.name, p.default is not True
        elif isinstance(p.default, int) and p.default in (0, 1):
            yield p.name, 1 - p.default

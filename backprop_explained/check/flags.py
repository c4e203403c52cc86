"""A flag that was forgotten: `nonlin(x, deriv=False)` is the activation without it."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from backprop_explained.activations import Activation
from backprop_explained.check.derivative_trial import DerivativeTrial
from backprop_explained.check.readings import FailedError
from backprop_explained.check.subject import Subject, parameters_of, subject_of
from backprop_explained.check.takes import Argument, ArgumentVerdict


def judge_with_flags(
    subject: Subject, activation: Activation, function: Callable[..., Any] | None
) -> ArgumentVerdict:
    """The verdict; where it is neither, and one flag more would do, it says which.

    Examples
    --------
    >>> from backprop_explained import SIGMOID, sigmoid
    >>> def nonlin(x, deriv=False):
    ...     return x * (1 - x) if deriv else sigmoid(x)
    >>> print(judge_with_flags(subject_of(nonlin, (), {}), SIGMOID, None))
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

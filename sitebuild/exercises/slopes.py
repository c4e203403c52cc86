"""Which argument does this derivative take?  A choice that the judge decides.

The five answers are always the same, and what is said of each is measured: the slope
at one point, and what the derivative returns there for `z` and for the output.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from backprop_explained import Argument, derivative_argument, numerical_gradient
from sitebuild.exercises.reading import ExerciseError, Option

TEXTS = {
    Argument.PRE_ACTIVATION: "It takes `z`.",
    Argument.OUTPUT: "It takes the output, `a`.",
    Argument.EITHER: "It takes either: both give the slope.",
    Argument.NEITHER: "It takes neither: no argument gives the slope.",
    Argument.BOTH: "It takes both, `z` and `a`.",
}
_POINTS = (0.8, 0.6, 1.2, -0.5, 0.4)
_APART = 0.02


class Measured(NamedTuple):
    """At one point: the slope, and what each call returns."""

    z: float
    a: float
    slope: float
    calls: dict[str, float]  # by the argument that is passed

    def gives(self, passed: str) -> bool:
        """Whether that call returns the slope."""
        return abs(self.calls[passed] - self.slope) < 1e-6

    def sentence(self) -> str:
        """All of it, as text."""
        calls = ", ".join(f"`d({p})` = {v:.3f}" for p, v in self.calls.items())
        return (
            f"At z = {self.z:g}, where a = {self.a:.3f}, "
            f"the slope is {self.slope:.3f}; {calls}."
        ).replace("-", "−")


def slope_options(key: str) -> tuple[str, tuple[Option, ...]]:
    """The text of the right answer, and all five with what is said of each."""
    names: dict[str, Any] = {"np": np}
    exec(compile(key, "<function>", "exec", dont_inherit=True), names)
    f, d = names["f"], names["d"]
    verdict = derivative_argument(d, function=f)
    if verdict.argument not in TEXTS:
        raise ExerciseError(f"no answer to choose says that it {verdict}")
    measured = _measured(f, d, verdict.argument)
    options = tuple(
        Option(text, _told(argument, verdict.argument, measured))
        for argument, text in TEXTS.items()
    )
    return TEXTS[verdict.argument], options


def _measured(
    f: Callable[..., Any], d: Callable[..., Any], right: Argument
) -> Measured:
    """At the first point that tells the readings apart."""
    for z in _POINTS:
        a = float(f(z))
        slope = float(numerical_gradient(f, z))
        if right is Argument.BOTH:
            return Measured(
                z, a, slope, {"z, a": float(d(z, a)), "a, z": float(d(a, z))}
            )
        found = Measured(z, a, slope, {"z": float(d(z)), "a": float(d(a))})
        wrong = [v for v in found.calls.values() if abs(v - slope) > 1e-6]
        apart = all(abs(v - slope) > _APART for v in wrong) and abs(z - a) > _APART
        if apart and len(wrong) == _WRONG[right]:
            return found
    raise ExerciseError(f"no point of {_POINTS} tells the readings of d apart")


_WRONG = {
    Argument.PRE_ACTIVATION: 1,
    Argument.OUTPUT: 1,
    Argument.NEITHER: 2,
    Argument.EITHER: 0,
}


def _told(chosen: Argument, right: Argument, at: Measured) -> str:
    """What is said of an answer: the measurement, and what it means for this one."""
    if chosen is right:
        return f"Right. {at.sentence()}"
    if right is Argument.BOTH:
        why = "it has two arguments, and needs `z` for one and `a` for the other."
    elif chosen is Argument.BOTH:
        why = "it has one argument, so it can take one of them only."
    elif chosen is Argument.NEITHER:
        passed = next(p for p in at.calls if at.gives(p))
        why = f"`d({passed})` is the slope."
    elif chosen is Argument.EITHER:
        passed = next(p for p in at.calls if not at.gives(p))
        why = f"`d({passed})` is not the slope."
    elif right is Argument.EITHER:
        other = "a" if chosen is Argument.PRE_ACTIVATION else "z"
        why = f"it does, and `d({other})` is the slope as well."
    else:
        passed = "z" if chosen is Argument.PRE_ACTIVATION else "a"
        why = f"`d({passed})` is not the slope."
    return f"Not so: {why} {at.sentence()}"

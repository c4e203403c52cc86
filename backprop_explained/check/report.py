"""What a diagnosis says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from backprop_explained.activations import Activation
from backprop_explained.check.advice import advice
from backprop_explained.check.cost_form import Form, form_of
from backprop_explained.check.given import Problem
from backprop_explained.check.gradient import GradientCheck, relative_error
from backprop_explained.check.suspects import Match
from backprop_explained.check.verdict import error_as_text
from backprop_explained.notation import Array


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """The verdict on a gradient: true if it is right, and it prints as a report.

    Attributes
    ----------
    correct : bool
        Whether it is the gradient of the cost.
    matches : tuple of Match
        The known mistakes that make it; empty if it is right, or wrong and unknown.
    errors : tuple of float
        The relative error of each array against the right gradient, weights then
        biases; NaN where the shape is another or an entry is not finite.
    arrays : tuple of str
        What each array is: `"W1"` is the weights of the first layer.
    wrong : tuple of str
        The arrays that are not right.
    worst : str
        The entry that differs most, in words; empty if all are right.
    check : GradientCheck
        The gradient check that it stands on: yours, against central differences.
    notes : tuple of str
        What else the reader should know.
    together : bool
        Whether it takes all of the `matches` together to make the gradient.
    form : Form or None
        The cost as a known sum times a factor, where it is one.
    rows : tuple of Activation
        The activation of each layer, as far as they are known.

    Examples
    --------
    >>> from backprop_explained import Network, backward
    >>> from backprop_explained import diagnose_gradients
    >>> from backprop_explained import forward
    >>> from backprop_explained import squared_error
    >>> network = Network([[[0.5], [-1.0]]], [[0.0]])
    >>> x, y = [[1, 2]], [[1]]
    >>> trace = forward(network, x)
    >>> given = backward(network, trace, y, squared_error)
    >>> bool(diagnose_gradients(network, x, y, given))
    True
    """

    correct: bool
    matches: tuple[Match, ...]
    errors: tuple[float, ...]
    arrays: tuple[str, ...]
    wrong: tuple[str, ...]
    worst: str
    check: GradientCheck
    notes: tuple[str, ...]
    together: bool = False
    form: Form | None = None
    rows: tuple[Activation, ...] = ()

    @property
    def mistakes(self) -> tuple[str, ...]:
        """The names of the mistakes in `matches`."""
        return tuple(match.mistake.name for match in self.matches)

    def __bool__(self) -> bool:
        return self.correct

    def __str__(self) -> str:
        width = max(map(len, self.arrays)) + 2
        table = [
            f"  {name:<{width}}relative error {error_as_text(error)}  "
            f"{self._word(name)}"
            for name, error in zip(self.arrays, self.errors, strict=True)
        ]
        worst = [f"  {self.worst}"] if self.worst else []
        notes = [f"note: {note}" for note in self.notes]
        return "\n".join([self._summary(), *table, *worst, *self.reasons, *notes])

    @property
    def reasons(self) -> list[str]:
        """Of each match what, why and how to fix it, line by line."""
        each = (_reasons(match, self.form, self.rows) for match in self.matches)
        return list(chain.from_iterable(each))

    def _word(self, name: str) -> str:
        if name in self.wrong:
            return "wrong"
        return "right" if self.correct or self.wrong else self.check.verdict

    def _summary(self) -> str:
        if self.correct:
            return "gradient: right"
        if not self.wrong:
            return f"gradient: {self.check.reason}"
        where = f"wrong in {', '.join(self.wrong)}"
        if not self.matches:
            return f"gradient: {where}; wrong, and unknown: no known mistake makes it"
        return f"gradient: {where}: {self.named}"

    @property
    def named(self) -> str:
        """The matches in one line; empty where there are none."""
        word = " and " if self.together else " or "
        names = word.join(f"“{match.name}”" for match in self.matches)
        if len(self.matches) < 2:
            return names
        end = ", together" if self.together else "; all of these make it here"
        return names + end


def _reasons(
    match: Match, form: Form | None, rows: Sequence[Activation]
) -> Iterator[str]:
    why, code, instead = advice(match, form, rows)
    where = ", ".join(map(str, match.layers))
    yield f"“{match.name}”" + (f", in layer {where}" if where else "")
    yield f"  why:    {why}"
    yield f"  change: {code}"
    yield f"  to:     {instead}"
    yield f"  read:   {match.mistake.page}"


def diagnosis_of(
    names: tuple[str, ...],
    given: list[Array],
    right: list[Array],
    wrong: Sequence[int],
    problem: Problem,
    matches: Sequence[Match],
    **rest: Any,
) -> Diagnosis:
    """The verdict on arrays of these names, some of which are wrong."""
    return Diagnosis(
        correct=not wrong,
        matches=tuple(matches),
        errors=tuple(map(error, given, right)),
        arrays=names,
        wrong=tuple(names[i] for i in wrong),
        worst=worst_entry(names, given, right, wrong),
        form=form_of(problem.cost, problem.y.shape) if matches else None,
        rows=problem.network.activations,
        **rest,
    )


def error(given: Array, right: Array) -> float:
    """The relative error; NaN where the shape is another."""
    return relative_error(given, right) if given.shape == right.shape else float("nan")


def worst_entry(
    names: Sequence[str], given: list[Array], right: list[Array], wrong: Sequence[int]
) -> str:
    """The entry that is furthest from right, as a part of its array's largest."""
    gaps: dict[tuple[int, tuple[int, ...]], float] = {}
    for i in wrong:
        if given[i].shape != right[i].shape:
            return (
                f"worst: the gradient of {names[i]} has shape {given[i].shape}, "
                f"but should have {right[i].shape}"
            )
        largest = np.abs(right[i]).max() or 1.0
        gap = np.nan_to_num(np.abs(given[i] - right[i]) / largest, nan=np.inf)
        entry = tuple(int(k) for k in np.unravel_index(gap.argmax(), gap.shape))
        gaps[i, entry] = float(gap[entry])
    if not gaps:
        return ""
    i, entry = max(gaps, key=lambda key: gaps[key])
    where = ", ".join(map(str, entry))
    return (
        f"worst: {names[i]}[{where}] is {given[i][entry]:.6g}, "
        f"but should be {right[i][entry]:.6g}"
    )


def notes_on(
    problem: Problem, given: list[Array], names: Sequence[str], transposed: bool
) -> Iterator[str]:
    """What else there is to say of the arrays that were given."""
    for name, array in zip(names, given, strict=True):
        if not np.isfinite(array).all():
            yield f"the gradient of {name} holds NaN or infinity"
    if len(given) < len(problem.network.parameters):
        yield "the gradients of the biases were not given, and are not judged"
    if transposed:
        yield "if yours are meant to be the other way round, say so with layout="


STEP_NOTE = (
    "if your code updates the weights while the error is still on its way down, "
    "or after every example, give step_size= as well"
)

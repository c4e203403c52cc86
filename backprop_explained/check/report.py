"""What a diagnosis says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from backprop_explained.check.cost_form import Form, scaled
from backprop_explained.check.given import Problem
from backprop_explained.check.gradient import GradientCheck, relative_error
from backprop_explained.check.mistakes import CONSTANT_FACTOR, FACTORS
from backprop_explained.check.suspects import Match
from backprop_explained.costs import cross_entropy
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

    Examples
    --------
    >>> from backprop_explained import Network, backward, diagnose_gradients, forward
    >>> from backprop_explained import squared_error
    >>> network = Network([[[0.5], [-1.0]]], [[0.0]])
    >>> gradients = backward(network, forward(network, [[1, 2]]), [[1]], squared_error)
    >>> bool(diagnose_gradients(network, [[1, 2]], [[1]], gradients))
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

    @property
    def mistakes(self) -> tuple[str, ...]:
        """The names of the mistakes in `matches`."""
        return tuple(match.mistake.name for match in self.matches)

    def __bool__(self) -> bool:
        return self.correct

    def __str__(self) -> str:
        table = [
            f"  {name:<4}relative error {error:.1e}  "
            f"{'wrong' if name in self.wrong else 'right'}"
            for name, error in zip(self.arrays, self.errors, strict=True)
        ]
        worst = [f"  {self.worst}"] if self.worst else []
        notes = [f"note: {note}" for note in self.notes]
        reasons = chain.from_iterable(_reasons(m, self.form) for m in self.matches)
        return "\n".join([self._summary(), *table, *worst, *reasons, *notes])

    def _summary(self) -> str:
        if self.correct:
            return "gradient: right"
        where = f"wrong in {', '.join(self.wrong)}"
        if not self.matches:
            return f"gradient: {where}; wrong, and unknown: no known mistake makes it"
        names = " or ".join(f"“{match.name}”" for match in self.matches)
        if self.together:
            names = " and ".join(f"“{match.name}”" for match in self.matches)
        some = "; all of these make it here" if len(self.matches) > 1 else ""
        if self.together and some:
            some = ", together"
        return f"gradient: {where}: {names}{some}"


def _reasons(match: Match, form: Form | None) -> Iterator[str]:
    """What, why and how to fix it, line by line."""
    why, code, instead = advice(match, form)
    where = ", ".join(map(str, match.layers))
    yield f"“{match.name}”" + (f", in layer {where}" if where else "")
    yield f"  why:    {why}"
    yield f"  change: {code}"
    yield f"  to:     {instead}"
    yield f"  read:   {match.mistake.page}"


def advice(match: Match, form: Form | None) -> tuple[str, str, str]:
    """Why, what to change and to what; a factor in terms of the cost that was given."""
    mistake = match.mistake
    if form is None or (mistake is not CONSTANT_FACTOR and mistake.name not in FACTORS):
        return mistake.description, mistake.code, mistake.instead
    factor = match.factor
    if mistake is not CONSTANT_FACTOR:
        factor *= {"sign": -1.0, "factor 2": 2.0, "factor 1/2": 0.5}.get(
            mistake.name, 1 / form.m
        )
    why = (
        f"your cost is {form}, "
        f"and your gradient is its gradient times {scaled('1', factor, form.m, form.n)}"
    )
    name = "delta" if "softmax" in form.base.name else "error"
    if form.base is cross_entropy:
        name = "delta"  # behind a sigmoid, whose slope cancels
    return why, f"{name} = {form.error(factor)}", f"{name} = {form.error()}"


def error(given: Array, right: Array) -> float:
    """The relative error; NaN where the shape is another."""
    return relative_error(given, right) if given.shape == right.shape else float("nan")


def worst_entry(
    names: Sequence[str], given: list[Array], right: list[Array], wrong: list[int]
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
    "give step_size= as well"
)

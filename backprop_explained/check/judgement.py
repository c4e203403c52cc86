"""Is a gradient of a network right?  The gradient check says it, and nothing else.

Where the check cannot say, our backward pass does; and it is held against central
differences of the cost, at this very point, before it is believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.activations import Activation
from backprop_explained.backprop import backward_unchecked, forward_unchecked
from backprop_explained.check.given import Problem, names_of
from backprop_explained.check.gradient import (
    STEP,
    GradientCheck,
    Method,
    judge_gradients,
)
from backprop_explained.check.numerical import FLOAT64, Tolerance, equal
from backprop_explained.check.verdict import Verdict
from backprop_explained.network import Network
from backprop_explained.notation import Array


class Judgement(NamedTuple):
    """What is right, and which of the given arrays are not.

    Examples
    --------
    >>> from backprop_explained import squared_error
    >>> network, x, y = Network([[[0.5], [-1.0]]]), np.ones((1, 2)), np.ones((1, 1))
    >>> problem = Problem(network, x, y, squared_error, None)
    >>> judge(problem, [np.zeros((2, 1))], FLOAT64).wrong
    [0]
    """

    right: list[Array]
    wrong: list[int]  # the positions of the given arrays that are wrong
    check: GradientCheck  # of the given gradient
    notes: list[str]  # why differences had no say here, or the only one, or a kink


def judge(problem: Problem, given: list[Array], tolerance: Tolerance) -> Judgement:
    """Judge each array of a gradient: those of the weights, and perhaps the biases.

    An array of another shape than its parameter's is wrong.  What was computed in
    float32, and is ours up to its rounding, is asked about as ours.
    """
    reference = _own(problem)
    judgement, settled = _judged(problem, given, tolerance, reference)
    if not settled and (differences := _differences(problem, reference.right)):
        judgement, _ = _judged(problem, given, tolerance, differences)
    return judgement


def _judged(
    problem: Problem, given: list[Array], tolerance: Tolerance, reference: "_Reference"
) -> tuple[Judgement, bool]:
    """The judgement, and whether what was checked is the reference as well."""
    right = reference.right[: len(given)]
    close = [
        equal(g, r, tolerance, slack)
        for g, r, slack in zip(given, right, reference.slack, strict=False)
    ]
    asked = [
        r if g.shape != r.shape or (near and tolerance is not FLOAT64) else g
        for g, r, near in zip(given, right, close, strict=True)
    ]
    check = _check(problem, asked)
    decided = {"right": True, "kink": True, "wrong": False}
    rows = enumerate(zip(given, right, check.verdicts, close, strict=True))
    wrong = [
        i
        for i, (g, r, verdict, near) in rows
        if g.shape != r.shape or not decided.get(verdict, near)
    ]
    notes = [*reference.notes, *_notes(check, names_of(problem.network, len(given)))]
    settled = check.verdict == "right" and all(close)
    return Judgement(right, wrong, check, notes), settled


def _notes(check: GradientCheck, names: tuple[str, ...]) -> list[str]:
    """Where the check accepts more than one slope, and where it has no say."""
    told = {
        "kink": "the cost has a kink in {}: one of the slopes to either side is right",
        "undecided": "the gradient check cannot decide on {}: our backward pass is the "
        "judge",
    }
    pairs = list(zip(names, check.verdicts, strict=True))
    found = {verdict: [n for n, v in pairs if v == verdict] for verdict in told}
    return [told[v].format(", ".join(found[v])) for v in told if found[v]]


def _check(
    problem: Problem, gradients: list[Array], method: Method = "auto"
) -> GradientCheck:
    """The gradient check, on the parameters to which these gradients belong."""
    network, x, y, cost, _ = problem
    count, depth = len(gradients), len(network.weights)

    def value(parameters: list[Array]) -> float:
        moved = [*parameters, *network.parameters[count:]]
        biases: Sequence[Array | float] = moved[depth:] or (0.0,) * depth
        a = x
        for W, b, row in zip(moved[:depth], biases, network.activations, strict=True):
            a = row.function(a @ W + b)
        return float(cost.value(a, y))

    parameters = network.parameters[:count]
    return judge_gradients(value, parameters, gradients, method=method, locate=False)


# ---- what is right


class _Reference(NamedTuple):
    """The right gradient, and how far two right ways to write it differ."""

    right: list[Array]
    slack: list[Array]
    notes: list[str]


def _own(problem: Problem) -> _Reference:
    """Our backward pass."""
    network, x, y, cost, _ = problem
    trace, rows = forward_unchecked(network, x), map(_from_z, network.activations)
    own, other = (
        backward_unchecked(same, trace, y, cost).parameters
        for same in (network, replace(network, activations=tuple(rows)))
    )
    # the gap between them, where a slope has lost its digits
    slack = [
        np.nan_to_num(2 * np.abs(u - v), nan=0.0, posinf=0.0)
        for u, v in zip(own, other, strict=True)
    ]
    return _Reference(own, slack, [])


def _differences(problem: Problem, own: list[Array]) -> _Reference | None:
    """Central differences, if they disagree with our backward pass."""
    if _verdict_on(_asked(problem, own)) != "wrong":
        return None
    note = (
        "central differences disagree with our backward pass, so they are the judge; "
        "is the slope of each activation, and of the cost, its derivative?"
    )
    # they err by about 1e-9 of the largest slope, and more where the cost bends
    differences = _check(problem, own, method="entries").numerical or ()
    slack = [np.full(d.shape, 1e-6 * np.abs(d).max()) for d in differences]
    return _Reference(list(differences), slack, [note])


@dataclass(frozen=True)
class _Asked:
    """A problem and a gradient, equal to another if all their numbers are."""

    problem: Problem = field(compare=False)
    gradients: list[Array] = field(compare=False)
    key: Any


def _asked(problem: Problem, gradients: list[Array]) -> _Asked:
    network, x, y, cost, _ = problem
    arrays = [*network.parameters, x, y, *gradients]
    numbers = tuple((a.dtype.str, a.shape, a.tobytes()) for a in arrays)
    return _Asked(problem, gradients, (network.activations, cost, numbers))


@lru_cache(maxsize=4)
def _verdict_on(asked: _Asked) -> Verdict:
    """The verdict on our own gradient, taken once for many diagnoses of a network."""
    return _check(asked.problem, asked.gradients).verdict


def _from_z(row: Activation) -> Activation:
    """The same activation with its slope read off `z`, if it can be."""
    derivative = row.derivative
    return row._replace(slope=lambda z, a: derivative(z)) if derivative else row


# ---- slopes that are none


def with_right_slopes(network: Network, x: Array) -> tuple[Network, list[str]]:
    """Put the derivative where a slope is not the derivative, and say so."""
    trace, rows, notes = forward_unchecked(network, x), [], []
    values = zip(network.activations, trace.zs, trace.activations[1:], strict=True)
    for layer, (row, z, a) in enumerate(values, 1):
        rows.append(row)
        if row.derivative is None or _is_slope(row, z, row.slope(z, a)):
            continue
        if _is_slope(row, z, row.derivative(z)):
            rows[-1] = _from_z(row)
            notes.append(
                f"layer {layer}: the slope of this network's {row.name} is not its "
                "derivative; its derivative was used"
            )
    return replace(network, activations=tuple(rows)), notes


def _is_slope(row: Activation, z: Array, slope: Array) -> bool:
    """Whether it is the slope of the function, where no kink or border is near."""
    h = STEP * np.maximum(1, np.abs(z))
    with np.errstate(all="ignore"):
        measured = (row.function(z + h) - row.function(z - h)) / (2 * h)
    smooth = np.isfinite(measured)
    for kink in row.kinks:
        smooth &= np.abs(z - kink) > 2 * h
    off = np.abs(slope - measured)[smooth]
    sizes = np.abs(measured)[smooth]
    return bool((off <= 1e-4 * sizes + 1e-8 * sizes.max(initial=1.0)).all())

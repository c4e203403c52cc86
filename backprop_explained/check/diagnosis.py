"""Say which mistake is in a gradient.

Whether it is right, the gradient check says.  What is wrong is then held against each
known mistake of [MISTAKES][backprop_explained.check.mistakes.MISTAKES].
"""

from collections.abc import Sequence
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained._checks import as_input, check_cost
from backprop_explained.backprop import forward_unchecked
from backprop_explained.check.closeness import FLOAT32, FLOAT64, Tolerance
from backprop_explained.check.cost_form import Value, cost_from, form_of
from backprop_explained.check.given import Layout, Problem, names_of, read
from backprop_explained.check.judgement import judge, with_right_slopes
from backprop_explained.check.mistakes import MISTAKES
from backprop_explained.check.report import (
    STEP_NOTE,
    Diagnosis,
    error,
    notes_on,
    worst_entry,
)
from backprop_explained.check.suspects import Match, find_matches, find_several
from backprop_explained.costs import Cost, as_target, squared_error
from backprop_explained.network import (
    Gradients,
    Network,
)
from backprop_explained.notation import Array, as_array

Examples = Literal["rows", "columns"]


def diagnose_gradients(
    network: Network,
    x: ArrayLike,
    y: ArrayLike,
    gradients: Gradients | Sequence[ArrayLike],
    cost: Cost | Value = squared_error,
    *,
    step_size: float | None = None,
    layout: Layout = "in_out",
    examples: Examples = "rows",
) -> Diagnosis:
    """Say whether a gradient is right and, if not, which known mistake made it.

    Parameters
    ----------
    network : Network
        Your parameters and activations; weights are `(n_in, n_out)` here, so give
        `W.T` where yours are `(n_out, n_in)`.
    x : array_like of shape (m, n_0)
        The batch.
    y : array_like of shape (m, n_L)
        What the output should have been.
    gradients : Gradients or sequence of array_like of the same shapes
        Yours: the weights' of every layer, then the biases' of every layer.  The
        biases' may be left out, and are then not judged.  A bias gradient of shape
        `(1, n_out)` or `(n_out, 1)` counts as `(n_out,)`.
    cost : Cost or callable
        What they are the gradient of: a `Cost`, or any function of `(a, y)` that
        returns a number.
    step_size : float, optional
        The step of your update, for the mistakes that depend on it.
    layout : "in_out" or "out_in"
        Whether your weight gradients are `(n_in, n_out)` or `(n_out, n_in)`.
    examples : "rows" or "columns"
        `"columns"` for `x` of shape `(n_0, m)` and `y` of shape `(n_L, m)`.

    Returns
    -------
    Diagnosis
        True if right; print it for which mistake, where, why and the line to change.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If shapes or lengths do not fit, an entry of the data is NaN or infinite, or
        an option is none of its values.

    Notes
    -----
    A mistake is named only if its gradient equals the given one in every entry, to
    1e-6 (1e-4 in float32), or does so times one factor, which is then stated.  One
    constant is all that a factor may be: if the mistake times ½ or 1/m, say, fits,
    nothing else is looked for.  If no single mistake fits, up to three are looked for
    one after the other, from the last layer down.

    Examples
    --------
    >>> from backprop_explained import SIGMOID, backward, forward, sigmoid_derivative
    >>> slope = lambda z, a: sigmoid_derivative(a)
    >>> W = [[[0.8, 0.1], [-0.6, 0.4]], [[0.3], [-0.9]]]
    >>> yours = Network(W, activations=SIGMOID._replace(slope=slope))
    >>> x, y = [[0.5, 1.0], [1.0, -1.0]], [[1], [0]]
    >>> gradients = backward(yours, forward(yours, x), y, squared_error)
    >>> print(diagnose_gradients(Network(W), x, y, gradients))
    gradient: wrong in W1, W2: “a where z belongs”
      W1  relative error ...  wrong
      W2  relative error ...  wrong
      worst: W2[...] is ..., but should be ...
    “a where z belongs”
      why:    the output is passed to a derivative written for z, in every layer
      change: delta = error * sigmoid_derivative(a)
      to:     delta = error * sigmoid_derivative(z)
      read:   learn/mixed-up.md#the-output-passed-to-sx-1-sx
    """
    _one_of("layout", layout, get_args(Layout))
    _one_of("examples", examples, get_args(Examples))
    if not callable(cost):
        check_cost(cost, None)
    _check_step_size(step_size)
    if examples == "columns":
        x, y = as_array(x, "x").T, as_array(y, "y").T
    problem, notes = _problem(network, x, y, cost, step_size)
    arrays, transposed = read(problem.network, gradients, layout, len(problem.x))
    short = any(array.dtype.itemsize < 8 for array in arrays)
    given: list[Array] = [array.astype(np.float64) for array in arrays]
    return _diagnose(problem, given, FLOAT32 if short else FLOAT64, transposed, notes)


def _one_of(name: str, value: Any, values: Sequence[str]) -> None:
    if value not in values:
        expected = " or ".join(map(repr, values))
        raise ValueError(f"{name} must be {expected}, not {value!r}")


def _check_step_size(step_size: float | None) -> None:
    if step_size is not None and not (np.isfinite(step_size) and step_size > 0):
        raise ValueError(
            f"step_size must be above 0 and finite, not {step_size}; give the step of "
            "your update, or leave it out"
        )


def _problem(
    network: Network,
    x: ArrayLike,
    y: ArrayLike,
    cost: Cost | Value,
    step_size: float | None,
) -> tuple[Problem, list[str]]:
    """All of it in float64 and with right slopes, and which slopes were not."""
    x = as_input(network, x).astype(np.float64)
    y = as_target(y, forward_unchecked(network, x).output).astype(np.float64)
    parameters = [p.astype(np.float64) for p in network.parameters]
    network, notes = with_right_slopes(network.with_parameters(parameters), x)
    return Problem(network, x, y, cost_from(cost, y.shape), step_size), notes


def _diagnose(
    problem: Problem,
    given: list[Array],
    tolerance: Tolerance,
    transposed: bool,
    notes: list[str],
) -> Diagnosis:
    """The verdict on arrays that are in the network's layout already."""
    judgement, matches, several = judge(problem, given, tolerance), [], False
    wrong = set(judgement.wrong)
    if wrong:
        matches = find_matches(problem, given, judgement.right, tolerance)
        if not matches:
            matches = find_several(problem, given, tolerance)
            several = bool(matches)
    if transposed:
        matches.insert(0, Match(MISTAKES["transposed"], 1.0, ""))
        wrong |= set(range(len(problem.network.weights)))
    names = names_of(problem.network, len(given))
    return Diagnosis(
        correct=not wrong,
        matches=tuple(matches),
        errors=tuple(map(error, given, judgement.right)),
        arrays=names,
        wrong=tuple(names[i] for i in sorted(wrong)),
        worst=worst_entry(names, given, judgement.right, sorted(wrong)),
        check=judgement.check,
        together=several,
        form=form_of(problem.cost, problem.y.shape) if matches else None,
        notes=(
            *notes,
            *judgement.notes,
            *notes_on(problem, given, names, transposed),
            *(
                [STEP_NOTE]
                if wrong and not matches and _may_be_updated(problem)
                else []
            ),
        ),
    )


def _may_be_updated(problem: Problem) -> bool:
    """Whether weights may have taken a step of unknown size on the way down."""
    return problem.step_size is None and len(problem.network.weights) > 1

r"""Is this gradient right?  Ask the cost itself, by central differences.

Nothing here knows how a network works: a judge may not lean on the accused.  Only the
cost is called, so any network written by anyone can be checked.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained.check.arrays import check_array
from backprop_explained.check.directions import setting_of
from backprop_explained.check.numerical import (
    STEP,
    insist_above_0,
    numerical_gradient,
    relative_error,
)
from backprop_explained.check.probe import Probe, finite_parameter, read_arrays
from backprop_explained.check.sentence import common_factor, judge, sentence
from backprop_explained.check.verdict import (
    COARSE,
    ArrayCheck,
    GradientCheck,
    Kink,
    Place,
)
from backprop_explained.notation import Array, as_array

__all__ = [
    "RIGHT",
    "STEP",
    "WRONG",
    "ArrayCheck",
    "GradientCheck",
    "Kink",
    "Place",
    "check_gradients",
    "numerical_gradient",
    "relative_error",
]

RIGHT = 1e-6
"""The bound that a check in float64 reaches: an error above it is noticed.

CS231n's notes on checking gradients call 1e-7 and less a reason to be happy, and 1e-4
too high where no kink is near.
"""

WRONG = 1e-4
"""An error that no kink excuses, by the same notes."""

NOISE = 10
"""How many roundings of the cost, over 2h, a simple difference is trusted to carry."""

RANDOM = 1e-3
"""Calls at one point that differ by this much of the cost: the cost is random."""

REPEATED = 3
"""Calls at one point."""

Method = Literal["auto", "entries", "directions"]


def check_gradients(
    cost: Callable[[list[Array]], Any],
    parameters: Sequence[ArrayLike],
    gradients: Sequence[ArrayLike],
    *,
    step: float | None = None,
    method: Method = "auto",
    seed: int = 0,
) -> GradientCheck:
    """Check the gradients of any network against differences of its cost.

    Parameters
    ----------
    cost : callable
        `cost(parameters)` returns one number.  It has to use the arrays it is handed,
        copies in the precision of those given.
    parameters : sequence of array_like of any shape
        Where the gradients were taken, such as `[W1, b1, W2, b2]`; never changed.
    gradients : sequence of array_like of the same shapes
        One array for each parameter, of its shape.
    step : float, optional
        The step to take, relative to the entries of an array, or absolute where they
        are below 1.  Left out, it fits the noise and the bend of the cost.
    method : "auto", "entries" or "directions"
        Whether every entry is asked, or a few random directions per array.  Left to
        itself, the check reads arrays of up to 16 entries one by one.
    seed : int
        Where the directions come from.

    Returns
    -------
    GradientCheck
        True if right; print it for the error of each array.

    Raises
    ------
    TypeError
        If `cost` cannot be called, or an entry is not a real number.
    ValueError
        If lengths or shapes differ, a parameter is NaN or infinite, the cost is not
        one finite number, or an option is none of its values.

    Notes
    -----
    Each array is read along four directions of normal random numbers, six calls each,
    whatever its size; where noise asks for it, along up to 16 in many steps.  An error
    as large as the `bound` is missed once in 300 times, a larger one less often.
    The noise of the cost is measured (Moré and Wild, *Estimating computational noise*,
    2011), and chooses the steps.  An array that is off is halved until it is known
    where; an array with a kink is right if its entries are one of the slopes to either
    side, or between them.  A gradient that holds NaN or infinity is wrong.

    Examples
    --------
    >>> def cost(parameters):
    ...     (W,) = parameters
    ...     return (W**2).sum()
    >>> W = np.array([[1.0, -2.0]])
    >>> print(check_gradients(cost, [W], [[[2.0, -4.1]]]))
    gradient check: wrong in array 1 of 1
      array 1  (1, 2)     relative error 1.1e-02  wrong
        entry [0, 1]: -4.1, but the difference says -4
    >>> check_gradients(cost, [W], [2 * W]).passed
    True
    """
    return judge_gradients(
        cost, parameters, gradients, step=step, method=method, seed=seed
    )


def judge_gradients(
    cost: Callable[[list[Array]], Any],
    parameters: Sequence[ArrayLike],
    gradients: Sequence[ArrayLike],
    *,
    step: float | None = None,
    method: Method = "auto",
    seed: int = 0,
    locate: bool = True,
) -> GradientCheck:
    """The same; the verdict alone asks nothing about the place of an error."""
    points, slopes = _read(cost, parameters, gradients, step, method)
    probe = Probe(cost, points)
    here = [probe.here() for _ in range(REPEATED)]
    spread = float(np.ptp(here))
    if spread > RANDOM * max(map(abs, here)):
        return _random(spread, probe.calls)
    setting = setting_of(probe, slopes, here, (RIGHT, COARSE), step, seed, locate)
    arrays = tuple(check_array(setting, i, method) for i in range(len(slopes)))
    verdict = judge(arrays)
    reason = sentence(verdict, arrays, setting.digits)
    if verdict == "wrong" and probe.is_constant:
        reason = "wrong, or the cost does not read the parameters it is given"
    elif verdict in ("wrong", "undecided") and spread:
        return replace(_random(spread, probe.calls), arrays=arrays, noise=setting.noise)
    known = (setting.noise, setting.digits, probe.calls)
    return GradientCheck(verdict, reason, arrays, common_factor(arrays), *known)


def _read(
    cost: Any, parameters: Any, gradients: Any, step: float | None, method: str
) -> tuple[list[Array], list[Array]]:
    """The parameters and the gradients, if all is what it has to be."""
    if not callable(cost):
        raise TypeError(f"cost must be a function of the parameters, not {cost!r}")
    if method not in get_args(Method):
        raise ValueError(f"method must be one of {get_args(Method)}, not {method!r}")
    insist_above_0(step, "step", f"; try {STEP:.1e}")
    points = read_arrays(parameters, "parameters", finite_parameter)
    slopes = read_arrays(gradients, "gradients", as_array)
    if len(points) != len(slopes):
        raise ValueError(
            f"there are {len(points)} parameters but {len(slopes)} gradients; "
            "give one gradient for each parameter"
        )
    for i, (point, slope) in enumerate(zip(points, slopes, strict=True), 1):
        if point.shape != slope.shape:
            raise ValueError(
                f"array {i}: the parameter has shape {point.shape}, but its gradient "
                f"{slope.shape}; both must be equal"
            )
    return points, slopes


def _random(spread: float, calls: int) -> GradientCheck:
    why = f"calls at one point differ by {spread:.2g}; fix its seed"
    return GradientCheck(
        "random", f"the cost is random: {why}", (), None, spread, 0.0, calls
    )

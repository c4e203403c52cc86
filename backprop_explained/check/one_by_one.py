"""Changes that several updates made, one after each example, read as one gradient."""

from collections.abc import Iterator

import numpy as np

from backprop_explained.backprop import backward_unchecked, forward_unchecked
from backprop_explained.check.given import Problem
from backprop_explained.check.mistaken_pass import MakeGradients
from backprop_explained.check.numerical import Tolerance, equal
from backprop_explained.costs import Cost
from backprop_explained.network import Gradients, Network
from backprop_explained.notation import Array

STEPS = (*(1.0, 0.5, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01), *(5e-3, 2e-3, 1e-3, 1e-4))
"""Step sizes that are tried where none was given."""

MOST = 64
"""Examples up to which it is tried."""


def right_gradients(
    network: Network, x: Array, y: Array, cost: Cost, _: float | None
) -> Gradients:
    """Those of `backward`."""
    return backward_unchecked(network, forward_unchecked(network, x), y, cost)


def found_one_by_one(
    problem: Problem,
    given: list[Array],
    tolerance: Tolerance,
    make: MakeGradients = right_gradients,
) -> float | None:
    """The step size under which right updates, example by example, add up to this.

    Or updates by other gradients, where `make` makes them.

    Examples
    --------
    >>> from backprop_explained import Network, squared_error
    >>> from backprop_explained.check.numerical import FLOAT64
    >>> x, y, W = np.ones((2, 1)), np.zeros((2, 1)), np.ones((1, 1))
    >>> from backprop_explained import IDENTITY
    >>> problem = Problem(Network([W], None, IDENTITY), x, y, squared_error, None)
    >>> found_one_by_one(problem, [np.array([[1 + 0.9]])], FLOAT64)  # W is 1, then 0.9
    0.1
    """
    m = len(problem.x)
    if not 1 < m <= MOST:
        return None
    for step_size in [problem.step_size] if problem.step_size else STEPS:
        with np.errstate(all="ignore"):
            for moved in _sums(problem, step_size, len(given), make):
                if all(map(equal, given, moved, [tolerance] * len(given))):
                    return step_size
    return None


def _sums(
    problem: Problem, step_size: float, count: int, make: MakeGradients
) -> Iterator[list[Array]]:
    """What the updates add up to, over the step size; a mean may be one per example."""
    for times in (1.0, float(len(problem.x))):
        network, size = problem.network, step_size * times
        for i in range(len(problem.x)):
            x, y = problem.x[i : i + 1], problem.y[i : i + 1]
            made = make(network, x, y, problem.cost, size)
            if made is None:
                return
            pairs = zip(network.parameters, made.parameters, strict=True)
            moved = [p - size * g for p, g in pairs]
            if not all(np.isfinite(p).all() for p in moved):
                break
            network = network.with_parameters(moved)
        before = problem.network.parameters
        yield [
            (b - a) / step_size
            for b, a in zip(before[:count], network.parameters, strict=False)
        ]


def one_by_one_note(step: float) -> str:
    """What is said of right updates that were added up."""
    return (
        f"this is what right updates with a step of {step:g}, one after each example, "
        "add up to; it is the gradient at no one point"
    )

r"""Gradient descent: forward, backward, one step downhill, again.

$$W \leftarrow W - \eta\,\frac{\partial C}{\partial W}, \qquad
b \leftarrow b - \eta\,\frac{\partial C}{\partial b}$$

with the step size $\eta$.  Every gradient is taken before any parameter moves.

[train][backprop_explained.train] is [forward][backprop_explained.forward],
[backward][backprop_explained.backward] and [descend][backprop_explained.descend],
again and again, to the last bit if all arrays have one precision.  What differs is
where the numbers stand: it checks them once, keeps all parameters in one array and all
derivatives in another, and writes each step over the one before.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained._checks import as_input, check_cost
from backprop_explained._descent import Descent
from backprop_explained._fit import check_shapes
from backprop_explained.backprop import OutputDelta, forward_unchecked
from backprop_explained.costs import Cost, as_target
from backprop_explained.network import Gradients, Network
from backprop_explained.notation import Array


class Training(NamedTuple):
    """What a training returns.

    Attributes
    ----------
    network : Network
        The trained network.
    costs : ndarray of shape (steps + 1,)
        `costs[k]` is the cost after `k` steps, so `costs[0]` is that of the start.

    Examples
    --------
    >>> from backprop_explained import squared_error
    >>> start, x, y = Network([[[0.0]]]), [[1]], [[1]]
    >>> training = train(start, x, y, squared_error, 2, 8.0)
    >>> network, costs = training
    >>> costs.round(3)
    array([0.125, 0.036, 0.019])
    """

    network: Network
    costs: Array


class NonFiniteCostError(ArithmeticError):
    """Training left the numbers that a float can hold; nothing up to there is lost.

    Attributes
    ----------
    step : int
        How many steps had been made when the cost was found to be NaN or infinite.
    costs : ndarray of shape (step,)
        The cost before each of these steps, all finite.
    network : Network
        The last network that had a finite cost; the start, if none had.

    Examples
    --------
    >>> from backprop_explained import IDENTITY
    >>> from backprop_explained import squared_error
    >>> start = Network([[[1.0]], [[3.0]]], None, IDENTITY)
    >>> x, y = [[100]], [[0]]
    >>> try:
    ...     train(start, x, y, squared_error, 300, 1.0)
    ... except NonFiniteCostError as error:
    ...     error.step, error.costs.shape
    (4, (4,))
    """

    def __init__(self, step: int, costs: list[float], network: Network) -> None:
        self.step = step
        self.costs = np.array(costs)
        self.network = network
        super().__init__(step, costs, network)  # what a copy or a pickle is made of

    def __str__(self) -> str:
        return (
            f"the cost is no longer finite after {self.step} steps; check the gradient "
            "with check_gradients, then try a smaller step_size; this error holds the "
            "last finite .network and the .costs so far"
        )


def descend(network: Network, gradients: Gradients, step_size: float) -> Network:
    """One step of gradient descent.

    Parameters
    ----------
    network : Network
        Where to step from; it stays as it is.
    gradients : Gradients
        The slopes of the cost at this network.
    step_size : float
        How far to go for a slope of 1, above 0.

    Returns
    -------
    Network
        Every parameter moved by `-step_size` times its slope.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If a parameter would no longer be finite, the shapes do not fit, or `step_size`
        is not above 0.

    Examples
    --------
    >>> network = Network([[[1.0]]], [[0.5]])
    >>> dW, db = np.array([[2.0]]), np.array([1.0])
    >>> gradients = Gradients([dW], [db])
    >>> descend(network, gradients, 0.1).parameters
    [array([[0.8]]), array([0.4])]
    """
    for name, given, kind in [
        ("network", network, Network),
        ("gradients", gradients, Gradients),
    ]:
        if not isinstance(given, kind):
            raise TypeError(f"{name} must be of type {kind.__name__}, not {given!r}")
    own, slopes = network.parameters, gradients.parameters
    check_shapes(own, len(network.weights), slopes, "gradients")
    step = _as_step_size(step_size)
    return network.with_parameters(
        [p - step * slope for p, slope in zip(own, slopes, strict=True)]
    )


def train(
    network: Network,
    x: ArrayLike,
    y: ArrayLike,
    cost: Cost,
    steps: int,
    step_size: float,
    *,
    output_delta: OutputDelta | None = None,
) -> Training:
    """Train by gradient descent on the whole batch.

    Parameters
    ----------
    network : Network
        Where to start from; it stays as it is.
    x : array_like of shape (m, n_0)
        The inputs, one row per example.
    y : array_like of shape (m, n_L)
        The targets.
    cost : Cost
        Such as `squared_error`.
    steps : int
        How many steps to make, from 0 up.
    step_size : float
        How far to go for a slope of 1, above 0; also called learning rate.
    output_delta : callable, optional
        As in [backward][backprop_explained.backward].

    Returns
    -------
    Training
        The trained network, and the cost after 0, 1, ..., `steps` steps.

    Raises
    ------
    NonFiniteCostError
        If the cost or a parameter becomes NaN or infinite; it holds the last finite
        network.
    TypeError, ValueError
        If an argument is not what it should be, with the reason.

    Examples
    --------
    >>> from backprop_explained import squared_error
    >>> start = Network([[[0.5], [-1.0]]], [[0.0]])
    >>> x, y = [[1, 2]], [[1]]
    >>> done = train(start, x, y, squared_error, 50, 1.0)
    >>> done.costs[[0, 50]].round(4)
    array([0.3342, 0.001 ])
    """
    x = as_input(network, x)
    check_cost(cost, output_delta)
    y = as_target(y, forward_unchecked(network, x).output)
    _check_steps(steps)
    step_size = _as_step_size(step_size)
    descent = Descent(network, x, y, cost, step_size, output_delta)
    trained, costs = descent.run(steps)
    if len(costs) <= steps:  # the last finite network is found by going there again
        last = descent.run(len(costs) - 1)[0] if costs else network
        raise NonFiniteCostError(len(costs), costs, last)
    return Training(trained, np.array(costs))


def _check_steps(steps: int) -> None:
    if isinstance(steps, bool) or not isinstance(steps, int | np.integer):
        raise TypeError(f"steps must be a whole number, not {steps!r}; use an int")
    if steps < 0:
        raise ValueError(f"steps must be 0 or more, not {steps}")


def _as_step_size(step_size: float) -> float:
    if isinstance(step_size, bool) or not isinstance(
        step_size, int | float | np.integer | np.floating
    ):
        raise TypeError(f"step_size must be a number, not {step_size!r}")
    if not (np.isfinite(step_size) and step_size > 0):
        raise ValueError(
            f"step_size must be above 0 and finite, not {step_size}; the gradient "
            "points uphill, and the step is taken against it already"
        )
    return float(step_size)

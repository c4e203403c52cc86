"""A backward pass that somebody wrote as a function, run on a random network."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from backprop_explained.activations import SIGMOID, Activation
from backprop_explained.costs import Cost, squared_error
from backprop_explained.network import Network
from backprop_explained.practise.grade import Grade
from backprop_explained.practise.gradients import grade_network

EXAMPLES = 5
"""So many rows, and no layer is as wide: a transposed array has another shape."""


def grade_pass(
    function: Callable[..., Any],
    sizes: Sequence[int] = (3, 4, 2),
    activations: Activation | Sequence[Activation] = SIGMOID,
    cost: Cost = squared_error,
    *,
    step_size: float | None = None,
    planted: str = "",
) -> Grade:
    """Grade a function that computes the gradients of a network.

    Parameters
    ----------
    function : callable
        The answer: of the batch `x`, of `y`, and of the weights and biases, layer by
        layer.  It returns the gradients in the order of the parameters; with
        `step_size`, the parameters after a step.
    sizes : sequence of int
        The widths of the network, the input first.
    activations : Activation or sequence of Activation
        As for `Network`.
    cost : Cost
        The cost.
    step_size : float, optional
        The step that the function takes.
    planted : str
        The mistake that the exercise has put in.

    Returns
    -------
    Grade
        As from `grade_network`.

    Examples
    --------
    >>> def gradients(x, y, W1, b1):
    ...     a = 1 / (1 + np.exp(-(x @ W1 + b1)))
    ...     delta = (a - y) * a * (1 - a)
    ...     return x.T @ delta, delta.mean(axis=0)
    >>> print(grade_pass(gradients, (3, 2)).verdict)
    dW1 is right; db1 is wrong: the gradient of the bias is a mean over the batch, ...
    """
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=shape) for shape in pairwise(sizes)]
    biases = [rng.normal(size=n) / 2 for n in sizes[1:]]
    x, y = rng.normal(size=(EXAMPLES, sizes[0])), rng.random((EXAMPLES, sizes[-1]))
    network = Network(weights, biases, activations)
    order = [p for pair in zip(weights, biases, strict=True) for p in pair]
    names = [f"{kind}{k}" for k in range(1, len(sizes)) for kind in ("dW", "db")]
    found = function(x, y, *(p.copy() for p in order))
    if isinstance(found, tuple | list) and step_size is not None:
        pairs = zip(order, found, strict=False)
        found = [(before - np.asarray(after)) / step_size for before, after in pairs]
    if not isinstance(found, tuple | list) or len(found) != len(order):
        return Grade(False, f"It has to return {len(order)} arrays, one per parameter.")
    given = dict(zip(names, found, strict=True))
    return grade_network(
        given, network, x, y, cost, step_size=step_size, planted=planted
    )

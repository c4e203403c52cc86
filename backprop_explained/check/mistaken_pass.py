"""A backward pass with a mistaken line in it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from backprop_explained.activations import Activation
from backprop_explained.backprop import forward_unchecked
from backprop_explained.costs import Cost
from backprop_explained.network import Gradients, Network
from backprop_explained.notation import Array

MakeGradients = Callable[[Network, Array, Array, Cost, float | None], Gradients | None]


class Values(NamedTuple):
    """What a line of the backward pass can read: the values in its layer.

    Attributes
    ----------
    activation : Activation
        The activation of this layer.
    W : ndarray of shape (n_in, n_out)
        Its weights.
    z : ndarray of shape (m, n_out)
        Its pre-activation.
    a_previous : ndarray of shape (m, n_in)
        Its input.
    a : ndarray of shape (m, n_out)
        Its output.
    error : ndarray of shape (m, n_out)
        `dC/da`, from the cost or from the layer above.
    layer : int
        Which layer this is, counted from 1.
    depth : int
        How many layers there are.
    step_size : float or None
        The step size of the update, if it is known.
    delta : ndarray of shape (m, n_out)
        `dC/dz`, once its line has run.
    dW : ndarray of shape (n_in, n_out)
        `dC/dW`, once its line has run.

    Examples
    --------
    >>> from backprop_explained import SIGMOID
    >>> one = np.ones((1, 1))
    >>> z, a, error = 0 * one, one / 2, -one
    >>> v = Values(SIGMOID, one, z, one, a, error)
    >>> RIGHT["delta"](v)
    array([[-0.25]])
    """

    activation: Activation
    W: Array
    z: Array
    a_previous: Array
    a: Array
    error: Array
    layer: int = 1
    depth: int = 1
    step_size: float | None = None
    delta: Array = np.empty(0)
    dW: Array = np.empty(0)


Line = Callable[[Values], Array | None]

RIGHT: dict[str, Callable[[Values], Array]] = {
    "delta": lambda v: v.error * v.activation.slope(v.z, v.a),
    "dW": lambda v: v.a_previous.T @ v.delta,
    "db": lambda v: v.delta.sum(axis=0),
    "error": lambda v: v.delta @ v.W.T,
}
"""The four lines of the backward pass, in the order in which they run."""


@dataclass(frozen=True)
class MistakenPass:
    """A backward pass with these lines in place of the right ones; call it.

    Attributes
    ----------
    lines : dict
        `Values -> array or None` under the names of `RIGHT`.
    """

    lines: dict[str, Line]

    def __call__(
        self, network: Network, x: Array, y: Array, cost: Cost, step_size: float | None
    ) -> Gradients | None:
        """The gradients that come out; `None` where the mistake cannot be made."""
        weights, biases = [], []
        made: set[str] = set()

        def run(name: str, v: Values) -> Array:
            wrong = self.lines[name](v) if name in self.lines else None
            if wrong is None:
                return RIGHT[name](v)
            made.add(name)
            return wrong

        zs, activations = forward_unchecked(network, x)
        error, depth = cost.slope(activations[-1], y), len(zs)
        for layer in reversed(range(depth)):
            row, W, z = network.activations[layer], network.weights[layer], zs[layer]
            a_previous, a = activations[layer : layer + 2]
            v = Values(row, W, z, a_previous, a, error, layer + 1, depth, step_size)
            v = v._replace(delta=run("delta", v))
            v = v._replace(dW=run("dW", v))
            weights.append(v.dW)
            if network.biases:
                biases.append(run("db", v))
            if layer:
                error = run("error", v)
        return Gradients(weights[::-1], biases[::-1]) if made else None


def mistaken(**lines: Line) -> MistakenPass:
    """The gradients that come out with these lines in place of the right ones.

    Parameters
    ----------
    **lines : callable
        `Values -> array` under the names of `RIGHT`; or `-> None` in a layer where
        the mistake cannot be made, and the right line stays.

    Returns
    -------
    MistakenPass
        `(network, x, y, cost, step_size) -> Gradients`, or `None` where the mistake
        can be made in no layer.

    Examples
    --------
    >>> from backprop_explained import squared_error
    >>> network = Network([[[0.5], [-1.0]]])
    >>> x, y = np.ones((3, 2)), np.ones((3, 1))
    >>> given = network, x, y, squared_error, None
    >>> missing = mistaken(delta=lambda v: v.error)
    >>> missing(*given).weights[0].round(4).tolist()
    [[-1.8674], [-1.8674]]
    >>> below = mistaken(error=lambda v: v.error @ v.W.T)
    >>> print(below(*given))  # there is nothing below
    None
    """
    return MistakenPass(lines)

"""The values that the passes hand to each other: networks, traces, gradients.

[forward][backprop_explained.forward] makes a trace of a network, and
[backward][backprop_explained.backward] makes gradients of a trace.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained._fit import check_fit, check_shapes, one_per_layer, read_only
from backprop_explained.activations import SIGMOID, Activation
from backprop_explained.notation import Array


class Trace(NamedTuple):
    """All that the forward pass computed, and all that the backward pass needs.

    Attributes
    ----------
    zs : list of ndarray of shape (m, n_l)
        The pre-activations, one entry per layer.
    activations : list of ndarray of shape (m, n_l)
        The input, then the output of each layer: one entry more.

    Examples
    --------
    >>> from backprop_explained import forward
    >>> weights = [np.ones((3, 4)), np.ones((4, 1))]
    >>> trace = forward(Network(weights), np.ones((2, 3)))
    >>> [z.shape for z in trace.zs]
    [(2, 4), (2, 1)]
    >>> [a.shape for a in trace.activations]
    [(2, 3), (2, 4), (2, 1)]
    """

    zs: list[Array]
    activations: list[Array]

    @property
    def output(self) -> Array:
        """The output of the last layer, of shape (m, n_L)."""
        return self.activations[-1]


class Gradients(NamedTuple):
    """The derivatives of the cost with respect to the parameters, in the same shapes.

    Attributes
    ----------
    weights : list of ndarray of shape (n_in, n_out)
        `dC/dW`, one entry per layer.
    biases : list of ndarray of shape (n_out,)
        `dC/db`, one entry per layer; empty for a network without biases.

    Examples
    --------
    >>> dW, db = np.array([[2.0]]), np.array([1.0])
    >>> Gradients([dW], [db]).parameters
    [array([[2.]]), array([1.])]
    """

    weights: list[Array]
    biases: list[Array]

    @property
    def parameters(self) -> list[Array]:
        """Weights, then biases: beside `Network.parameters`, entry by entry."""
        return [*self.weights, *self.biases]


@dataclass(frozen=True, eq=False, init=False)
class Network:
    """Weights, biases and activations that fit together: checked here, once.

    Parameters
    ----------
    weights : sequence of array_like of shape (n_in, n_out)
        One entry per layer.  They are copied, and the copies cannot be written to.
    biases : sequence of array_like of shape (n_out,), optional
        One entry per layer; without them the network has none, and trains none.
    activations : Activation or sequence of Activation
        One for all layers, or one per layer.

    Raises
    ------
    TypeError
        If an activation is not an `Activation`, or a parameter is not a real number.
    ValueError
        If shapes or lengths do not fit (the message says where, and which),
        or a parameter is NaN or infinite.

    Examples
    --------
    >>> network = Network([[[0.5], [-1.0]]], [[0.25]])
    >>> from backprop_explained import predict
    >>> predict(network, [[1, 2]])
    array([[0.22270014]])
    >>> Network([np.ones((3, 4)), np.ones((5, 1))])
    Traceback (most recent call last):
    ValueError: layer 2: weights of shape (5, 1) take 5 inputs, but layer 1, ...
    """

    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    activations: tuple[Activation, ...]

    def __init__(
        self,
        weights: Sequence[ArrayLike],
        biases: Sequence[ArrayLike] | None = None,
        activations: Activation | Sequence[Activation] = SIGMOID,
    ) -> None:
        Ws = read_only(weights, "weights", "(n_in, n_out)")
        bs = read_only(() if biases is None else biases, "biases", "(n_out,)")
        check_fit(Ws, bs)
        rows = one_per_layer(activations, len(Ws))
        vars(self).update(weights=Ws, biases=bs, activations=rows)

    @property
    def layers(self) -> Iterator[tuple[Array, Array | float, Activation]]:
        """Weights, biases (0 where there are none) and activation, layer by layer."""
        biases: Sequence[Array | float] = self.biases or (0.0,) * len(self.weights)
        return zip(self.weights, biases, self.activations, strict=True)

    @property
    def parameters(self) -> list[Array]:
        """Weights, then biases: one list for a gradient check or an update."""
        return [*self.weights, *self.biases]

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        """Pickled and copied by building it again: arrays would come back writable."""
        return Network, (self.weights, self.biases, self.activations)

    def with_parameters(self, parameters: Sequence[ArrayLike]) -> "Network":
        """The same network with other numbers in it.

        Parameters
        ----------
        parameters : sequence of array_like
            In the order and shapes of `parameters`.

        Returns
        -------
        Network
            A new one; this one stays as it is.

        Raises
        ------
        TypeError
            If a parameter is not a real number.
        ValueError
            If the shapes are not those of this network, or an entry is NaN or infinite.
        """
        check_shapes(self.parameters, len(self.weights), parameters, "parameters")
        depth = len(self.weights)
        return Network(parameters[:depth], parameters[depth:], self.activations)


def random_network(
    widths: Sequence[int],
    activations: Activation | Sequence[Activation],
    rng: np.random.Generator | np.random.RandomState,
    draw: Callable[..., ArrayLike] | None = None,
    *,
    biases: bool = True,
) -> Network:
    r"""A network with random weights, and biases of 0.

    Parameters
    ----------
    widths : sequence of int
        How many numbers enter, and leave each layer: `[3, 4, 1]` has two layers.
    activations : Activation or sequence of Activation
        One for all layers, or one per layer.
    rng : numpy.random.Generator
        Where the randomness comes from; `RandomState`, for published seeds, also works.
    draw : callable, optional
        `(rng, shape) -> weights`, layer by layer from the first.  By default normal
        with standard deviation $1/\sqrt{n_\text{in}}$, which keeps the size of `z`
        independent of the width (LeCun et al., *Efficient BackProp*, 1998).
    biases : bool
        Whether there are biases.

    Returns
    -------
    Network
        Of `len(widths) - 1` layers.

    Raises
    ------
    TypeError
        If `rng` is not a generator, or a width is not a whole number.
    ValueError
        If there are fewer than two widths, or one is below 1.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> network = random_network([3, 4, 1], SIGMOID, rng)
    >>> [W.shape for W in network.weights]
    [(3, 4), (4, 1)]
    """
    if not isinstance(rng, np.random.Generator | np.random.RandomState):
        raise TypeError(
            f"rng must be a random generator, not {rng!r}; "
            "np.random.default_rng(seed) makes one"
        )
    for width in widths:
        if isinstance(width, bool) or not isinstance(width, int | np.integer):
            raise TypeError(f"widths must be whole numbers, not {width!r}; use an int")
    if len(widths) < 2 or min(widths) < 1:
        raise ValueError(
            f"widths must be two or more numbers from 1 up, not {list(widths)}; "
            "the first is the width of the input"
        )
    draw = draw or _normal
    shapes = list(pairwise(widths))
    weights = [draw(rng, shape) for shape in shapes]
    zeros = [np.zeros(n_out) for _, n_out in shapes] if biases else None
    return Network(weights, zeros, activations)


def _normal(
    rng: np.random.Generator | np.random.RandomState, shape: tuple[int, int]
) -> Array:
    return rng.normal(size=shape) / np.sqrt(shape[0])  # type: ignore[no-any-return]

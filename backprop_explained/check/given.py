"""A gradient as somebody gives it: which array is what, and in which layout."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained.costs import Cost
from backprop_explained.network import Gradients, Network
from backprop_explained.notation import Array, as_array

Layout = Literal["in_out", "out_in"]


class Problem(NamedTuple):
    """What a gradient was taken of; a mistake is made from the same values.

    Examples
    --------
    >>> from backprop_explained import MISTAKES, squared_error
    >>> network, x, y = Network([[[0.5], [-1.0]]]), np.ones((1, 2)), np.ones((1, 1))
    >>> problem = Problem(network, x, y, squared_error, step_size=0.1)
    >>> MISTAKES["slope missing"].gradients(*problem).weights[0].round(4).tolist()
    [[-0.6225], [-0.6225]]
    """

    network: Network
    x: Array  # of shape (m, n_0)
    y: Array  # of shape (m, n_L)
    cost: Cost
    step_size: float | None  # of the update, if it is known


def names_of(network: Network, count: int) -> tuple[str, ...]:
    """What each array is: `"W1"` is the weights of the first layer."""
    layers = range(1, len(network.weights) + 1)
    return tuple([f"{kind}{layer}" for kind in "Wb" for layer in layers][:count])


def read(
    network: Network, gradients: Gradients | Sequence[ArrayLike], layout: Layout, m: int
) -> tuple[list[Array], bool]:
    """The arrays in the network's layout, and whether they came transposed."""
    arrays, depth = _listed(network, gradients), len(network.weights)
    weights, transposed = _read_weights(network, arrays[:depth], layout)
    names = names_of(network, len(arrays))[depth:]
    biases = [
        _read_bias(array, b, m, name)
        for array, b, name in zip(arrays[depth:], network.biases, names, strict=False)
    ]
    return [*weights, *biases], transposed


def _listed(
    network: Network, gradients: Gradients | Sequence[ArrayLike]
) -> list[Array]:
    listed = gradients.parameters if isinstance(gradients, Gradients) else gradients
    if isinstance(listed, np.ndarray) or not isinstance(listed, Sequence):
        raise TypeError(
            "gradients must be a Gradients or a list of arrays, not "
            f"{type(listed).__name__}; give weights, then biases"
        )
    counts = sorted({len(network.weights), len(network.parameters)})
    if len(listed) not in counts:
        raise ValueError(
            f"gradients must hold {' or '.join(map(str, counts))} arrays, but hold "
            f"{len(listed)}; give the weights' of every layer, then the biases'"
        )
    names = names_of(network, len(listed))
    return [
        as_array(array, f"the gradient of {name}")
        for array, name in zip(listed, names, strict=True)
    ]


def _read_weights(
    network: Network, arrays: list[Array], layout: Layout
) -> tuple[list[Array], bool]:
    flipped = [array.T for array in arrays]
    as_said, otherwise = (arrays, flipped) if layout == "in_out" else (flipped, arrays)
    expected = [W.shape for W in network.weights]
    for weights, transposed in [(as_said, False), (otherwise, True)]:
        if [array.shape for array in weights] == expected:
            return weights, transposed
    layer, found, shape = next(
        (layer, array.shape, W.shape)
        for layer, (array, W) in enumerate(zip(as_said, network.weights, strict=True))
        if array.shape != W.shape
    )
    raise ValueError(
        f"layer {layer + 1}: a gradient of shape {found} does not fit weights of "
        f"shape {shape}; give the weights' of every layer, then the biases'"
    )


def _read_bias(array: Array, b: Array, m: int, name: str) -> Array:
    """A bias gradient as `(n_out,)`; one for each example stays `(m, n_out)`."""
    n = b.size
    if array.size == n:
        return array.reshape(n)
    if array.size == 1:
        return np.full(n, array.item(), array.dtype)  # as an update would stretch it
    if array.shape == (m, n):
        return array
    if array.shape == (n, m):
        return array.T
    raise ValueError(
        f"the gradient of {name} has shape {array.shape}, but the biases have "
        f"{b.shape}; sum delta over the examples"
    )

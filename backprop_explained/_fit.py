"""What a network insists on: parameters and activations that fit together."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained.activations import Activation
from backprop_explained.notation import Array, as_array, finite_array


def read_only(arrays: Sequence[ArrayLike], name: str, axes: str) -> tuple[Array, ...]:
    """Checked, read-only copies, so that a network stays what was checked."""
    if not isinstance(arrays, Sequence | np.ndarray):
        raise TypeError(
            f"{name} must be a list with one array per layer, not {arrays!r}"
        )
    copies = []
    for layer, array in enumerate(arrays, 1):
        copy = finite_array(array, f"{name} of layer {layer}", axes).copy()
        copy.flags.writeable = False
        copies.append(copy)
    return tuple(copies)


def check_shapes(
    own: Sequence[Array], depth: int, given: Sequence[ArrayLike], name: str
) -> None:
    """Insist on the shapes of the parameters: NumPy would stretch a smaller array."""
    if len(given) != len(own):
        raise ValueError(
            f"{name} must hold {len(own)} arrays, weights then biases, but hold "
            f"{len(given)}; give one for each of network.parameters"
        )
    for i, (parameter, array) in enumerate(zip(own, given, strict=True)):
        shape = as_array(array, name).shape
        if shape != parameter.shape:
            kind = "weights" if i < depth else "biases"
            raise ValueError(
                f"layer {i % depth + 1}: {name} of shape {shape} do not fit "
                f"{kind} of shape {parameter.shape}; make the two equal"
            )


def check_fit(weights: tuple[Array, ...], biases: tuple[Array, ...]) -> None:
    """Insist that each layer takes what the one before it gives."""
    if not weights:
        raise ValueError(
            "weights must hold one array per layer, but is empty; give one"
        )
    if biases and len(biases) != len(weights):
        raise ValueError(
            f"biases must hold one array per layer, {len(weights)} in all, but holds "
            f"{len(biases)}; leave biases out for a network without any"
        )
    for layer, (before, W) in enumerate(pairwise(weights), 2):
        if before.shape[1] != W.shape[0]:
            raise ValueError(
                f"layer {layer}: weights of shape {W.shape} take {W.shape[0]} inputs, "
                f"but layer {layer - 1}, of shape {before.shape}, gives "
                f"{before.shape[1]}; make the two numbers equal"
            )
    for layer, (W, b) in enumerate(zip(weights, biases, strict=False), 1):
        if b.shape != W.shape[1:]:
            raise ValueError(
                f"layer {layer}: biases of shape {b.shape} do not fit weights of "
                f"shape {W.shape}; give one bias per output: shape {W.shape[1:]}"
            )


def one_per_layer(given: Any, depth: int) -> tuple[Activation, ...]:
    if isinstance(given, Activation):  # itself a tuple, so this comes first
        return (given,) * depth
    rows = tuple(given) if isinstance(given, Sequence) else (given,)
    for row in rows:
        if not isinstance(row, Activation):
            raise TypeError(
                f"activations must be Activation rows such as SIGMOID, not {row!r}; "
                "make_activation makes one from a function and its derivative"
            )
    if len(rows) != depth:
        raise ValueError(
            f"activations must hold one row per layer, {depth} in all, but holds "
            f"{len(rows)}; or give a single one for all layers"
        )
    return rows

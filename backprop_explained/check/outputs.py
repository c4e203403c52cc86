"""Is it the same network?  Somebody's forward pass beside that of ours."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from backprop_explained.activations import Activation
from backprop_explained.backprop import forward_unchecked
from backprop_explained.catalogue import ACTIVATIONS
from backprop_explained.network import Network
from backprop_explained.notation import Array, as_array

CLOSE = 1e-6
"""How far outputs may lie apart, relative to the largest; more in float32."""


def read_outputs(outputs: Any, depth: int, *, columns: bool) -> list[Array]:
    """Those of each layer, or of the last one alone, with examples as rows."""
    listed = isinstance(outputs, list | tuple) and np.ndim(outputs[0]) > 1
    given = list(outputs) if listed else [outputs]
    if len(given) not in (1, depth):
        raise ValueError(
            f"outputs must hold the output of the last layer, or of each of the "
            f"{depth} layers, but hold {len(given)} arrays; leave out the input"
        )
    arrays = [as_array(array, "outputs") for array in given]
    return [array.T if columns else array for array in arrays]


def apart(given: Array, expected: Array) -> float | None:
    """By how much they differ; None where they are the same except for rounding."""
    if given.shape != expected.shape:
        return float("inf")
    gap = float(np.abs(given - expected).max())
    close = 1e-4 if given.dtype.itemsize < 8 else CLOSE
    return gap if not gap <= close * max(1e-3, np.abs(expected).max()) else None


def fitted(network: Network, x: Array, given: list[Array]) -> tuple[Network, list[str]]:
    """The network with the activations of that forward pass, and what was changed.

    Examples
    --------
    >>> from backprop_explained import SIGMOID
    >>> network, x = Network([[[0.5]], [[2.0]]]), np.array([[1.0], [2.0]])
    >>> found, notes = fitted(network, x, [np.tanh(x / 2), np.tanh(2 * np.tanh(x / 2))])
    >>> [row.name for row in found.activations], len(notes)
    (['tanh', 'tanh'], 2)
    """
    rows = list(network.activations)
    if len(given) < len(rows):
        return _with_last(network, x, given[-1])
    notes, a = [], x
    biases = network.biases or (np.zeros(1),) * len(rows)
    layers = zip(network.weights, biases, given, strict=True)
    for layer, (W, b, theirs) in enumerate(layers):
        z = a @ W + b
        own = rows[layer].function(z)
        if apart(theirs, own) is not None:
            found = _row_for(z, theirs)
            if found is None:
                raise ValueError(_different(layer + 1, theirs, own))
            notes.append(_note(f"output of layer {layer + 1}", [found]))
            rows[layer] = found
        a = theirs.astype(np.float64)
    return replace(network, activations=tuple(rows)), notes


def _with_last(network: Network, x: Array, theirs: Array) -> tuple[Network, list[str]]:
    """Of the last output alone: other activations, in hidden layers all alike."""
    own = forward_unchecked(network, x).output
    if apart(theirs, own) is None:
        return network, []
    hidden = len(network.weights) - 1
    kept = network.activations[:hidden]
    ways = [kept, *((row,) * hidden for row in ACTIVATIONS.values() if hidden)]
    for way in ways:
        changed = replace(network, activations=(*way, network.activations[-1]))
        with np.errstate(all="ignore"):
            z = forward_unchecked(changed, x).zs[-1]
            found = _row_for(z, theirs)
        if found is not None:
            rows = [*way, found]
            return replace(network, activations=tuple(rows)), [_note("output", rows)]
    raise ValueError(_different(len(network.weights), theirs, own))


def _row_for(z: Array, theirs: Array) -> Activation | None:
    with np.errstate(all="ignore"):
        for row in ACTIVATIONS.values():
            made = row.function(z)
            if np.isfinite(made).all() and apart(theirs, made) is None:
                return row
    return None


def _note(what: str, rows: Sequence[Activation]) -> str:
    names = ", ".join(row.name for row in rows)
    many = len(rows) > 1
    return (
        f"your {what} differs from this network's: the "
        f"activation{'s are' if many else ' is'} {names}, by your numbers, and "
        f"{'these were' if many else 'this was'} used"
    )


def _different(layer: int, theirs: Array, own: Array) -> str:
    if theirs.shape != own.shape:
        return (
            f"your output of layer {layer} has shape {theirs.shape}, but this "
            f"network's {own.shape}; with examples as columns, say examples='columns'"
        )
    return (
        f"your output of layer {layer} differs from this network's by up to "
        f"{apart(theirs, own):.2g}, and no activation of the catalogue makes it; give "
        "the list of your parameters in place of the network, and your own "
        "cost(parameters)"
    )

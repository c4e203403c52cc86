"""What the output layer passes back, with and without the slope of the sigmoid."""

from functools import cache

import numpy as np
from matplotlib.axes import Axes

from backprop_explained import (
    Gradients,
    Network,
    backward,
    cross_entropy,
    forward,
    sigmoid_cross_entropy_delta,
    squared_error,
)
from backprop_explained.notation import Array
from sitebuild.figures.svg import FAINT, RIGHT, as_svg, drawn, note, signed

_NEURON = Network([[[1.0]]], [[0.0]])


def _deltas(z: Array) -> tuple[Array, Array]:
    """Delta of a sigmoid unit that should say 0: squared error, cross-entropy."""
    traces = [forward(_NEURON, [[value]]) for value in z]
    squared = [backward(_NEURON, trace, [[0]], squared_error) for trace in traces]
    how = {"output_delta": sigmoid_cross_entropy_delta}
    entropy = [backward(_NEURON, t, [[0]], cross_entropy, **how) for t in traces]
    return _bias_of(squared), _bias_of(entropy)


def _bias_of(found: list[Gradients]) -> Array:
    return np.array([gradients.biases[0].item() for gradients in found])


def _mark(axes: Axes, z: float, height: float, colour: str) -> None:
    axes.plot(z, height, "o", ms=7, color=colour, zorder=5)
    note(axes, f"{height:.4f}", (z, height), (0, 8), color=colour, ha="center")


@cache
def two_deltas(z: float = 6.0) -> str:
    """Delta over z for a target of 0, with squared error and with cross-entropy."""
    zs = np.linspace(-6, 8, 141)
    squared, entropy = _deltas(zs)
    at_squared, at_entropy = (d.item() for d in _deltas(np.array([z])))
    with drawn(2.75) as (drawing, axes):
        axes.plot(zs, entropy, color=RIGHT)
        axes.plot(zs, squared, color=FAINT, ls=(0, (6, 2)))
        _mark(axes, z, at_entropy, RIGHT)
        _mark(axes, z, at_squared, FAINT)
        axes.text(-5.9, 0.6, "cross-entropy:\na − y", color=RIGHT)
        axes.text(2.3, 0.33, "squared error:\n(a − y) a(1 − a)", color=FAINT)
        axes.set(xlabel="z, where the target is 0", ylabel="delta")
        axes.set(ylim=(-0.03, 1.2), yticks=[0, 0.5, 1])
    return as_svg(
        drawing,
        "two-deltas",
        f"Far from the target, squared error says little. At z = {z:g} the output "
        f"should be 0 and is nearly 1; the slope of the sigmoid shrinks delta to "
        f"{at_squared:.4f}, while with cross-entropy it is {at_entropy:.4f}.",
        f"Delta over z from {signed(zs[0], 0)} to {signed(zs[-1], 0)} for a target of "
        "0. With cross-entropy it rises from 0 to 1 like the sigmoid itself. With "
        "squared error it is a low hump that is highest near z = "
        f"{zs[squared.argmax()]:.1f} and falls back to 0; at z = {z:g} it is "
        f"{at_squared:.4f}.",
    )

"""What the passes and the training insist on, apart from the lesson.

A check returns what it has read, or raises with the reason and the way out.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained.costs import Cost
from backprop_explained.network import Network, Trace
from backprop_explained.notation import Array, finite_array


def as_input(network: Network, x: ArrayLike) -> Array:
    """Read `x` as a batch that the network can take, of shape (m, n_0)."""
    if not isinstance(network, Network):
        raise TypeError(f"network must be a Network, not {network!r}; build one first")
    x = finite_array(x, "x", "(m, n)")
    first = network.weights[0]
    if x.shape[1] != first.shape[0]:
        raise ValueError(
            f"x of shape {x.shape} has {x.shape[1]} numbers per example, but layer 1, "
            f"of shape {first.shape}, takes {first.shape[0]}; examples are rows"
        )
    return x


def check_cost(cost: Any, output_delta: Any) -> None:
    """Insist on a `Cost`, and on a function where there is an `output_delta`."""
    if not isinstance(cost, Cost):
        raise TypeError(f"cost must be a Cost such as squared_error, not {cost!r}")
    if not (output_delta is None or callable(output_delta)):
        raise TypeError(
            f"output_delta must be a function of a and y, not {output_delta!r}; "
            "leave it out where cost.slope will do"
        )


def check_trace(network: Network, trace: Trace) -> None:
    """Insist that the trace has the shapes that this network makes."""
    if not (isinstance(trace, Trace) and trace.activations):
        raise TypeError(f"trace must be what forward returned, not {trace!r}")
    x = as_input(network, trace.activations[0])
    expected = [(len(x), W.shape[1]) for W in network.weights]
    for name, given in [("zs", trace.zs), ("activations", trace.activations[1:])]:
        found = [np.shape(array) for array in given]
        if found != expected:
            raise ValueError(
                f"trace.{name} has shapes {found}, but this network makes {expected}; "
                "run forward on this network first"
            )

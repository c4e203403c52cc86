"""The 2-2-1 network of the chain rule's page, and the factors of its first weight."""

from backprop_explained import (
    SIGMOID,
    Network,
    forward,
    numerical_gradient,
    predict,
    squared_error,
)
from backprop_explained.notation import Array

NETWORK = Network(
    weights=[[[0.5, -1.0], [-0.25, 0.5]], [[1.5], [-1.0]]],
    biases=[[0.25, 0.5], [-0.5]],
)
X, Y = [[2.0, 1.0]], [[1.0]]
INPUTS = [(34.0, 52.0), (34.0, 152.0)]
HIDDEN = [(168.0, 52.0), (168.0, 152.0)]
OUTPUT = (298.0, 102.0)
NUMBERS = {  # what can be moved: what the list calls it, and where it is
    "w-0-0-0": ("weight x₁ → h₁", INPUTS[0], HIDDEN[0], 0.5),
    "w-0-0-1": ("weight x₁ → h₂", INPUTS[0], HIDDEN[1], 0.3),
    "w-0-1-0": ("weight x₂ → h₁", INPUTS[1], HIDDEN[0], 0.3),
    "w-0-1-1": ("weight x₂ → h₂", INPUTS[1], HIDDEN[1], 0.5),
    "w-1-0-0": ("weight h₁ → o", HIDDEN[0], OUTPUT, 0.5),
    "w-1-1-0": ("weight h₂ → o", HIDDEN[1], OUTPUT, 0.5),
    "x-0": ("input x₁", INPUTS[0], INPUTS[0], 0),
    "x-1": ("input x₂", INPUTS[1], INPUTS[1], 0),
}
CHOSEN = "w-0-0-0"


def factors() -> list[float]:
    """The five factors of the weight that is chosen at first."""
    trace = forward(NETWORK, X)
    z1, z2 = trace.zs[0][0, 0], trace.zs[1][0, 0]
    first = float(SIGMOID.slope(z1, trace.activations[1][0, 0]))
    last = float(SIGMOID.slope(z2, trace.output[0, 0]))
    way = float(NETWORK.weights[1][0, 0])
    return [X[0][0], first, way, last, float(trace.output[0, 0] - Y[0][0])]


def measured() -> float:
    """The slope of the cost in that weight, by a central difference."""

    def cost(w: Array) -> float:
        first = NETWORK.weights[0].copy()
        first[0, 0] = float(w)
        moved = NETWORK.with_parameters([first, *NETWORK.parameters[1:]])
        return squared_error(predict(moved, X), Y)

    return float(numerical_gradient(cost, NETWORK.weights[0][0, 0]))

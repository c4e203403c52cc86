"""How small an error of a gradient a check still sees in float32."""

import numpy as np

from backprop_explained import (
    SIGMOID,
    check_gradients,
    predict,
    random_network,
    squared_error,
)
from backprop_explained.notation import Array
from sitebuild.evidence.digits import right

_ERRORS = 10.0 ** np.arange(-4, 0, 0.5)


def smallest_seen(seed: int) -> float:
    """The least error of a whole array that is called wrong, on one 3-4-1 network."""
    rng = np.random.default_rng(seed)
    drawn = random_network([3, 4, 1], SIGMOID, rng)
    network = drawn.with_parameters([p.astype(np.float32) for p in drawn.parameters])
    x, y = np.float32(rng.normal(size=(5, 3))), np.float32(rng.random((5, 1)))
    first, *others = right(network, x, y, squared_error).parameters

    def cost(parameters: list[Array]) -> np.float32:
        output = predict(network.with_parameters(parameters), x)
        return np.float32(squared_error(output, y))

    def passes(error: float) -> bool:
        slopes = [first * np.float32(1 + error), *others]
        return bool(check_gradients(cost, network.parameters, slopes).passed)

    return float(next(error for error in _ERRORS if not passes(error)))

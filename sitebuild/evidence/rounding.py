"""Which results of a training hang on the last bit, and so on the processor.

NumPy and OpenBLAS add up in another order, and round `exp` otherwise, from one
processor to the next.  Most trainings forget that, some magnify it step by step.  Which
do, a nudge of the start tells: what it moves, another processor may move.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from backprop_explained import Network

NUDGE = 1e-11
"""Far above what the roundings of these trainings, 1e-16 a time, add up to."""


def nudge(network: Network, seed: int, by: float | None = None) -> Network:
    """Move each parameter up or down at random, to the next float or by an amount."""
    rng = np.random.default_rng(seed)
    ways = [rng.choice([-1.0, 1.0], p.shape) for p in network.parameters]
    return network.with_parameters(
        [
            np.nextafter(p, way * np.inf) if by is None else p + by * way
            for p, way in zip(network.parameters, ways, strict=True)
        ]
    )


def steady(one: Sequence[Any], other: Sequence[Any]) -> int:
    """How many of the first results are those of the other run too.

    Examples
    --------
    >>> steady([40, 169, 195], [40, 183, 195])
    1
    """
    same = [u == v for u, v in zip(one, other, strict=False)]
    return [*same, False].index(False)

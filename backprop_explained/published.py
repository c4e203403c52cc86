r"""Runs that others published: their data, their start, and what they printed.

Numbers are kept as the strings that were printed, so that every digit can be compared
with what [forward][backprop_explained.forward] and
[backward][backprop_explained.backward] compute.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from backprop_explained.costs import Cost, squared_error, sum_of_squares
from backprop_explained.network import Network
from backprop_explained.notation import Array


class PublishedRun(NamedTuple):
    """A training that somebody published, with all that is needed to repeat it.

    Attributes
    ----------
    source : str
        Author, title, year.
    address : str
        Where the numbers were printed.
    x, y : ndarray of shape (m, n_0) and (m, n_L)
        Inputs and targets, one row per example.
    start : Network or None
        The network before its first step; None where it was random without a seed.
    cost : Cost
        The cost whose gradient the published code follows.
    step_size : float
        1 where the published code has none.
    printed : mapping of str to str
        Each number as it was printed, by the name that its author gave it.

    Examples
    --------
    >>> from backprop_explained import predict
    >>> MAZUR.printed["out o1"]
    '0.75136507'
    >>> predict(MAZUR.start, MAZUR.x)[0, 0].round(9)
    np.float64(0.75136507)
    """

    source: str
    address: str
    x: Array
    y: Array
    start: Network | None
    cost: Cost
    step_size: float
    printed: Mapping[str, str]


def uniform_weights(
    rng: np.random.RandomState, shapes: Sequence[tuple[int, int]], low: float = 0.0
) -> list[Array]:
    """Weights drawn from `low` up to 1 by NumPy's legacy generator, layer by layer.

    Parameters
    ----------
    rng : RandomState
        The generator; its numbers for a seed are the same in every version of NumPy.
    shapes : sequence of tuple of ints
        `(n_in, n_out)` of each layer, in the order in which they are drawn.
    low : float
        -1 in Trask's post, 0 in Loy's.

    Returns
    -------
    list of ndarray of shape (n_in, n_out)
        One entry per layer.

    Examples
    --------
    >>> rng = np.random.RandomState(1)
    >>> uniform_weights(rng, [(3, 1)], low=-1)[0].ravel()
    array([-0.16595599,  0.44064899, -0.99977125])
    """
    return [low + (1 - low) * rng.random_sample(shape) for shape in shapes]


MAZUR = PublishedRun(
    source="Matt Mazur, A Step by Step Backpropagation Example, 2015",
    address="https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/",
    x=np.array([[0.05, 0.10]]),
    y=np.array([[0.01, 0.99]]),
    start=Network(  # columns are neurons: w1 and w2 lead to h1
        weights=[[[0.15, 0.25], [0.20, 0.30]], [[0.40, 0.50], [0.45, 0.55]]],
        biases=[[0.35, 0.35], [0.60, 0.60]],
    ),
    cost=squared_error,
    step_size=0.5,
    printed={
        "net h1": "0.3775",
        "out h1": "0.593269992",
        "out h2": "0.596884378",
        "net o1": "1.105905967",
        "out o1": "0.75136507",
        "out o2": "0.772928465",
        "E o1": "0.274811083",
        "E o2": "0.023560026",
        "E total": "0.298371109",
        "∂E/∂out o1": "0.74136507",
        "∂out o1/∂net o1": "0.186815602",
        "δ o1": "0.138498562",
        "∂E/∂w5": "0.082167041",
        "∂E o1/∂out h1": "0.055399425",
        "∂E o2/∂out h1": "-0.019049119",
        "∂E/∂out h1": "0.036350306",
        "∂out h1/∂net h1": "0.241300709",
        "∂E/∂w1": "0.000438568",
        "new w1": "0.149780716",
        "new w2": "0.19956143",
        "new w3": "0.24975114",
        "new w4": "0.29950229",
        "new w5": "0.35891648",
        "new w6": "0.408666186",
        "new w7": "0.511301270",
        "new w8": "0.561370121",
        "E after 1 update": "0.291027924",
        "E after 10,000 updates": "0.0000351085",
        "out o1 after 10,000 updates": "0.015912196",
        "out o2 after 10,000 updates": "0.984065734",
    },
)
"""His 2-2-2 network; the biases are given, and never updated."""

_FOUR = np.array([[0.0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
_XOR = np.array([[0.0], [1], [1], [0]])
_TRASK = "https://iamtrask.github.io/2015/07/12/basic-python-network/"

TRASK_TWO_LAYERS = PublishedRun(
    source="Andrew Trask, A Neural Network in 11 lines of Python (Part 1), 2015",
    address=_TRASK,
    x=_FOUR,
    y=np.array([[0.0], [0], [1], [1]]),
    start=Network(uniform_weights(np.random.RandomState(1), [(3, 1)], low=-1)),
    cost=squared_error,
    step_size=1.0,
    printed={
        "output 1": "0.00966449",
        "output 2": "0.00786506",
        "output 3": "0.99358898",
        "output 4": "0.99211957",
    },
)
"""Inputs and outputs are his two layers; the output is that before step 10,000."""

TRASK_THREE_LAYERS = TRASK_TWO_LAYERS._replace(
    y=_XOR,
    start=Network(uniform_weights(np.random.RandomState(1), [(3, 4), (4, 1)], low=-1)),
    printed={
        "0": "0.496410031903",
        "10000": "0.00858452565325",
        "20000": "0.00578945986251",
        "30000": "0.00462917677677",
        "40000": "0.00395876528027",
        "50000": "0.00351012256786",
    },
)
"""One hidden layer; printed is the mean size of the errors after so many steps."""

LOY = PublishedRun(
    source="James Loy, How to build your own Neural Network from scratch in Python, "
    "2018",
    address="https://towardsdatascience.com/how-to-build-your-own-neural-network-from"
    "-scratch-in-python-68998a08e4f6",
    x=_FOUR,
    y=_XOR,
    start=None,  # weights from 0 to 1, shapes (3, 4) and (4, 1), no seed
    cost=sum_of_squares,
    step_size=1.0,
    printed={
        "output 1": "0.023",
        "output 2": "0.979",
        "output 3": "0.975",
        "output 4": "0.025",
    },
)
"""The outputs after 1,500 steps from a start that nobody knows."""

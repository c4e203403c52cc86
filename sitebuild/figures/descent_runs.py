"""The runs of the moving descent: the post's network under each of the readings."""

from functools import cache
from typing import NamedTuple

from backprop_explained import NonFiniteCostError, forward, sum_of_squares, train
from backprop_explained.notation import Array
from sitebuild.evidence.experiments import EARLY, STEP_SIZE, X, Y, start

SEED = 0
STEPS = sorted({round(1.06**k) for k in range(126)} | {0, EARLY})
"""Where the curves have points: all steps at first, then 6 % apart."""
STEPS = [step for step in STEPS if step <= EARLY]


class Course(NamedTuple):
    """The cost and the outputs after 0, 1, ... steps, as long as they are finite."""

    costs: Array
    outputs: list[Array]


@cache
def course(reading: str) -> Course:
    """The course of a reading from the seed's start."""
    network = start(reading, "both layers", SEED)
    try:
        costs = train(network, X, Y, sum_of_squares, EARLY, STEP_SIZE).costs
    except NonFiniteCostError as error:
        costs = error.costs
    last = len(costs) - 1
    outputs = []
    for begin, end in zip([0, *STEPS], STEPS, strict=False):
        if end <= last:
            network = train(network, X, Y, sum_of_squares, end - begin, STEP_SIZE)[0]
            outputs.append(forward(network, X).output.ravel())
    return Course(costs, outputs)

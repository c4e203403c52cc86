"""Every known mistake in 300 random networks: what the diagnosis calls it.

`python -m sitebuild.evidence.diagnosis` renews the record, in a few minutes.  It has
one letter per network, for its right gradient and for each mistake:

- `r`: right, and called right; `w`: called wrong
- `-`: the mistake cannot be made here, or it overflows
- `=`: it makes the right gradient, and is called right
- `a`: wrong, and named alone; `n`: among others whose gradients are the same
- `x`: wrong, and not named; `?`: named beside one that makes another gradient
- `!`: wrong, and called right
"""

import math
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from backprop_explained import (
    MISTAKES,
    SIGMOID,
    TANH,
    Cost,
    Diagnosis,
    Gradients,
    Network,
    diagnose_gradients,
    squared_error,
    sum_of_squares,
)
from backprop_explained.notation import Array
from sitebuild.evidence import record
from sitebuild.evidence.digits import is_finite, right
from sitebuild.evidence.drawn_from import DRAWN_ACTIVATIONS

RECORD = "diagnosis"
COUNT = 300

SMOOTH = [
    row
    for row in DRAWN_ACTIVATIONS
    if not row.kinks and row.domain == (-math.inf, math.inf)
]

STEP_SIZE = 0.5


class Case(NamedTuple):
    """What a mistake is made from."""

    network: Network
    x: Array
    y: Array
    cost: Cost
    step_size: float


@cache
def case(seed: int) -> Case:
    """A random network: 1-4 layers, widths 1-6, a batch of 1-8; half are square."""
    rng = np.random.default_rng([5, seed])
    depth = int(rng.integers(1, 5))
    widths = rng.integers(1, 7, depth + 1)
    if rng.random() < 0.5:
        widths[1:] = widths[0]
    rows = [SMOOTH[i] for i in rng.integers(0, len(SMOOTH), depth)]
    if seed % 3 == 0:  # else the slips between sigmoid and tanh are rare
        rows = [(SIGMOID, TANH)[seed % 2]] * depth
    weights = [rng.normal(size=shape) / shape[0] ** 0.5 for shape in pairwise(widths)]
    biases = [rng.normal(size=n) / 2 for n in widths[1:]]
    network = Network(weights, biases if rng.random() < 0.8 else None, rows)
    m = int(rng.integers(1, 9))
    x, y = rng.normal(size=(m, widths[0])), rng.uniform(0.05, 0.95, (m, widths[-1]))
    cost = (squared_error, sum_of_squares)[int(rng.integers(2))]
    return Case(network, x, y, cost, STEP_SIZE)


def right_gradient(c: Case) -> Gradients:
    return right(c.network, c.x, c.y, c.cost)


def diagnose(c: Case, gradients: Any, **options: Any) -> Diagnosis:
    """All that the case knows, handed over."""
    return diagnose_gradients(
        c.network, c.x, c.y, gradients, c.cost, step_size=c.step_size, **options
    )


def make(name: str, c: Case) -> Gradients | None:
    """The gradient that a mistake makes, where it can be made."""
    with np.errstate(all="ignore"):
        return MISTAKES[name].gradients(*c)


def close(
    given: Gradients, expected: Gradients, factor: float = 1.0, rtol: float = 1e-6
) -> bool:
    """An equality of our own: each array as a whole, with its largest entry for 1."""
    return all(
        u.shape == v.shape
        and np.abs(u - factor * v).max() <= rtol * np.abs(factor * v).max()
        for u, v in zip(given.parameters, expected.parameters, strict=True)
    )


def letter(seed: int, mistake: str) -> str:
    """What became of one mistake in one network; of none, of its right gradient."""
    c = case(seed)
    true = right_gradient(c)
    if not mistake:
        diagnosis = diagnose(c, true)
        return "r" if diagnosis and not (diagnosis.matches or diagnosis.wrong) else "w"
    made = make(mistake, c)
    if made is None or not is_finite(made):
        return "-"
    diagnosis = diagnose(c, made)
    if diagnosis.correct:
        return "=" if close(made, true) else "!"
    if mistake not in diagnosis.mistakes:
        return "x"
    if diagnosis.mistakes == (mistake,):
        return "a" if diagnosis.matches[0].factor == 1 else "?"
    return "n" if all(_makes(m, c, made) for m in diagnosis.matches) else "?"


def _makes(match: Any, c: Case, given: Gradients) -> bool:
    theirs = make(match.mistake.name, c)
    # the shapes of a transposed one are another's: seen in a test of its own
    alike = match.mistake.name == "transposed" or (theirs and close(given, theirs))
    return bool(alike) and match.factor == 1


def letters(mistake: str, seeds: range = range(COUNT)) -> str:
    return "".join(letter(seed, mistake) for seed in seeds)


def recorded() -> dict[str, str]:
    return dict(record.read(RECORD))


if __name__ == "__main__":
    record.write(RECORD, [(name, letters(name)) for name in ("", *MISTAKES)])

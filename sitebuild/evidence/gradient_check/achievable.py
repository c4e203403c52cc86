"""How small a bound could be, for one that knows the cost without its rounding.

The check has to find out how noisy the cost is, and where it bends.  Here both are
known: beside the cost stands the same in extended precision.  So of all fits, of all
lengths of the step and with as many terms, the best can be taken in hindsight, with the
most steps that the check takes and at the same safety.  Where even that one leaves more
than the aim of an array, as many calls of the cost do not carry it.

`python -m sitebuild.evidence.gradient_check.achievable` renews the record, in minutes;
it asks of the networks whose bound, or one array of it, is above the aim.
"""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from math import inf, sqrt
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from backprop_explained.check.arrays import FEW
from backprop_explained.check.asking import DIRECTIONS, ODDS, SHOWN
from backprop_explained.check.directions import scale_of
from backprop_explained.check.fitted import MANY, SAFETY, TERMS
from backprop_explained.check.gradient import RIGHT
from backprop_explained.check.slope import LONGEST
from backprop_explained.check.verdict import COARSE, ArrayCheck
from backprop_explained.notation import Array
from sitebuild.evidence import record
from sitebuild.evidence.gradient_check import trials
from sitebuild.evidence.gradient_check.cases import Case
from sitebuild.evidence.gradient_check.corpus import case

RECORD = "gradient_check_achievable"
AIMS = {"float32": COARSE, "smooth": RIGHT}
"""The groups of networks for which a bound is aimed at, and which."""

LEVELS = {np.float32: range(-14, LONGEST + 1), np.float64: range(-20, LONGEST + 1)}
"""The longest steps of the fits that are tried, as powers of 2: shorter ones drown in
the rounding of the cost.  Every other step of each is one of the fit half as long."""

_STEPS = np.arange(1, MANY + 1) / MANY
_SLOPES = [
    np.linalg.pinv(_STEPS[:, np.newaxis] ** np.arange(1, 2 * k, 2)) for k in TERMS
]


class Best(NamedTuple):
    """A network of which an array's bound is above the aim.

    `stated` is the worst bound that the check states, infinite where an array is too
    small to measure; `best` the worst that one who knows would state for these arrays.
    """

    number: int
    group: str
    arrays: int
    stated: float
    best: float

    @property
    def carried(self) -> bool:
        return self.best <= AIMS[self.group]


def exact_cost(drawn: Case, parameters: list[Array]) -> np.longdouble:
    """The cost at the numbers as they are, without noise, in extended precision."""
    wide = np.longdouble
    arrays = [
        np.asarray(array, drawn.dtype).astype(wide) * unit
        for array, unit in zip(parameters, drawn.units, strict=True)
    ]
    depth = len(drawn.network.weights)
    a = drawn.x.astype(wide)
    rows = drawn.network.activations
    for W, b, row in zip(arrays[:depth], arrays[depth:], rows, strict=True):
        a = row.function(a @ W + b)
    return wide(drawn.measure.value(a, drawn.y.astype(wide)) / drawn.divisor)


def tolerance(drawn: Case, i: int, direction: Array) -> float:
    """What the slope along a direction may be off by, at the best fit of all.

    A fit errs by as much as any shorter one does: that it errs by less is luck.
    """
    points, gradient = drawn.parameters, drawn.gradients()[i].astype(np.longdouble)
    ways: list[float] = []
    worst = dict.fromkeys(TERMS, 0.0)

    @cache
    def odd(step: float) -> tuple[float, float]:
        x, by = points[i], step * direction
        sides = (x + by).astype(x.dtype), (x - by).astype(x.dtype)
        return _odd(drawn, points, i, gradient, sides)

    with np.errstate(all="ignore"):
        for t in (2.0**level for level in LEVELS[drawn.dtype]):
            bent, seen = np.array([odd(float(t * u)) for u in _STEPS]).T
            noise = sqrt(float(np.mean((seen - bent) ** 2)))
            for k, inverse in zip(TERMS, _SLOPES, strict=True):
                worst[k] = max(worst[k], abs(float(inverse[0] @ bent)) / t)
                spread = SAFETY[MANY] * noise * float(np.linalg.norm(inverse[0]))
                ways.append(worst[k] + spread / t)
    return min((way for way in ways if np.isfinite(way)), default=inf)


def _odd(
    drawn: Case, points: list[Array], i: int, gradient: Array, pair: tuple[Array, Array]
) -> tuple[float, float]:
    """Half the change of the cost that the gradient leaves: exactly, and as seen."""
    ends = [[*points[:i], side, *points[i + 1 :]] for side in pair]
    wide = [side.astype(np.longdouble) for side in pair]
    foretold = np.vdot(gradient, wide[0] - wide[1])
    exact = exact_cost(drawn, ends[0]) - exact_cost(drawn, ends[1])
    seen = np.longdouble(drawn.cost(ends[0])) - np.longdouble(drawn.cost(ends[1]))
    return float((exact - foretold) / 2), float((seen - foretold) / 2)


def bound(drawn: Case, i: int) -> float:
    """The bound for an array, over its entries or over all the directions allowed."""
    x, gradient = drawn.parameters[i], drawn.gradients()[i]
    scale, coarsest = scale_of(x), float(np.finfo(drawn.dtype).eps)
    size = scale * float(np.linalg.norm(gradient.astype(float)))
    if not size:
        return 0.0
    slack = max(RIGHT / 20, sqrt(coarsest)) * size
    if x.size <= FEW:
        units = np.eye(x.size).reshape(x.size, *x.shape)
        found = [tolerance(drawn, i, scale * unit) + slack for unit in units]
        return float(np.linalg.norm(found)) / size
    rng = np.random.default_rng([0, i])
    ways = [scale * rng.standard_normal(x.shape) for _ in range(DIRECTIONS[0])]
    typical = float(np.median([tolerance(drawn, i, way) for way in ways])) + slack
    return SHOWN * typical / _quantile(DIRECTIONS[-1]) / size


def _quantile(count: int) -> float:
    """So many normal numbers are all below this once in `ODDS` times."""
    return NormalDist().inv_cdf((1 + ODDS ** (-1 / count)) / 2)


def is_coarse(array: ArrayCheck, aim: float) -> bool:
    """Whether an array has a bound above the aim, or none."""
    return array.is_small or (array.verdict == "right" and array.bound > aim)


def on(number: int) -> Best | None:
    """What could be stated of a network; `None` where the check states the aim."""
    drawn = case(number)
    aim = AIMS.get(drawn.group)
    if aim is None:
        return None
    check = trials.judge(drawn, drawn.gradients())
    coarse = [i for i, array in enumerate(check.arrays) if is_coarse(array, aim)]
    if not coarse:
        return None
    stated = max(check.arrays[i].bound for i in coarse)
    best = max(bound(drawn, i) for i in coarse)
    return Best(number, drawn.group, len(coarse), stated, best)


def run(numbers: Iterable[int]) -> list[Best]:
    """All of these networks, on all cores."""
    with ProcessPoolExecutor() as pool:
        return [found for found in pool.map(on, numbers) if found]


@cache
def recorded() -> list[Best]:
    rows = record.read(RECORD)
    return [Best(*row[:3], *(float(value) for value in row[3:])) for row in rows]


if __name__ == "__main__":
    candidates = [
        number
        for number, row in enumerate(trials.recorded().right)
        if row.group in AIMS and (row.too_small or row.bound > AIMS[row.group])
    ]
    found = run(candidates)
    rows = [[*row[:3], *(f"{value:.2e}" for value in row[3:])] for row in found]
    record.write(RECORD, rows)

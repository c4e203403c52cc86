r"""The slope along a line from many steps: slower, but finer in noise.

The odd part of the cost, less what the gradient explains, is a polynomial and noise:

$$\frac{C(p + tv) - C(p - tv)}{2} - g \cdot v\,t
= e \cdot v\,t + c\,t^3 + d\,t^5 + \dots$$

It is fitted by least squares to `POINTS` steps up to $t$, or to `MANY`, for one, two
and three terms.  What the fit leaves over tells the noise at these very steps, or that
$t$ is too long; what one more term changes tells how far the formula errs.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from math import sqrt
from typing import NamedTuple

import numpy as np

from backprop_explained.check.slope import LONGEST, Line, Reading
from backprop_explained.notation import Array

POINTS = 12
"""Steps of a fit, to both sides; every other one is a step of a fit half as long."""

MANY = 4 * POINTS
"""Steps of a fit where a dozen leave the bound wide."""

TERMS = (1, 2, 3)
"""Terms of the polynomials that are tried."""

SAFETY = {POINTS: 5.0, MANY: 4.0}
"""Standard deviations that a slope may be off by: fewer where more steps tell them.

At least nine degrees of freedom tell the five, and 45 the four; normal noise exceeds
these once in 1,400 times, and once in 4,300.
"""

LEAST = 0.25
"""The noise that is assumed at least, as a part of the noise of the cost."""

SHORTER, LONGER = 2, 5
"""How many halvings and doublings of the step of the simple reading are tried."""

MUCH_SHORTER = 7
"""The halvings where it was too long."""

FIRM = 3.0
"""An error of so many tolerances is asked at lengths of the step that are a
factor of 4 apart, before it is believed."""


class _Fit(NamedTuple):
    """Polynomials at the steps of a fit of length 1, odd and even, and their inverses.

    The last of each kind has one term more than is tried.
    """

    steps: Array
    odd: Sequence[Array]
    even: Sequence[Array]
    slopes: Sequence[Array]
    jumps: Sequence[Array]


@cache
def _fit(points: int) -> _Fit:
    steps = np.arange(1, points + 1) / points
    odd = [steps[:, np.newaxis] ** np.arange(1, 2 * k, 2) for k in (*TERMS, 4)]
    even = [steps[:, np.newaxis] ** np.arange(k) for k in (3, 4)]
    slopes, jumps = ([np.linalg.pinv(basis) for basis in s] for s in (odd, even))
    return _Fit(steps, odd, even, slopes, jumps)


@np.errstate(all="ignore")  # a long step may overflow
def fitted(line: Line, reading: Reading, level: int, points: int = POINTS) -> Reading:
    """What the steps up to this power of 2 say; its tolerance is infinite for none."""
    fit, t = _fit(points), 2.0**level
    steps = t * fit.steps
    odd, even = (steps * part for part in np.array([*map(line.pair, steps.tolist())]).T)
    if not np.isfinite([odd, even]).all():
        return reading._replace(formula=np.inf, level=level)
    least = LEAST * line.noise
    slopes = [float(inverse[0] @ odd) / t for inverse in fit.slopes]
    found = []
    for k in range(len(TERMS)):
        left = odd - fit.odd[k] @ (fit.slopes[k] @ odd)
        noise = _spread(left, TERMS[k], least / sqrt(2))
        rounding = SAFETY[points] * noise * float(np.linalg.norm(fit.slopes[k][0])) / t
        found.append((abs(slopes[k + 1] - slopes[k]), rounding, slopes[k]))
    formula, rounding, residual = min(found, key=lambda one: one[0] + one[1])
    if t * abs(line.given + residual) < least < t * abs(line.given):
        formula = np.inf  # a stair of the cost, on which it does not change
    jumps = [float(inverse[1] @ even) / t for inverse in fit.jumps]
    left = even - fit.even[0] @ (fit.jumps[0] @ even)
    noise = _spread(left, 3, least * sqrt(2))
    unseen = SAFETY[points] * noise * float(np.linalg.norm(fit.jumps[0][1])) / t
    unseen += abs(jumps[1] - jumps[0])
    return Reading(
        line.given, residual, formula, rounding, jumps[0], unseen, level, is_fitted=True
    )


def _spread(left: Array, terms: int, least: float) -> float:
    return max(float(np.linalg.norm(left)) / sqrt(left.size - terms), least)


def refined(
    line: Line, reading: Reading, slack: float, near: int | None = None
) -> Reading:
    """The finest reading that a fit allows; the one given where no fit is finer.

    A fit has to agree with the shorter ones; where the reading given does not, a kink
    or a bend lies between, and the shorter ones are right.  An error that only a fit
    sees is believed if it is the same at other lengths, and too large for a kink;
    otherwise the finest reading that does not see it stands.
    """
    is_long = reading.formula > reading.rounding
    shortest = reading.level - (MUCH_SHORTER if is_long else SHORTER)
    every = range(shortest, min(reading.level + LONGER, LONGEST) + 1)
    levels = [k for k in every if near is None or abs(k - near) <= 1]
    best = _finer(*_agreeing(line, reading, levels))
    if not best.is_fitted:
        best = _finer(*_agreeing(line, reading, every))
    if not best.is_off(slack):
        return best
    return _believed(reading, _agreeing(line, reading, every), slack)


def thorough(line: Line, reading: Reading, slack: float) -> Reading:
    """The same, at every length, and with `MANY` steps near the best of them."""
    best = reading if reading.is_fitted else refined(line, reading, slack)
    every = range(best.level - MUCH_SHORTER, min(best.level + LONGER, LONGEST) + 1)
    best = _finer(*_agreeing(line, best, every))
    levels = range(best.level - 2, min(best.level, LONGEST) + 1)
    return _believed(reading, _agreeing(line, best, levels, MANY), slack)


def _believed(reading: Reading, found: list[Reading], slack: float) -> Reading:
    """The finest; one that sees an error only if that is firm."""
    best = _finer(*found)
    if not best.is_off(slack) or _is_firm(best, found):
        return best
    unseen = [one for one in found if not one.is_off(slack)]
    if unseen or reading.is_off(slack):
        return _finer(*(unseen or found))
    formula = reading.formula + best.tolerance + abs(best.residual)
    return reading._replace(formula=formula)


def _finer(*readings: Reading) -> Reading:
    return min(readings, key=lambda one: one.tolerance)


def _agreeing(
    line: Line, reading: Reading, levels: Iterable[int], points: int = POINTS
) -> list[Reading]:
    """The reading and fits, from short to long, up to one that disagrees or is worse.

    Where a shorter fit disagrees with the reading, it is the reading that goes.
    """
    found: list[Reading] = []
    finest, agrees = reading._replace(formula=np.inf), True
    for level in levels:
        one = fitted(line, reading, level, points)
        if level < reading.level:
            agrees = agrees and _agree(one, reading)
        elif agrees and not _agree(one, reading):
            break
        is_worse = one.tolerance > 4 * finest.tolerance and level > finest.level
        if is_worse or not _agree(one, finest):
            break
        finest = _finer(finest, one)
        found.append(one)
    return [reading, *found] if agrees else found


def _agree(one: Reading, other: Reading) -> bool:
    return abs(one.residual - other.residual) <= one.tolerance + other.tolerance


def _is_firm(best: Reading, found: list[Reading]) -> bool:
    """Whether an error is the same at several lengths, and none of a kink's."""
    precise = [r for r in found if FIRM * r.tolerance <= abs(best.residual)]
    levels = [r.level for r in precise]
    return (
        bool(levels)
        and max(levels) - min(levels) >= 2
        and all(_agree(r, best) for r in precise)
        and not any(r.is_kink for r in precise)
        and any(r.tells_kinks for r in precise)
    )

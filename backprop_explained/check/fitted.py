r"""The slope along a line from many steps: slower, but finer in noise.

The odd part of the cost, less what the gradient explains, is a polynomial and noise:

$$\frac{C(p + tv) - C(p - tv)}{2} - g \cdot v\,t
= e \cdot v\,t + c\,t^3 + d\,t^5 + \dots$$

It is fitted by least squares to `POINTS` steps up to $t$, for one, two and three terms.
What the fit leaves over tells the noise at these very steps, or that $t$ is too long;
what one more term changes tells how far the formula errs.
"""

from collections.abc import Iterable
from math import sqrt

import numpy as np

from backprop_explained.check.reading import Reading
from backprop_explained.check.slope import LONGEST, Line
from backprop_explained.notation import Array

POINTS = 12
"""Steps of a fit, to both sides; every other one is a step of a fit half as long."""

TERMS = (1, 2, 3)
"""Terms of the polynomials that are tried."""

SAFETY = 5.0
"""Standard deviations, as nine or more steps tell them, that a slope may be off by."""

LEAST = 0.25
"""The noise that is assumed at least, as a part of the noise of the cost."""

SHORTER, LONGER = 2, 5
"""How many halvings and doublings of the step of the simple reading are tried."""

MUCH_SHORTER = 7
"""The halvings where it was too long."""

FIRM = 3.0
"""An error of so many tolerances is asked at lengths of the step that are a
factor of 4 apart, before it is believed."""

_STEPS = np.arange(1, POINTS + 1) / POINTS
_ODD = [_STEPS[:, np.newaxis] ** np.arange(1, 2 * k, 2) for k in (*TERMS, 4)]
_EVEN = [_STEPS[:, np.newaxis] ** np.arange(k) for k in (3, 4)]
_SLOPES, _JUMPS = ([np.linalg.pinv(basis) for basis in s] for s in (_ODD, _EVEN))


@np.errstate(all="ignore")  # a long step may overflow
def fitted(line: Line, reading: Reading, level: int) -> Reading:
    """What the steps up to this power of 2 say; its tolerance is infinite for none."""
    t = 2.0**level
    odd, even = (t * _STEPS * part for part in np.array(line.pairs(t * _STEPS)).T)
    if not np.isfinite([odd, even]).all():
        return reading._replace(formula=np.inf)
    least = LEAST * line.noise
    slopes = [float(inverse[0] @ odd) / t for inverse in _SLOPES]
    found = []
    for k in range(len(TERMS)):
        left = odd - _ODD[k] @ (_SLOPES[k] @ odd)
        noise = _spread(left, TERMS[k], least / sqrt(2))
        rounding = SAFETY * noise * float(np.linalg.norm(_SLOPES[k][0])) / t
        found.append((abs(slopes[k + 1] - slopes[k]), rounding, slopes[k]))
    formula, rounding, residual = min(found, key=lambda one: one[0] + one[1])
    jumps = [float(inverse[1] @ even) / t for inverse in _JUMPS]
    left = even - _EVEN[0] @ (_JUMPS[0] @ even)
    noise = _spread(left, 3, least * sqrt(2))
    unseen = SAFETY * noise * float(np.linalg.norm(_JUMPS[0][1])) / t
    unseen += abs(jumps[1] - jumps[0])
    return Reading(
        line.given, residual, formula, rounding, jumps[0], unseen, level, is_fitted=True
    )


def _spread(left: Array, terms: int, least: float) -> float:
    return max(float(np.linalg.norm(left)) / sqrt(POINTS - terms), least)


def refined(
    line: Line, reading: Reading, slack: float, near: int | None = None
) -> Reading:
    """The finest reading that a fit allows; the one given where no fit is finer.

    A fit has to agree with the reading given, and with the shorter ones.  An error
    that only a fit sees is believed if it is the same at other lengths, and too large
    for a kink; otherwise the finest reading that does not see it stands.
    """
    is_long = reading.formula > reading.rounding
    shortest = reading.level - (MUCH_SHORTER if is_long else SHORTER)
    every = range(shortest, min(reading.level + LONGER, LONGEST) + 1)
    levels = [k for k in every if near is None or abs(k - near) <= 1]
    best = _finer(reading, *_agreeing(line, reading, levels))
    if not best.is_fitted:
        best = _finer(reading, *_agreeing(line, reading, every))
    if not best.is_off(slack):
        return best
    found = [reading, *_agreeing(line, reading, every)]
    best = _finer(*found)
    if _is_firm(best, found):
        return best
    return _finer(*(one for one in found if not one.is_off(slack)))


def _finer(*readings: Reading) -> Reading:
    return min(readings, key=lambda one: one.tolerance)


def _agreeing(line: Line, reading: Reading, levels: Iterable[int]) -> list[Reading]:
    """The fits from short to long, up to the first that disagrees or is far worse."""
    found: list[Reading] = []
    finest = reading
    for level in levels:
        one = fitted(line, reading, level)
        if not all(_agree(one, other) for other in (reading, finest)):
            break
        if one.tolerance > 4 * finest.tolerance and level > finest.level:
            break
        finest = _finer(finest, one)
        found.append(one)
    return found


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

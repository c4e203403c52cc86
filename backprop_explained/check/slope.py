r"""The slope of the cost along a line, measured, with how far it can be trusted.

Along the line $p + tv$ the gradient $g$ foretells the change $g \cdot v\,t$ of the
cost.  What is left over,

$$r(t) = \frac{C(p + tv) - C(p - tv)}{2t} - g \cdot v = e \cdot v + c\,t^2 + d\,t^4 +
\dots$$

tends to the error $e$ of the gradient along $v$, with its sign changed.  Three steps,
each half of the one before, remove $t^2$ and $t^4$ (Richardson); how far the last
answers differ says what the formula errs by, and the noise of the cost says the rest.
"""

from dataclasses import dataclass, field
from math import isfinite
from typing import NamedTuple

import numpy as np

from backprop_explained.check.probe import Probe
from backprop_explained.notation import Array

START = -6
"""The first step, as a power of 2, relative to the size of the array: 1/64."""

SHORTEST, LONGEST = -48, 5
"""Powers of 2 beyond which no step is tried: a cost that has levelled off there looks
as if it had no slope here."""

STRIDE = 3
"""How many halvings from one window of three steps to the next: a factor of 8."""

SAFETY = 8.0
"""How many standard deviations of noise a slope is allowed to be off by.

Few are needed for normal noise, but the noise itself may be underestimated: one
estimate in 20 is below 0.25 of it.
"""

AMPLIFIED = 4.1
r"""Noise over the longest step t, after the two extrapolations.

$r(0) \approx \frac{64}{45} r(t/4) - \frac{20}{45} r(t/2) + \frac{1}{45} r(t)$, each of
the three with the noise $\sigma/(\sqrt2 t)$ of its own step.
"""

JUMP_AMPLIFIED = 25.0
"""The same for the jump of the slope, rounded up."""

OTHERS = (-1, 1, -2, 2, 3, 4, *range(-3, -13, -1))
"""Windows, by powers of 8 of the step, at which an error has to be the same."""

AGREED = 2
"""So many other windows that say the same are enough, once all were asked."""

UNCONFIRMED = 6.0
"""An error that no other window is precise enough for has to be so much larger."""

ORDER = (2.0, 8.0)
"""Between these, halving a step has made the formula's error about 4 times smaller."""

DISORDER = 3.0
"""Where it has not, the formula may err by so many times the last change."""


class Reading(NamedTuple):
    """What three steps along a line say; `level` is the longest, as a power of 2."""

    given: float  # the slope that the gradient foretells
    residual: float  # the slope measured, less the slope given
    formula: float  # what the formula may be off by
    rounding: float  # what the noise of the cost may be off by
    jump: float  # how much the slope to the right exceeds that to the left
    jump_tolerance: float  # what the jump may be off by
    level: int
    is_fitted: bool = False  # whether more than three steps say so, by a fit

    @property
    def measured(self) -> float:
        """The slope measured."""
        return self.given + self.residual

    @property
    def tolerance(self) -> float:
        """What the slope measured may be off by."""
        return self.formula + self.rounding

    @property
    def is_kink(self) -> bool:
        """Whether the slopes to the left and to the right differ."""
        return abs(self.jump) > 2 * self.jump_tolerance

    @property
    def quality(self) -> float:
        """What the slope may be off by, relative to itself: less is better."""
        size = abs(self.measured)
        return self.tolerance / size if size > 0 else self.tolerance

    @property
    def tells_kinks(self) -> bool:
        """Whether a kink is seen, or could not explain what is left over."""
        unseen = (abs(self.jump) + self.jump_tolerance) / 2
        return self.is_kink or abs(self.residual) > unseen

    def is_off(self, slack: float) -> bool:
        """Whether the gradient is off by more than the measurement and some slack."""
        return abs(self.residual) > self.tolerance + slack

    def is_between(self, slack: float) -> bool:
        """Whether the slope given is one of a kink's, or lies between them."""
        allowed = abs(self.jump) / 2 + self.jump_tolerance + self.tolerance + slack
        return self.is_kink and abs(self.residual) <= allowed


def _formula(odds: tuple[float, ...], rounding: float) -> float:
    """What the formula errs by: little where its error falls with the square."""
    first, second = odds[0] - odds[1], odds[1] - odds[2]
    if max(abs(first), abs(second)) > rounding and not (
        ORDER[0] * abs(second) <= abs(first) <= ORDER[1] * abs(second)
        and first * second > 0
    ):
        return DISORDER * max(abs(first), abs(second))
    return abs(4 * second - first) / 3


@dataclass(eq=False)
class Line:
    """The cost along one direction of one array, less what the gradient explains."""

    probe: Probe
    i: int  # which array moves
    gradient: Array  # of that array, and finite
    direction: Array  # where to; a step is so many times all of it
    here: float  # the cost at the parameters
    noise: float  # of the cost
    _pairs: dict[float, tuple[float, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.given = float(np.vdot(self.gradient, self.direction))
        self._length = float(np.vdot(self.direction, self.direction))

    def pair(self, t: float) -> tuple[float, float]:
        """The residual of a central difference, and the bend over the step."""
        if t not in self._pairs:
            self._pairs[t] = self._pair(t)
        return self._pairs[t]

    def _pair(self, t: float) -> tuple[float, float]:
        x = self.probe.points[self.i]
        up = (x + t * self.direction).astype(x.dtype)
        down = (x - t * self.direction).astype(x.dtype)
        right, left = np.subtract(up, x, dtype=float), np.subtract(x, down, dtype=float)
        width = float(np.vdot(self.direction, right + left))
        if abs(width - 2 * t * self._length) > t * self._length:
            return np.nan, np.nan  # the step is lost in the rounding of the parameters
        high, low = self.probe.moved({self.i: up}), self.probe.moved({self.i: down})
        odd = high - low - float(np.vdot(self.gradient, right + left))
        even = high + low - 2 * self.here
        even -= float(np.vdot(self.gradient, right - left))
        return odd / (2 * t), even / t

    def read(self, level: int) -> Reading:
        """What the step of this level, its half and its quarter say."""
        return self.read_at(2.0**level, level)

    def read_at(self, t: float, level: int = START) -> Reading:
        """What this step, its half and its quarter say."""
        odds, bends = zip(*(self.pair(t / 2**k) for k in range(3)), strict=True)
        coarse, fine = ((4 * odds[k + 1] - odds[k]) / 3 for k in range(2))
        wide, narrow = (2 * bends[k + 1] - bends[k] for k in range(2))
        rounding = SAFETY * self.noise / t
        residual = (16 * fine - coarse) / 15
        formula = _formula(odds, AMPLIFIED * rounding)
        jump = (8 * narrow - wide) / 7
        if not (isfinite(residual) and isfinite(formula)):
            residual, formula = 0.0, np.inf
        return Reading(
            self.given,
            residual,
            formula,
            AMPLIFIED * rounding,
            jump if isfinite(jump) else 0.0,
            JUMP_AMPLIFIED * rounding + abs(narrow - wide),
            level,
        )

    def best(self, level: int, enough: float) -> Reading:
        """The most trusted reading, from this level on; a good one ends the search.

        Where the formula errs most, steps get shorter; where the noise does, longer.
        """
        reading = best = self.read(level)
        way = -STRIDE if reading.formula > reading.rounding else STRIDE
        while best.tolerance > enough:
            level += way
            if not SHORTEST <= level <= LONGEST:
                break
            reading = self.read(level)
            if reading.quality < best.quality:
                best = reading
            shorter = reading.formula > reading.rounding
            if shorter != (way < 0):
                break
        return best

    def confirmed(
        self, reading: Reading, slack: float, enough: int = len(OTHERS)
    ) -> Reading:
        """The same if the error is the gradient's; else one that leaves it open.

        An error of the gradient is the same at every step.  A kink that is crossed, a
        bend too sharp for the step and a stair of the cost are not.
        """
        residual, precise, agreed = abs(reading.residual), [reading], True
        for k in (k for k in OTHERS if reading.level + STRIDE * k <= LONGEST):
            other = self.read(reading.level + STRIDE * k)
            gap = abs(other.residual - reading.residual)
            agreed &= k > 2 or gap <= other.tolerance + reading.tolerance + slack
            if other.tolerance <= residual / 2:
                if not other.is_off(slack):
                    return other
                precise += [other] if k <= 2 else []  # far out, it bends
            if len(precise) > enough or (k < -2 and other.rounding > residual / 2):
                break
        spread = max(abs(o.residual - reading.residual) for o in precise)
        agreed &= len(precise) > 1 or residual > UNCONFIRMED * reading.tolerance
        if agreed and spread <= residual / 2 and any(o.tells_kinks for o in precise):
            return next((o for o in precise if o.is_kink), reading)
        return reading._replace(formula=reading.formula + spread + residual)

"""What three steps along a line say of the slope, and how far to trust it."""

from typing import NamedTuple


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

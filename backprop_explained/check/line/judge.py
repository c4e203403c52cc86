"""Which gradients of a step are right: a factor that is theirs alone is wrong.

The same is asked at other points, since a gradient may be right by chance.
"""

from collections.abc import Sequence

import numpy as np

from backprop_explained.check.line.probes import random_direction
from backprop_explained.check.line.runs import Runs, shifted
from backprop_explained.notation import Array

CLOSE = 1e-5
"""How far an entry may be off, relative to the largest one of its array; or a slope."""

SAME_FACTOR = 1e-4
"""How far factors may be apart that are the same one."""


POINTS = 2
"""At so many other points."""

FAR = 0.3
"""How far away they are, relative to the size of a parameter."""

STEP = 1e-5
"""How far a parameter is moved to ask for a slope there."""


def factor_of(given: Array, true: Array, close: float = CLOSE) -> float | None:
    """The number that makes the one array of the other, if there is one.

    Examples
    --------
    >>> factor_of(np.array([2.0, 4.0]), np.array([1.0, 2.0]))
    2.0
    """
    size = float(np.vdot(true, true))
    if given.shape != true.shape or size == 0:
        return None
    factor = float(np.vdot(given, true)) / size
    if not np.isfinite(factor) or abs(factor) < 1e-9:
        return None
    allowed = close * abs(factor) * float(np.abs(true).max()) + 1e-12
    return factor if float(np.abs(given - factor * true).max()) <= allowed else None


def is_close(
    a: Array, b: Array, rtol: float, atol: float, *, equal_nan: bool = False
) -> bool:
    """The same as `np.allclose`, and of small arrays several times as quick.

    Examples
    --------
    >>> is_close(np.array([1.0, 2.0]), np.array([1.0, 2.1]), 0.1, 0.0)
    True
    """
    gap = np.abs(a - b)
    if np.isfinite(gap).all():
        return bool((gap <= atol + rtol * np.abs(b)).all())
    return np.allclose(a, b, rtol, atol, equal_nan)


def changed(before: Sequence[Array], after: Sequence[Array]) -> frozenset[int]:
    """The arrays that are different by more than rounding."""
    pairs = enumerate(zip(after, before, strict=True))
    return frozenset(
        i for i, (a, b) in pairs if not is_close(a, b, 1e-7, 1e-12, equal_nan=True)
    )


class Judge:
    """Compares gradients with the measured ones, of which some may not be known.

    All have to have one factor; if that is None, any common one will do.
    """

    def __init__(self, truth: Sequence[Array | None], factor: float | None) -> None:
        self.truth, self.factor = truth, factor

    def factors(self, gradients: Sequence[Array]) -> list[float | None]:
        """The factor of each array, if it has one."""
        return [
            None if true is None else factor_of(given, true)
            for given, true in zip(gradients, self.truth, strict=True)
        ]

    def __call__(self, gradients: Sequence[Array]) -> frozenset[int]:
        """The arrays that are right."""
        factors = self.factors(gradients)
        if self.factor is None:
            self.factor = self._common(factors)
        return frozenset(
            i
            for i, found in enumerate(factors)
            if found is not None
            and self.factor is not None
            and abs(found / self.factor - 1) < SAME_FACTOR
        )

    def _common(self, factors: list[float | None]) -> float | None:
        """The factor of most arrays; of a tie, a positive one of the last of them."""
        sizes = [0 if t is None else t.size for t in self.truth]
        found = [f for f, n in zip(factors, sizes, strict=True) if f and n > 1]
        found = found or [f for f in factors if f]
        if not found:
            return None
        return max(
            reversed(found),
            key=lambda f: (sum(abs(f / g - 1) < SAME_FACTOR for g in found), f > 0),
        )


class Elsewhere:
    """Other values of the parameters, and the slopes of the cost there."""

    def __init__(self, runs: Runs, judge: Judge) -> None:
        self.runs, self.judge = runs, judge
        self._rng = np.random.default_rng(2)
        self._shifts: list[list[Array]] = [
            [FAR * _size(p) * self._rng.standard_normal(p.shape) for p in runs.points]
            for _ in range(POINTS)
        ]
        self._slopes = {
            (n, i): self._slope(n, i) for n in range(POINTS) for i in runs.all
        }

    def agrees(self, arrays: frozenset[int]) -> bool:
        """Whether these gradients of the step, as it is now, are right there too."""
        for n, shift in enumerate(self._shifts):
            try:
                found = self.runs.step_from(shift)
            except Exception:
                return False
            if not all(self._fits(n, i, found[i]) for i in arrays):
                return False
        return True

    def _slope(self, n: int, i: int) -> tuple[Array, float]:
        direction = random_direction(self._rng, self.runs.points[i].shape)

        def cost(by: float) -> float:
            shift = list(self._shifts[n])
            shift[i] = shift[i] + by * direction
            return self.runs.cost(shifted(shift))

        return direction, (cost(STEP) - cost(-STEP)) / (2 * STEP)

    def _fits(self, n: int, i: int, gradient: Array) -> bool:
        direction, slope = self._slopes[n, i]
        parts = gradient / (self.judge.factor or 1.0) * direction
        noise = 1e-10 * max(1.0, abs(self.runs.cost({}))) / STEP * 1e-3
        return bool(abs(parts.sum() - slope) <= CLOSE * np.abs(parts).sum() + noise)


def _size(point: Array) -> float:
    return max(float(np.sqrt(np.mean(point**2))), 0.1)

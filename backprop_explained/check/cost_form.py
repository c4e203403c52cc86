"""Which cost is this?  A known sum, times a number, in words that code is written in.

Whether somebody's cost is half a sum of squares, a mean over the examples or one over
all entries is asked of the cost itself: it is a known sum times one number, or it is
another cost.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from backprop_explained.costs import (
    Cost,
    cross_entropy,
    softmax_cross_entropy,
    sum_of_squares,
)
from backprop_explained.notation import Array


class Form(NamedTuple):
    """A cost as a known sum, times a factor.

    Examples
    --------
    >>> form = Form(sum_of_squares, 1 / 15, m=5, n=3)
    >>> print(form, "->", form.error())
    sum((a - y)**2) / (m * n), with m = 5 and n = 3 -> 2 * (a - y) / (m * n)
    """

    base: Cost
    factor: float
    m: int  # how many examples there are
    n: int  # and outputs

    def __str__(self) -> str:
        text = scaled(BASES[self.base], self.factor, self.m, self.n)
        used = [
            f"{name} = {size}"
            for name, size in (("m", self.m), ("n", self.n))
            if re.search(rf"\b{name}\b", text)
        ]
        return text + (f", with {' and '.join(used)}" if used else "")

    @property
    def cost(self) -> Cost:
        """The same, to be called."""
        base, factor = self.base, self.factor
        return Cost(
            base.name,
            lambda a, y: factor * base.value(a, y),
            lambda a, y: factor * base.slope(a, y),
        )

    @property
    def cancels(self) -> bool:
        """Whether its slope takes away that of a sigmoid or of softmax before it."""
        return self.base in (cross_entropy, softmax_cross_entropy)

    def error(self, factor: float = 1.0) -> str:
        """Where the backward pass begins, times a factor, as a line would have it."""
        own = 2.0 if self.base is sum_of_squares else 1.0
        return scaled("(a - y)", own * self.factor * factor, self.m, self.n)


BASES = {
    sum_of_squares: "sum((a - y)**2)",
    cross_entropy: "sum(-y * ln(a) - (1 - y) * ln(1 - a))",
    softmax_cross_entropy: "sum(-y * ln(softmax(z)))",
}
"""The sums that are known, and how they are written."""


def divisors(m: int, n: int) -> dict[str, float]:
    """What sums are divided by, as code has it; a plain number comes before a size."""
    names = {"": 1.0, "2": 2.0, "4": 4.0, "m": m, "(2 * m)": 2 * m}
    names |= {"(m * n)": m * n, "(2 * m * n)": 2 * m * n, "n": n, "(2 * n)": 2 * n}
    return names | {"m**2": m**2}


def scaled(text: str, factor: float, m: int, n: int) -> str:
    """An expression times a factor, the factor in terms of `m` and `n` where it is.

    Examples
    --------
    >>> scaled("(a - y)", 0.4, m=5, n=3), scaled("(a - y)", -1.0, 5, 3)
    ('2 * (a - y) / m', '-(a - y)')
    """
    sign, size = "-" if factor < 0 else "", abs(factor)
    for times, prefix in [(1.0, ""), (2.0, "2 * "), (4.0, "4 * ")]:
        for name, divisor in divisors(m, n).items():
            if abs(size - times / divisor) <= 1e-6 * size:
                return f"{sign}{prefix}{text}" + (f" / {name}" if name else "")
    for name, value in {"m": m, "n": n, "m * n": m * n}.items():
        for times, prefix in [(1.0, ""), (2.0, "2 * ")]:
            if abs(size - times * value) <= 1e-6 * size:
                return f"{sign}{prefix}{name} * {text}"
    return f"{factor:.6g} * {text}"


def form_of(cost: Cost, shape: tuple[int, int]) -> Form | None:
    """A cost of outputs of this shape as a known sum times a factor, if it is one.

    Examples
    --------
    >>> from backprop_explained import squared_error
    >>> form_of(squared_error, (5, 2)).factor
    0.5
    """
    rng = np.random.default_rng(0)
    points = [(rng.uniform(0.1, 0.9, shape), _targets(shape, rng)) for _ in range(3)]
    found = np.array([float(cost.value(a, y)) for a, y in points])
    for base in BASES:
        known = np.array([float(base.value(a, y)) for a, y in points])
        factor = float(found @ known / (known @ known))
        if factor and np.allclose(found, factor * known, rtol=1e-9, atol=0):
            return Form(base, factor, *shape)
    return None


def _targets(shape: tuple[int, int], rng: np.random.Generator) -> Array:
    """Targets that are good for each of the sums: a probability of each class."""
    y = rng.uniform(0.1, 0.9, shape)
    return y / y.sum(axis=1, keepdims=True) if shape[1] > 1 else y


Value = Callable[[Array, Array], float]
Slope = Callable[[Array, Array], Array]


def cost_from(value: Cost | Value, shape: tuple[int, int]) -> Cost:
    """Any function of `(a, y)` as a cost: its slope by its form, or by differences."""
    if isinstance(value, Cost):
        return value
    name = getattr(value, "__name__", "cost")
    plain = Cost(name, value, _by_differences(value))
    form = form_of(plain, shape)
    return plain if form is None else plain._replace(slope=form.cost.slope)


def _by_differences(value: Value) -> Slope:
    """The derivative with respect to each entry of `a`, from four differences each."""

    def slope(a: Array, y: Array) -> Array:
        made = np.empty(a.shape)
        for index in np.ndindex(a.shape):
            h = 1e-3 * max(1.0, abs(float(a[index])))

            def at(t: float, index: tuple[int, ...] = index, h: float = h) -> float:
                moved = a.astype(np.float64)
                moved[index] += t * h
                return float(value(moved, y))

            made[index] = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h)
        return made

    return slope

"""The known mistakes that make a gradient, perhaps times a factor."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from backprop_explained.check.cost_form import form_of
from backprop_explained.check.given import Problem
from backprop_explained.check.in_turn import explain
from backprop_explained.check.mistakes import (
    CONSTANT_FACTOR,
    FACTORS,
    MISTAKES,
    PENALTY,
    SLOPE_LEFT_IN,
    Mistake,
)
from backprop_explained.check.numerical import Tolerance, equal
from backprop_explained.notation import Array


class Match(NamedTuple):
    """A known mistake whose gradient, times a factor, is the one given.

    Attributes
    ----------
    mistake : Mistake
        The row of the table.
    factor : float
        1 where they are equal.
    factor_name : str
        The factor in words, such as `1/m = 0.125`; empty where it is 1.
    layers : tuple of int
        Where it was made, if it was found beside others.

    Examples
    --------
    >>> Match(MISTAKES["sign"], 1.0, "").mistake.name
    'sign'
    """

    mistake: Mistake
    factor: float
    factor_name: str
    layers: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The name of the mistake, with its factor where there is one."""
        if not self.factor_name:
            return self.mistake.name
        if self.mistake is PENALTY:
            return f"the penalty {self.factor_name}"
        if self.mistake is CONSTANT_FACTOR:
            return f"the right gradient times {self.factor_name}"
        return f"{self.mistake.name}, times {self.factor_name}"

    @property
    def is_factor(self) -> bool:
        """Whether it is the right gradient times a number, and nothing else."""
        return self.mistake is CONSTANT_FACTOR or self.mistake.name in FACTORS

    def total(self, m: int) -> float:
        """That number, for a batch of `m`."""
        own = FACTORS.get(self.mistake.name)
        return self.factor * (own(m) if own else 1.0)


def _candidates(problem: Problem) -> list[tuple[Mistake, list[Array]]]:
    """Each known mistake that can be made here, and the gradient it makes."""
    made = []
    form = form_of(problem.cost, problem.y.shape)
    left_in = [SLOPE_LEFT_IN] if form and form.cancels else []
    for mistake in (*MISTAKES.values(), *left_in):
        with np.errstate(all="ignore"):  # a mistaken slope may overflow
            gradients = mistake.gradients(*problem)
        if gradients and all(np.isfinite(g).all() for g in gradients.parameters):
            made.append((mistake, gradients.parameters))
    return made


def find(
    problem: Problem, given: list[Array], right: list[Array], tolerance: Tolerance
) -> tuple[list[Match], bool]:
    """The mistakes that make it, and whether it takes all of them together."""
    if matches := find_matches(problem, given, right, tolerance):
        return matches, False
    matches = find_several(problem, given, tolerance)
    return matches, bool(matches)


def find_matches(
    problem: Problem, given: list[Array], right: list[Array], tolerance: Tolerance
) -> list[Match]:
    """Equal mistakes; else the right gradient times a factor; else mistakes times one.

    A round factor is looked for before any other.
    """
    candidates, factors = _candidates(problem), _factors(problem)
    found = [
        Match(mistake, 1.0, "")
        for mistake, made in candidates
        if _all_equal(given, made, 1.0, tolerance)
    ]
    if found:
        return found
    scaled = list(_scaled(given, [(CONSTANT_FACTOR, right)], factors, tolerance))
    if scaled:
        return scaled
    others = [pair for pair in candidates if pair[0].name not in FACTORS]
    scaled = list(_scaled(given, others, factors, tolerance))
    named = [match for match in scaled if match.factor in factors.values()]
    return named or scaled


def _all_equal(
    given: list[Array], made: list[Array], factor: float, tolerance: Tolerance
) -> bool:
    pairs = zip(given, made, strict=False)  # made is longer where only weights' are
    return all(equal(u, factor * v, tolerance) for u, v in pairs)


def _scaled(
    given: list[Array],
    candidates: list[tuple[Mistake, list[Array]]],
    factors: dict[str, float],
    tolerance: Tolerance,
) -> Iterator[Match]:
    """Those that equal the given gradient times one factor."""
    for mistake, made in candidates:
        factor = _factor(given, made)
        if factor and _all_equal(given, made, factor, tolerance):
            known = _known(factor, factors, tolerance)
            yield Match(mistake, *(known or (factor, f"{factor:.6g}")))


def _known(
    factor: float, factors: dict[str, float], tolerance: Tolerance
) -> tuple[float, str] | None:
    pairs = ((value, name) for name, value in factors.items())
    near = (p for p in pairs if abs(factor - p[0]) <= tolerance.own * abs(p[0]))
    return next(near, None)


def _factor(given: list[Array], made: list[Array]) -> float | None:
    """The factor that fits best, by least squares; `None` where there is none."""
    pairs = list(zip(given, made, strict=False))
    if any(u.shape != v.shape for u, v in pairs):
        return None
    u = np.concatenate([u.ravel() for u, _ in pairs])
    v = np.concatenate([v.ravel() for _, v in pairs])
    largest = np.abs(v).max()
    if largest == 0 or not np.isfinite(u).all():
        return None
    v = v / largest  # so that no square overflows or vanishes
    return float(u @ v / (v @ v) / largest)


def _factors(problem: Problem) -> dict[str, float]:
    """The factors that code is known to carry, by name."""
    (m, n), step_size = problem.y.shape, problem.step_size
    sizes = {"m": m, "n": n, "(m n)": m * n}
    positive = {"1": 1.0, "2": 2.0, "1/2": 0.5, "4": 4.0, "1/4": 0.25}
    for name, size in sizes.items():
        positive |= {f"1/{name} = {1 / size:.6g}": 1 / size}
        positive |= {f"2/{name} = {2 / size:.6g}": 2 / size}
        positive |= {f"1/2{name} = {0.5 / size:.6g}": 0.5 / size}
    positive |= {f"m = {m}": float(m)}
    if step_size:
        positive |= {f"step_size = {step_size:g}": step_size}
    pairs = positive.items()
    return positive | {f"-{n.replace('= ', '= -')}": -value for n, value in pairs}


def find_several(
    problem: Problem, given: list[Array], tolerance: Tolerance
) -> list[Match]:
    """Mistakes that only together, perhaps times a known factor, make a gradient."""
    explained = explain(problem, given, tolerance)
    if explained is None:
        return []
    matches = [Match(mistake, 1.0, "", layers) for mistake, layers in explained.found]
    if abs(explained.factor - 1) <= tolerance.own:
        return matches
    known = _known(explained.factor, _factors(problem), tolerance)
    return [*matches, Match(CONSTANT_FACTOR, *known)] if known else []

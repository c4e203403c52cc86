r"""How finely an array is read, and the smallest error that would then be noticed.

A direction $v$ has independent normal entries, so that for any error $e$ of the
gradient, whatever its pattern, $e \cdot v$ is normal with the standard deviation
$\lVert e \rVert$.  Along a direction with the tolerance $\tau$ an error is noticed
where $|e \cdot v|$ exceeds three tolerances, so $k$ directions miss one of the size $B$
with the probability

$$\prod_{i=1}^k \operatorname{erf}\frac{3\tau_i}{\sqrt2\,B}$$

The bound is the $B$ at which this is one in `ODDS`.  Signs alone would not do:
equal errors cancel along every other direction of signs.
"""

from math import erf, hypot, prod, sqrt

import numpy as np

from backprop_explained.check.directions import ArrayJudge
from backprop_explained.check.numerical import relative_error
from backprop_explained.check.slope import Line, Reading

DIRECTIONS = (4, 8, 16)
"""Directions per array: more of them where these leave the bound wide."""

HOPED = 24
"""More are read if so many as fine as these would do: the others may be finer."""

ODDS = 300
"""An error as large as the bound is missed once in so many checks."""

WITHIN_REACH = 10.0
"""A bound of so many deviations of the noise is worth a try."""

FINER = 10.0
"""So is one of so small a part of what a simple reading leaves."""

IN_SIGHT = 4.0
"""A bound that is so many times too wide is worth many steps along each direction."""

PATIENCE, LARGE = 20_000, 10_000
"""A check that has cost more calls does not begin with that, nor one of more entries
in all that has cost fewer in proportion."""

SHOWN = 3.0
"""What exceeds so many tolerances along a direction is noticed, whatever the noise."""

UNMEASURED = 0.1
"""Above this bound an array is too small to measure."""

LOOSE = 0.3
"""In an array too small to measure, entries have to exceed this part of the bound."""


def read_directions(judge: ArrayJudge) -> list[Reading]:
    """The slopes along directions: more of them, and finer, where the bound is wide."""
    lines = judge.lines
    readings: list[Reading] = []
    for count in DIRECTIONS:
        while len(lines) < count:
            lines.append(judge.line(judge.direction()))
            readings.append(judge.read(lines[-1]))
            if judge.setting.locate or any(r.is_kink for r in readings):
                continue
            if readings[-1].is_off(judge.slack):
                return readings
        if not _sharpened(judge, lines, readings):
            break
    return readings


def _sharpened(judge: ArrayJudge, lines: list[Line], readings: list[Reading]) -> bool:
    """Read finer what is too coarse; whether more directions are then enough."""
    size, aim = size_of(judge, readings), _aim(judge, readings)
    if aim is None:
        return False
    is_near = any(r.is_kink for r in readings)
    if is_off(judge, readings) and not (is_near or too_coarse(judge, readings)):
        return False  # beyond doubt, and by no kink that is near

    def bound(some: list[Reading], count: int) -> float:
        return bound_of(some * (count // len(some)), judge.slack, size)

    for i, line in enumerate(lines):
        if bound([readings[i]], len(lines)) > aim:
            readings[i] = judge.refined(line, readings[i])
    most = DIRECTIONS[-1]
    if aim < bound(readings, most) <= IN_SIGHT * aim:
        for i, line in enumerate(lines):
            if bound([readings[i]], most) > aim and _is_patient(judge):
                readings[i] = judge.thorough(line, readings[i])
    if is_off(judge, readings):
        return False
    return bound(readings, HOPED) <= aim < bound(readings, len(lines))


def is_off(judge: ArrayJudge, readings: list[Reading]) -> bool:
    """Whether one of them is off."""
    return any(r.is_off(judge.slack) for r in readings)


def too_coarse(judge: ArrayJudge, readings: list[Reading]) -> bool:
    """Whether what is off could be less than what these readings are sure to see."""
    seen = SHOWN * (max(r.tolerance for r in readings) + judge.slack)
    error = error_of(readings)
    return seen > max(LOOSE * UNMEASURED, error) * size_of(judge, readings)


def error_of(readings: list[Reading]) -> float:
    """How far the slopes given are from those measured."""
    return relative_error([r.given for r in readings], [r.measured for r in readings])


def _is_patient(judge: ArrayJudge) -> bool:
    probe = judge.setting.probe
    entries = sum(point.size for point in probe.points)
    return probe.calls * max(1.0, entries / LARGE) <= PATIENCE


def _aim(judge: ArrayJudge, readings: list[Reading]) -> float | None:
    """The bound that is worth many calls: the finest within reach, by the noise."""
    setting, size = judge.setting, size_of(judge, readings)
    coarse = float(np.median([r.tolerance for r in readings]))
    within = min(WITHIN_REACH * setting.noise, coarse / FINER)
    unseen = within / size if size else np.inf
    if setting.step or unseen > UNMEASURED:
        return None
    return next((aim for aim in setting.aims if unseen <= aim), setting.aims[-1])


def bound_of(readings: list[Reading], slack: float, size: float) -> float:
    """The smallest error, relative to the array, that these readings hardly miss.

    Along each direction an error has a normal slope; all of them have to be small.
    """
    unseen = [SHOWN * (r.tolerance + slack) / sqrt(2) for r in readings]
    low, high = 0.0, 2 * ODDS * min(unseen)
    while high - low > 1e-3 * high:
        middle = (low + high) / 2
        if prod(erf(one / middle) for one in unseen) * ODDS > 1:
            low = middle
        else:
            high = middle
    return high / size if size else 0.0


def size_of(judge: ArrayJudge, readings: list[Reading]) -> float:
    """The size of the array, in slopes along a direction, as given or as is sure."""
    sure = (max(0.0, abs(r.measured) - r.tolerance) for r in readings)
    measured = hypot(*sure) / sqrt(len(readings))
    return max(judge.size, measured)


def read_entries(judge: ArrayJudge, indices: list[tuple[int, ...]]) -> list[Reading]:
    """The slope of each entry: finer where the bound of the array would be wide."""
    lines = [judge.entry_line(index) for index in indices]
    readings = [judge.read(line) for line in lines]
    aim = _aim(judge, readings)
    if aim is None or is_off(judge, readings):
        return readings
    for part in (1, 4):  # at first those that alone are too much
        for i, line in enumerate(lines):
            unseen = sqrt(len(lines)) * (readings[i].tolerance + judge.slack)
            if unseen > aim * judge.size / part and not readings[i].is_fitted:
                readings[i] = judge.refined(line, readings[i])
        if _unseen(judge, readings) <= aim:
            return readings
    worst_first = sorted(range(len(lines)), key=lambda i: -readings[i].tolerance)
    for i in worst_first:
        in_sight = aim < _unseen(judge, readings) <= len(lines) * IN_SIGHT * aim
        if not (in_sight and _is_patient(judge)):
            break
        readings[i] = judge.thorough(lines[i], readings[i])
    return readings


def _unseen(judge: ArrayJudge, readings: list[Reading]) -> float:
    """What the entries may be off by in all, as a part of the array."""
    return hypot(*(r.tolerance + judge.slack for r in readings)) / judge.size

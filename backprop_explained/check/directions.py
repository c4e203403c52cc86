"""What is asked of one array: the slope along directions, entries and blocks of it."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from backprop_explained.check.fitted import refined, thorough
from backprop_explained.check.noise import estimate_noise
from backprop_explained.check.places import Indices, as_matrix
from backprop_explained.check.probe import Probe
from backprop_explained.check.slope import AGREED, OTHERS, START, Line, Reading
from backprop_explained.notation import Array

BUDGET = 300
"""Calls that are spent on finding where an array is wrong, a fit counted as one."""

CALLS = 6
"""Calls of a simple reading."""

PART = 0.02
"""A block is read finely where so much of an array's error could hide in it."""


ROUNDED = 1 / 20
"""What a gradient may be off by along any direction and still be right, as a part of
the finest bound, since it may have been rounded on its way: the bound over all
directions is then below that."""

NOTHING_ROUNDED = 2.0**12
"""What zeros may be off by, in roundings of the largest slope: what cancels leaves so
much at most, and there was nothing else to round."""

FEW_DIGITS = 8.5
"""A cost that carries fewer was computed in float32, whatever it returns."""

FLOAT32 = float(np.finfo(np.float32).eps)


class SpentError(Exception):
    """Where an array is wrong has cost enough calls."""


@dataclass
class Doubt:
    """At how many other steps an error is asked: at all, until one has stood that."""

    enough: int = len(OTHERS)


class Setting(NamedTuple):
    """What all arrays of a check share."""

    probe: Probe
    gradients: list[Array]  # in float64
    here: float  # the cost at the parameters
    noise: float  # of the cost
    digits: float  # of the cost that are no noise
    floor: float  # the part of an array that a gradient's own rounding may be off by
    zeros: float  # the same where all of the array is 0, as a part of `whole`
    aims: tuple[float, ...]  # the bounds that are worth many calls, the finest first
    whole: float  # the largest of the arrays' slopes: the size for an array of zeros
    step: float | None  # one that is forced
    seed: int  # where the directions come from
    locate: bool  # whether it is asked where an array is wrong, too
    doubt: Doubt  # how much is asked before an accusation


def scale_of(x: Array, step: float | None = None) -> float:
    """The size of an array's entries: what its steps are relative to."""
    size = float(np.sqrt(np.mean(np.square(x, dtype=np.float64))))
    return max(size, 1.0) if step is not None else size or 1.0


def setting_of(
    probe: Probe,
    slopes: list[Array],
    here: list[float],
    aims: tuple[float, ...],
    step: float | None,
    seed: int,
    locate: bool,
) -> Setting:
    """What all arrays of a check share; the cost was called here a few times."""
    points = probe.points
    noise = max(_noise(probe, seed), float(np.ptp(here)), probe.eps / 2 * abs(here[0]))
    digits = _digits(noise, abs(here[0]))
    finest, coarse = ROUNDED * aims[0], FLOAT32 if digits < FEW_DIGITS else 0.0
    epsilons = [float(np.finfo(array.dtype).eps) for array in (*points, *slopes)]
    eps = max(probe.eps, coarse, *epsilons)
    floor = max(finest, float(np.sqrt(eps)))  # that is asked of a gradient, and no more
    zeros = min(floor, NOTHING_ROUNDED * eps)
    whole = max(
        scale_of(x) * float(np.nan_to_num(np.linalg.norm(g)))
        for x, g in zip(points, slopes, strict=True)
    )
    gradients: list[Array] = [g.astype(np.float64) for g in slopes]
    aims, size = aims if floor == finest else aims[1:], whole or abs(here[0])
    known = (probe, gradients, here[0], noise, digits, floor, zeros, aims, size)
    return Setting(*known, step, seed, locate, Doubt())


def _digits(noise: float, size: float) -> float:
    """How many digits of a cost are no noise."""
    if not noise:
        return 16.0
    return float(np.clip(-np.log10(noise / size), 0.0, 16.0)) if size else 0.0


def _noise(probe: Probe, seed: int) -> float:
    """The noise of the cost, along a direction in all arrays at once."""
    rng = np.random.default_rng(seed)
    ways = [scale_of(x) * rng.standard_normal(x.shape) for x in probe.points]

    def along(t: float) -> float:
        pairs = enumerate(zip(probe.points, ways, strict=True))
        moved = {i: (x + t * v).astype(x.dtype) for i, (x, v) in pairs}
        return float(np.nan_to_num(probe.moved(moved)))

    return estimate_noise(along)


class ArrayJudge:
    """What is asked of the i-th array; its state is the step that has served so far."""

    def __init__(self, setting: Setting, i: int) -> None:
        self.setting, self.i = setting, i
        self.gradient = setting.gradients[i]
        self.scale = scale_of(setting.probe.points[i], setting.step)
        self.size = self.scale * float(np.linalg.norm(self.gradient)) or setting.whole
        self.rng = np.random.default_rng([setting.seed, i])
        self.level = START
        self.lines: list[Line] = []
        self.near: int | None = None
        self.error = 0.0
        self.left = BUDGET

    @property
    def slack(self) -> float:
        """What the gradient's own rounding may be off by, along a direction."""
        setting = self.setting
        return (setting.floor if self.gradient.any() else setting.zeros) * self.size

    def line(self, direction: Array) -> Line:
        """The cost along a direction, in steps of the size of the array."""
        s, step = self.setting, self.scale * direction
        return Line(s.probe, self.i, self.gradient, step, s.here, s.noise)

    def read(self, line: Line) -> Reading:
        """The slope along a line, with the step that fits."""
        step = self.setting.step
        if step is not None:
            return line.read_at(4 * step)
        reading = line.best(self.level, self.slack)
        if reading.is_off(self.slack):
            doubt = self.setting.doubt
            reading = line.confirmed(reading, self.slack, doubt.enough)
            if reading.is_off(self.slack):
                doubt.enough = AGREED
        self.level = reading.level
        return reading

    def refined(self, line: Line, reading: Reading) -> Reading:
        """The same from many steps, where that is finer."""
        found = refined(line, reading, self.slack, self.near)
        self.near = found.level if found.is_fitted else None
        return self._firmer(reading, found)

    def thorough(self, line: Line, reading: Reading) -> Reading:
        """The same from more steps than that."""
        return self._firmer(reading, thorough(line, reading, self.slack))

    def _firmer(self, reading: Reading, found: Reading) -> Reading:
        """What was found; an error that three steps had seen already stands."""
        is_seen_again = reading.is_off(self.slack) and found.is_off(self.slack)
        return reading if is_seen_again else found

    def direction(
        self, rows: Indices | None = None, columns: Indices | None = None
    ) -> Array:
        """A random direction, or one that moves these rows and columns alone."""
        shape = self.gradient.shape
        if rows is None or columns is None:
            return self.rng.standard_normal(shape)
        matrix = np.zeros(as_matrix(shape))
        block = self.rng.standard_normal((rows.size, columns.size))
        if block.size == 1:
            block[...] = 1.0
        matrix[rows[:, np.newaxis], columns] = block
        return matrix.reshape(shape)

    def entry_line(self, index: tuple[int, ...]) -> Line:
        """The cost along one entry."""
        direction = np.zeros(self.gradient.shape)
        direction[index] = 1.0
        return self.line(direction)

    def index(self, entry: tuple[int, int]) -> tuple[int, ...]:
        """The index in the array of a row and a column of its matrix."""
        shape = self.gradient.shape
        flat = np.ravel_multi_index(entry, as_matrix(shape))
        return tuple(int(k) for k in np.unravel_index(flat, shape))

    def ask(self, rows: Indices, columns: Indices) -> float:
        """How far off a block is, by the step that has served; 0 if it is not."""
        if self.left <= 0:
            raise SpentError
        line, step = self.line(self.direction(rows, columns)), self.setting.step
        reading = line.read_at(4 * step) if step else line.read(self.level)
        if reading.tolerance > PART * self.error and not reading.is_off(self.slack):
            reading = self.refined(line, reading)
        self.left -= CALLS
        return abs(reading.residual) if reading.is_off(self.slack) else 0.0

    def largest(self, rows: Indices, columns: Indices) -> tuple[int, int]:
        """The row and the column of the block's largest entry."""
        matrix = np.abs(self.gradient.reshape(as_matrix(self.gradient.shape)))
        block = matrix[rows[:, np.newaxis], columns]
        row, column = np.unravel_index(block.argmax(), block.shape)
        return int(rows[row]), int(columns[column])

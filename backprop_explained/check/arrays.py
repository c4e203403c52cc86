r"""The verdict on one array: along random directions, or entry by entry.

A direction $v$ has independent normal entries, so that for any error $e$ of the
gradient, whatever its pattern, $e \cdot v$ is normal with the standard deviation
$\lVert e \rVert$.  One direction misses an error of size $q\tau$, where $\tau$ is the
tolerance, with a probability below $0.8/q$, and $k$ directions with $(0.8/q)^k$: with
$k = 4$ and $q = 10/3$, for an error has to exceed three tolerances, one in 300.
Signs alone would not do: two equal errors cancel along
every other direction of ±1.
"""

from typing import NamedTuple

import numpy as np

from backprop_explained.check.numerical import relative_error
from backprop_explained.check.places import Indices, as_matrix, kind_of, locate, worst
from backprop_explained.check.probe import Probe
from backprop_explained.check.slope import START, Line, Reading
from backprop_explained.check.verdict import ArrayCheck, Kind, Kink, Place, Verdict
from backprop_explained.notation import Array

DIRECTIONS = 4
"""Directions per array."""

MISSED = 10.0
"""An error of so many tolerances is missed at most once in 300."""

FEW = 16
"""Arrays up to this size are read entry by entry."""

FEW_AT_KINK = 64
"""The same, for arrays in which a kink was met."""

SAMPLES = 6
"""Entries that are looked at where a kink is met in a larger array."""

NO_FACTOR = 1e-3
"""A factor as near to 1 is none."""

UNMEASURED = 0.1
"""Above this bound an array is too small to measure."""


class Setting(NamedTuple):
    """What all arrays of a check share.

    Attributes
    ----------
    probe : Probe
        The cost.
    gradients : list of ndarray
        The gradients, in float64.
    here : float
        The cost at the parameters.
    noise : float
        The noise of the cost.
    floor : float
        The part of an array that the rounding of the gradient itself may be off by.
    whole : float
        The largest of the arrays' slopes: the size for an array of zeros.
    step : float or None
        A step that is forced.
    seed : int
        Where the directions come from.
    """

    probe: Probe
    gradients: list[Array]
    here: float
    noise: float
    floor: float
    whole: float
    step: float | None
    seed: int


def scale_of(x: Array, step: float | None = None) -> float:
    """The size of an array's entries: what its steps are relative to."""
    size = float(np.sqrt(np.mean(np.square(x, dtype=np.float64))))
    return max(size, 1.0) if step is not None else size or 1.0


class ArrayJudge:
    """What is asked of one array; its state is the step that has served so far.

    Parameters
    ----------
    setting : Setting
        What all arrays share.
    i : int
        Which array.
    """

    def __init__(self, setting: Setting, i: int) -> None:
        self.setting, self.i = setting, i
        self.gradient = setting.gradients[i]
        self.scale = scale_of(setting.probe.points[i], setting.step)
        self.size = self.scale * float(np.linalg.norm(self.gradient)) or setting.whole
        self.rng = np.random.default_rng([setting.seed, i])
        self.level = START

    @property
    def slack(self) -> float:
        """What the gradient's own rounding may be off by, along a direction."""
        return self.setting.floor * self.size

    def read(self, direction: Array, *, confirm: bool = True) -> Reading:
        """The slope along a direction, with the step that fits."""
        s = self.setting
        step = self.scale * direction
        line = Line(s.probe, self.i, self.gradient, step, s.here, s.noise)
        if s.step is not None:
            return line.read_at(4 * s.step)
        reading = line.best(self.level, self.slack)
        if confirm and reading.is_off(self.slack):
            reading = line.confirmed(reading, self.slack)
        self.level = reading.level
        return reading

    def direction(
        self, rows: Indices | None = None, columns: Indices | None = None
    ) -> Array:
        """A random direction, or one that moves these rows and columns alone."""
        shape = self.gradient.shape
        if rows is None or columns is None:
            return self.rng.standard_normal(shape)
        matrix = np.zeros(as_matrix(shape))
        block = self.rng.standard_normal((rows.size, columns.size))
        matrix[rows[:, np.newaxis], columns] = block
        return matrix.reshape(shape)

    def entry(self, index: tuple[int, ...]) -> Reading:
        """The slope along one entry."""
        direction = np.zeros(self.gradient.shape)
        direction[index] = 1.0
        return self.read(direction)

    def index(self, entry: tuple[int, int]) -> tuple[int, ...]:
        """The index in the array of a row and a column of its matrix."""
        shape = self.gradient.shape
        flat = np.ravel_multi_index(entry, as_matrix(shape))
        return tuple(int(k) for k in np.unravel_index(flat, shape))

    def ask(self, rows: Indices, columns: Indices) -> float:
        """How far off a block is; 0 if it is not."""
        if rows.size == columns.size == 1:
            reading = self.entry(self.index((int(rows[0]), int(columns[0]))))
        else:
            reading = self.read(self.direction(rows, columns), confirm=False)
        return abs(reading.residual) if reading.is_off(self.slack) else 0.0


def check_array(setting: Setting, i: int, method: str) -> ArrayCheck:
    """The verdict on the i-th array."""
    gradient = setting.gradients[i]
    if not np.isfinite(gradient).all():
        index = tuple(int(k) for k in np.argwhere(~np.isfinite(gradient))[0])
        place = Place("entry", index, float(gradient[index]), np.nan)
        return ArrayCheck("wrong", gradient.shape, np.nan, 0.0, None, place)
    judge = ArrayJudge(setting, i)
    few = gradient.size <= (1 if method == "directions" else FEW)
    if method == "entries" or few:
        return _by_entries(judge)
    readings = [judge.read(judge.direction()) for _ in range(DIRECTIONS)]
    off = [r for r in readings if r.is_off(judge.slack)]
    at_kink = any(r.is_kink for r in readings)
    if off and at_kink and gradient.size <= FEW_AT_KINK:
        return _by_entries(judge)
    error, size = _error(readings), _size(judge, readings)
    worst_tolerance = max(r.tolerance for r in readings) + judge.slack
    bound = MISSED * worst_tolerance / size if size else 0.0
    if not off:
        verdict: Verdict = "right" if bound <= UNMEASURED else "undecided"
        return ArrayCheck(verdict, gradient.shape, error, bound)
    return _located(judge, readings, error, bound, at_kink=at_kink)


def _error(readings: list[Reading]) -> float:
    return relative_error([r.given for r in readings], [r.measured for r in readings])


def _size(judge: ArrayJudge, readings: list[Reading]) -> float:
    """The size of the array, in slopes along a direction."""
    measured = float(np.sqrt(np.mean([r.measured**2 for r in readings])))
    return max(judge.size, measured)


def _factor(readings: list[Reading], slack: float) -> float | None:
    """The one factor by which all slopes given differ from those measured."""
    given, measured = (
        np.array([getattr(r, name) for r in readings]) for name in ("given", "measured")
    )
    square = float(measured @ measured)
    if square == 0:
        return None
    factor = float(given @ measured / square)
    allowed = np.array([r.tolerance for r in readings]) * max(1.0, abs(factor)) + slack
    fits = (np.abs(given - factor * measured) <= 3 * allowed).all()
    seen = np.count_nonzero(np.abs(measured) > 10 * allowed)
    is_one = abs(factor - 1) <= NO_FACTOR or abs(factor) <= NO_FACTOR
    return factor if fits and seen >= min(2, len(readings)) and not is_one else None


def _located(
    judge: ArrayJudge,
    readings: list[Reading],
    error: float,
    bound: float,
    *,
    at_kink: bool,
) -> ArrayCheck:
    """The verdict on an array that is off along some direction."""
    shape = judge.gradient.shape
    matrix = as_matrix(shape)
    factor = _factor(readings, judge.slack)
    kind: Kind = "factor"
    if factor is not None:
        entry = np.unravel_index(np.abs(judge.gradient).argmax(), shape)
        found = [tuple(int(k) for k in entry)]
    else:
        kind, places = locate(matrix, judge.ask)
        found = [judge.index(place) for place in places]
    if at_kink and kind not in ("entry", "entries"):
        rows, columns = (np.arange(n) for n in matrix)
        found = [judge.index(worst(rows, columns, judge.ask)) for _ in range(SAMPLES)]
    looked = [(index, judge.entry(index)) for index in dict.fromkeys(found)]
    off = [(i, r) for i, r in looked if r.is_off(judge.slack)]
    if off and all(r.is_between(judge.slack) for _, r in off):
        kink = _kink(judge, *off[0])
        bound = max(bound, max(abs(r.jump) for _, r in off) / judge.size)
        return ArrayCheck("kink", shape, error, bound, kink=kink)
    firm = [(i, r) for i, r in off if not r.is_between(judge.slack)] or looked
    index, reading = firm[0]
    place = _place(judge, kind, index, reading, len(looked))
    return ArrayCheck("wrong", shape, error, bound, factor, place)


def _place(
    judge: ArrayJudge, kind: Kind, index: tuple[int, ...], reading: Reading, count: int
) -> Place:
    given = float(judge.gradient[index])
    return Place(kind, index, given, given + reading.residual / judge.scale, count)


def _kink(judge: ArrayJudge, index: tuple[int, ...], reading: Reading) -> Kink:
    middle, half = reading.measured / judge.scale, reading.jump / judge.scale / 2
    return Kink(index, float(judge.gradient[index]), middle - half, middle + half)


def _by_entries(judge: ArrayJudge) -> ArrayCheck:
    """The verdict on an array of which every entry is read."""
    gradient, shape = judge.gradient, judge.gradient.shape
    indices = list(np.ndindex(shape))
    readings = [judge.entry(index) for index in indices]
    residuals = np.array([r.residual for r in readings]).reshape(shape)
    numerical = gradient + residuals / judge.scale
    error = relative_error(gradient, numerical)
    size = max(judge.size, judge.scale * float(np.linalg.norm(numerical)))
    unseen = np.linalg.norm([r.tolerance + judge.slack for r in readings])
    bound = float(unseen / size) if size else 0.0
    looked = list(zip(indices, readings, strict=True))
    off = [(i, r) for i, r in looked if r.is_off(judge.slack)]
    if not off:
        verdict: Verdict = "right" if bound <= UNMEASURED else "undecided"
        return ArrayCheck(verdict, shape, error, bound, numerical=numerical)
    firm = [(i, r) for i, r in off if not r.is_between(judge.slack)]
    if not firm:
        kink = _kink(judge, *off[0])
        bound = max(bound, max(abs(r.jump) for _, r in off) / size)
        return ArrayCheck("kink", shape, error, bound, kink=kink, numerical=numerical)
    matrix = as_matrix(shape)
    flat = [divmod(indices.index(i), matrix[1]) for i, _ in firm]
    factor = _factor(readings, judge.slack)
    kind = (
        "factor" if factor is not None and len(indices) > 1 else kind_of(flat, matrix)
    )
    index, reading = max(firm, key=lambda pair: abs(pair[1].residual))
    place = _place(judge, kind, index, reading, len(firm))
    return ArrayCheck("wrong", shape, error, bound, factor, place, numerical=numerical)

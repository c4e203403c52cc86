"""The verdict on one array: along random directions, or entry by entry."""

from contextlib import suppress
from math import hypot, sqrt

import numpy as np

from backprop_explained.check.asking import (
    LOOSE,
    UNMEASURED,
    bound_of,
    error_of,
    read_directions,
    read_entries,
    size_of,
    too_coarse,
)
from backprop_explained.check.directions import ArrayJudge, Setting, SpentError
from backprop_explained.check.numerical import relative_error
from backprop_explained.check.places import Indices, as_matrix, kind_of, locate, worst
from backprop_explained.check.slope import Reading
from backprop_explained.check.verdict import ArrayCheck, Kind, Kink, Place, Verdict
from backprop_explained.notation import Array

FEW = 16
"""Arrays up to this size are read entry by entry."""

FEW_AT_KINK = 64
"""The same, for arrays in which a kink was met."""

SAMPLES = 6
"""Entries that are looked at where a kink is met in a larger array."""

NO_FACTOR = 1e-3
"""A factor as near to 1 is none."""

BEYOND = 2.0
"""An error of so many jumps is none of a kink's."""


def check_array(setting: Setting, i: int, method: str) -> ArrayCheck:
    """The verdict on the i-th array."""
    gradient = setting.gradients[i]
    if not np.isfinite(gradient).all():
        index = tuple(int(k) for k in np.argwhere(~np.isfinite(gradient))[0])
        place = Place("entry", index, float(gradient[index]), np.nan)
        return ArrayCheck("wrong", gradient.shape, np.nan, 0.0, None, place)
    return _judged(ArrayJudge(setting, i), method)


def _judged(judge: ArrayJudge, method: str) -> ArrayCheck:
    """The verdict on an array that is finite."""
    setting, gradient = judge.setting, judge.gradient
    most = {"entries": gradient.size, "directions": 1}.get(method, FEW)
    if gradient.size <= (most if setting.locate or method == "entries" else 1):
        return _by_entries(judge)
    readings = read_directions(judge)
    off = [r for r in readings if r.is_off(judge.slack)]
    at_kink = any(r.is_kink for r in readings)
    if off and at_kink and gradient.size <= FEW_AT_KINK:
        return _by_entries(judge)
    error = error_of(readings)
    size = size_of(judge, readings)
    bound = bound_of(readings, judge.slack, size)
    at_kink = at_kink and _may_be_kink(off)
    if off and not at_kink and all(r.is_fitted for r in off):
        return ArrayCheck("undecided", gradient.shape, error, np.inf, is_doubted=True)
    if off and too_coarse(judge, readings):
        return _too_coarse(judge, readings, error)
    if not off:
        return _accepted(gradient.shape, error, bound)
    if at_kink:
        return _at_kink(judge, error, bound)
    if not setting.locate:
        return ArrayCheck("wrong", gradient.shape, error, bound)
    return _located(judge, readings, error, bound)


def _accepted(
    shape: tuple[int, ...], error: float, bound: float, numerical: Array | None = None
) -> ArrayCheck:
    """Right, or too small to measure: then no error of it would be noticed."""
    if bound <= UNMEASURED:
        return ArrayCheck("right", shape, error, bound, numerical=numerical)
    return ArrayCheck("undecided", shape, error, np.inf, numerical=numerical)


def _too_coarse(judge: ArrayJudge, readings: list[Reading], error: float) -> ArrayCheck:
    """Too small to measure; doubted where most directions are off, at no kink."""
    lines = zip(judge.lines, readings, strict=True)
    finer = [r if r.is_off(judge.slack) else judge.refined(v, r) for v, r in lines]
    off = [r for r in finer if r.is_off(judge.slack)]
    at_kink = any(r.is_kink for r in finer) or _may_be_kink(off)
    doubted = 2 * len(off) >= len(finer) and not at_kink
    shape = judge.gradient.shape
    return ArrayCheck("undecided", shape, error, np.inf, is_doubted=doubted)


def _may_be_kink(off: list[Reading]) -> bool:
    """Whether what is left over is no more than a few times what the slopes jump by."""
    residual = np.linalg.norm([r.residual for r in off])
    jump = np.linalg.norm([r.jump for r in off])
    return bool(residual <= BEYOND * jump)


def _factor(readings: list[Reading], slack: float, bound: float) -> float | None:
    """The one factor by which all slopes given differ from those measured."""
    given = np.array([r.given for r in readings])
    measured = np.array([r.measured for r in readings])
    square = float(measured @ measured)
    if square == 0:
        return None
    factor = float(given @ measured / square)
    allowed = np.array([r.tolerance for r in readings]) * max(1.0, abs(factor)) + slack
    fits = (np.abs(given - factor * measured) <= 3 * allowed).all()
    seen = np.count_nonzero(np.abs(measured) > 10 * allowed)
    is_one = abs(factor - 1) <= max(NO_FACTOR, bound) or abs(factor) <= NO_FACTOR
    return factor if fits and seen >= min(2, len(readings)) and not is_one else None


def _located(
    judge: ArrayJudge, readings: list[Reading], error: float, bound: float
) -> ArrayCheck:
    """The verdict on an array that is wrong, with the place."""
    shape = judge.gradient.shape
    every = tuple(np.arange(n) for n in as_matrix(shape))
    factor = _factor(readings, judge.slack, bound)
    judge.error = hypot(*(r.residual for r in readings)) / sqrt(len(readings))
    kind: Kind = "everything" if factor is None else "factor"
    places: list[tuple[int, int]] = []
    block = every
    try:
        if factor is None:
            kind, places, block = locate(as_matrix(shape), judge.ask)
        index, reading = _worst(judge, places, *block)
    except SpentError:
        index, reading = _worst(judge, [judge.largest(*every)], *every)
    place = _place(judge, kind, index, reading, len(places))
    return ArrayCheck("wrong", shape, error, bound, factor, place)


def _worst(
    judge: ArrayJudge, places: list[tuple[int, int]], rows: Indices, columns: Indices
) -> tuple[tuple[int, ...], Reading]:
    """The worst entry: known, or likely the largest, or else to be found."""
    index = judge.index(places[0] if places else judge.largest(rows, columns))
    reading = judge.read(judge.entry_line(index))
    if places or reading.is_off(judge.slack):
        return index, reading
    index = judge.index(worst(rows, columns, judge.ask))
    return index, judge.read(judge.entry_line(index))


def _at_kink(judge: ArrayJudge, error: float, bound: float) -> ArrayCheck:
    """The verdict on an array whose errors may be those of a kink."""
    rows, columns = (np.arange(n) for n in as_matrix(judge.gradient.shape))
    looked = {}
    with suppress(SpentError):
        for _ in range(SAMPLES):
            index = judge.index(worst(rows, columns, judge.ask))
            looked[index] = judge.read(judge.entry_line(index))
    return _kink(judge, looked, error, bound)


def _place(
    judge: ArrayJudge, kind: Kind, index: tuple[int, ...], reading: Reading, count: int
) -> Place:
    given = float(judge.gradient[index])
    return Place(kind, index, given, given + reading.residual / judge.scale, count)


def _kink(
    judge: ArrayJudge,
    looked: dict[tuple[int, ...], Reading],
    error: float,
    bound: float,
    numerical: Array | None = None,
) -> ArrayCheck:
    """A kink, if each entry that is off is a slope of it; else it is left open."""
    shape = judge.gradient.shape
    off = {i: r for i, r in looked.items() if r.is_off(judge.slack)}
    if not off:
        return ArrayCheck("undecided", shape, error, bound, numerical=numerical)
    firm = [i for i, r in off.items() if not r.is_between(judge.slack)]
    index = (firm or list(off))[0]
    reading = off[index]
    middle, half = reading.measured / judge.scale, reading.jump / judge.scale / 2
    kink = Kink(index, float(judge.gradient[index]), middle - half, middle + half)
    jumps = max(abs(r.jump) for r in off.values())
    bound = max(bound, jumps / judge.size if judge.size else np.inf)
    verdict: Verdict = "undecided" if firm else "kink"
    return ArrayCheck(verdict, shape, error, bound, kink=kink, numerical=numerical)


def _by_entries(judge: ArrayJudge) -> ArrayCheck:
    """The verdict on an array of which every entry is read."""
    gradient, shape = judge.gradient, judge.gradient.shape
    indices = list(np.ndindex(shape))
    readings = read_entries(judge, indices)
    residuals = np.array([r.residual for r in readings]).reshape(shape)
    numerical = gradient + residuals / judge.scale
    error = relative_error(gradient, numerical)
    size = max(judge.size, judge.scale * float(np.linalg.norm(numerical)))
    unseen = np.linalg.norm([r.tolerance + judge.slack for r in readings])
    bound = float(unseen / size) if size else 0.0
    pairs = zip(indices, readings, strict=True)
    off = {i: r for i, r in pairs if r.is_off(judge.slack)}
    if not off or (bound > UNMEASURED and error <= LOOSE * bound):
        return _accepted(shape, error, bound, numerical)
    if all(r.is_fitted for r in off.values()):
        return ArrayCheck(
            "undecided", shape, error, np.inf, numerical=numerical, is_doubted=True
        )
    firm = {i: r for i, r in off.items() if not r.is_between(judge.slack)}
    at_kink = any(r.is_kink for r in readings)
    if not firm or (at_kink and _may_be_kink(list(off.values()))):
        return _kink(judge, off, error, bound, numerical)
    factor = _factor(readings, judge.slack, bound)
    place = _place_of(judge, firm, "factor" if factor and len(indices) > 1 else None)
    return ArrayCheck("wrong", shape, error, bound, factor, place, numerical=numerical)


def _place_of(
    judge: ArrayJudge, off: dict[tuple[int, ...], Reading], kind: Kind | None
) -> Place:
    """Where the entries are that are off, of this kind or of the one that they make."""
    matrix = as_matrix(judge.gradient.shape)
    if kind is None:
        flat = [np.ravel_multi_index(i, judge.gradient.shape) for i in off]
        kind = kind_of([divmod(int(k), matrix[1]) for k in flat], matrix)
    index, reading = max(off.items(), key=lambda pair: abs(pair[1].residual))
    return _place(judge, kind, index, reading, len(off))

"""What a function is instead, if it is not the slope that was asked for."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backprop_explained.catalogue import ACTIVATIONS
from backprop_explained.check.measured import slopes
from backprop_explained.check.probes import RELATIVE, Probe, is_slope, least, probe
from backprop_explained.check.readings import Reading, read_both, right_names
from backprop_explained.check.subject import Subject, listed
from backprop_explained.check.ways import from_above, try_way, ways_for
from backprop_explained.notation import Array


def resemblance(
    derivative: Callable[..., Any], readings: list[Reading], points: Probe
) -> str:
    """The first likeness that holds; the surest come first."""
    return (
        a_factor(readings, points.slope)
        or _a_constant(readings)
        or _the_activation(readings[0], points.a)
        or _a_part(readings, points, wrong_at_most=1)
        or _another(derivative)
        or _a_part(readings, points, wrong_at_most=len(points.z))
        or _nothing(readings, points)
    )


def a_factor(readings: list[Reading], slope: Array) -> str:
    """By which factor a reading is off, or with which sign; else empty."""
    steepest = int(np.abs(slope).argmax())
    found = {}
    for name, values, *_ in readings:
        factor = float(values[steepest]) / (float(slope[steepest]) or math.nan)
        if factor and math.isfinite(factor) and is_slope(values, slope, factor).all():
            found[name] = factor
    if not found:
        return ""
    names = listed(found, "or")
    factor = next(iter(found.values()))
    if abs(factor + 1) <= RELATIVE:
        return f"it is the slope from {names} with the wrong sign"
    return f"it is {factor:.4g} times the slope from {names}: divide by {factor:.4g}"


def _a_constant(readings: list[Reading]) -> str:
    values = np.concatenate([reading.values for reading in readings])
    value = values[0] + 0.0  # no minus before a zero
    return f"it returns {value:.4g} for any argument" if (values == value).all() else ""


def _the_activation(from_z: Reading, a: Array) -> str:
    right = is_slope(from_z.values, a).all()
    return "it is the activation itself, not its slope" if right else ""


def _another(derivative: Callable[..., Any]) -> str:
    found = []
    for row in ACTIVATIONS.values():
        points = probe(row)
        names = right_names(read_both(derivative, points), points.slope)
        if names:
            found.append(f"{row.name}, from {listed(names, 'or')}")
    return f"it is the slope of {', and of '.join(found)}" if found else ""


def _a_part(readings: list[Reading], points: Probe, wrong_at_most: int) -> str:
    """The reading that is right at the most points; two points may be an accident."""
    telling = (np.abs(points.slope) > 10 * least(points.slope)) | (points.slope == 0)
    rights = [is_slope(reading.values, points.slope) for reading in readings]
    counts = [int((right & telling).sum()) for right in rights]
    best = int(np.argmax(counts))
    if counts[best] < 3 or (~rights[best]).sum() > wrong_at_most:
        return ""
    name, values, *_ = readings[best]
    wrong = int(np.flatnonzero(~rights[best])[0])
    return (
        f"from `{name}` it is right only where z is {_ranges(rights[best], points.z)}; "
        f"at z = {points.z[wrong]:.4g} it gives {values[wrong]:.4g}, where the slope "
        f"is {points.slope[wrong]:.4g}"
    )


def _ranges(right: NDArray[np.bool_], z: Array) -> str:
    """The runs of right points, each by its ends."""
    edges = np.flatnonzero(np.diff([False, *right.tolist(), False]))
    runs = [(z[i], z[j - 1]) for i, j in edges.reshape(-1, 2)]
    return " or ".join(
        f"{low:.4g}" if low == high else f"{low:.4g} to {high:.4g}"
        for low, high in runs
    )


def _nothing(readings: list[Reading], points: Probe) -> str:
    i = int(np.abs(points.slope).argmax())
    gives = " and ".join(f"{r.values[i]:.4g} from `{r.name}`" for r in readings)
    return (
        f"at z = {points.z[i]:.4g}, a = {points.a[i]:.4g}, where the slope is "
        f"{points.slope[i]:.4g}, it gives {gives}"
    )


def layer_resemblance(
    subject: Subject, forward: Callable[..., Any], points: Probe
) -> str:
    """What a layer does to what comes from above, instead of the slope."""
    ways = [w for w in ways_for(len(subject.names), True) if w.multiplies]
    above = from_above(points.z)
    for way in ways:
        values = try_way(subject, way, points).values
        if not np.isfinite(values).any():
            continue
        if is_slope(values, above).all():
            return "it returns what comes from above unchanged: the slope is missing"
        if is_slope(values, points.slope).all():
            return "it returns the slope alone: multiply it by what comes from above"
        if is_slope(values, above * points.slope**2).all():
            return "it multiplies by the slope twice"
        at_output, known = slopes(forward, points.a)
        if known.all() and is_slope(values, above * at_output).all():
            return "it takes the slope at the output: `a` where `z` belongs"
        reading = Reading("z", values / above)
        told = a_factor([reading], points.slope).replace(" from `z`", "")
        if told:
            return told
    return ""

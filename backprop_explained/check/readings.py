"""What a function written by anyone returns for `z`, and for `a`."""

import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.check.probes import Probe, is_slope
from backprop_explained.notation import Array, as_array


class Reading(NamedTuple):
    """What a derivative returned when it was handed one of the two arguments."""

    name: str
    values: Array  # NaN where it raised
    changed: bool = False
    error: Exception | None = None


class _ShapeError(ValueError):
    """The derivative ran, and returned another shape: no other way in would help."""


def read_both(derivative: Callable[..., Any], points: Probe) -> list[Reading]:
    """Hand over `z`, then `a`; that one of them fails tells them apart as well."""
    return [_read(derivative, "z", points.z), _read(derivative, "a", points.a)]


def right_names(readings: list[Reading], slope: Array) -> tuple[str, ...]:
    """The arguments, of `z` and `a`, for which the slope is what came back."""
    return tuple(r.name for r in readings if is_slope(r.values, slope).all())


def insist_on_a_number(readings: list[Reading]) -> None:
    """Refuse a function from which neither argument drew a single number."""
    if any(np.isfinite(reading.values).any() for reading in readings):
        return
    error = readings[0].error or readings[1].error
    raise ValueError(
        str(error)
        if error
        else "derivative must return a finite slope, but returned "
        f"{readings[0].values[0]} for every argument; try it on 0.5"
    ) from error


# ---- calling what somebody else wrote


def _read(derivative: Callable[..., Any], name: str, v: Array) -> Reading:
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # of its own errstate
            return Reading(name, *_call(derivative, v))
    except ValueError as error:
        return Reading(name, np.full_like(v, np.nan), error=error)


def _call(derivative: Callable[..., Any], v: Array) -> tuple[Array, bool]:
    """Try each way of calling it, until one works: the values, and if it wrote."""
    errors: list[Exception] = []
    for way in (_as_vector, _as_matrix, _one_by_one, _as_list):
        try:
            values, changed = way(derivative, v)
        except Exception as error:  # anybody's code may raise anything
            errors.append(error)
        else:
            return values.astype(np.float64), changed  # a copy: it may reuse its own
        shape_errors = [error for error in errors if isinstance(error, _ShapeError)]
        if way is _as_matrix and shape_errors:
            raise shape_errors[0]  # of one number, a sum would pass as a slope
    raise ValueError(_message(errors)) from errors[0]


def _message(errors: list[Exception]) -> str:
    on_array, on_number = (f"{type(e).__name__}: {e}" for e in (errors[0], errors[2]))
    message = f"derivative must turn one argument into slopes, but failed: {on_array}"
    if on_number != on_array:
        message += f" (given an array), {on_number} (given one number)"
    return message + "; if it needs more, wrap it: lambda v: your_function(v, ...)"


def _as_vector(derivative: Callable[..., Any], v: Array) -> tuple[Array, bool]:
    given = v.copy()
    values = _returned(derivative(given), given, v)
    if values.ndim == 0:
        values = _broadcast(derivative, values, v)
    return _of_shape(values, v), _differ(given, v)


def _as_matrix(derivative: Callable[..., Any], v: Array) -> tuple[Array, bool]:
    """Two equal rows: one alone would hide a sum over the rows."""
    rows = np.stack([v, v])
    given = rows.copy()
    values = _of_shape(_returned(derivative(given), given, rows), rows)
    return values[0], _differ(given, rows)


def _one_by_one(derivative: Callable[..., Any], v: Array) -> tuple[Array, bool]:
    """One number at a time; where a single one fails, as sqrt(-1) does, it is NaN."""
    values = np.full_like(v, np.nan)
    errors = []
    for i, number in enumerate(v.tolist()):
        try:
            values[i] = _of_shape(_returned(derivative(number), number, v[i]), v[i])
        except Exception as error:
            errors.append(error)
    if len(errors) == len(v):
        raise errors[0]
    return values, False


def _as_list(derivative: Callable[..., Any], v: Array) -> tuple[Array, bool]:
    given = v.tolist()
    values = _returned(derivative(given), given, v)
    return _of_shape(values, v), _differ(np.array(given), v)


def _returned(result: Any, given: Any, v: Array | np.float64) -> Array:
    """The slopes; one that returns nothing has left them in its argument."""
    if result is None and _differ(np.asarray(given), v):
        return np.array(given)
    if result is None:
        raise TypeError("it returned None; end it with a return")
    return as_array(result, "what it returns")


def _broadcast(derivative: Callable[..., Any], values: Array, v: Array) -> Array:
    """One number for an array is a constant, unless other arguments give others."""
    singles = [np.asarray(derivative(np.array([number]))) for number in v]
    constant = all(_same_number(single, values) for single in singles)
    return np.full_like(v, values) if constant else values


def _same_number(single: Array, value: Array) -> bool:
    return single.size == 1 and np.array_equal(single.item(), value, equal_nan=True)


def _of_shape(values: Array, v: Array | np.float64) -> Array:
    if values.shape != v.shape:
        raise _ShapeError(
            f"derivative must return one slope for each entry, but returned shape "
            f"{values.shape} for an argument of shape {v.shape}; leave sums and "
            "products with other arrays out of it"
        )
    return values


def _differ(given: Array, v: Array | np.float64) -> bool:
    return not np.array_equal(given, v, equal_nan=True)

"""What a function written by anyone returns for `z`, and for `a`."""

import sys
import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.check.probes import Probe, is_slope
from backprop_explained.notation import Array, as_array


class Reading(NamedTuple):
    """What a derivative returned when it was handed one of its arguments."""

    name: str
    values: Array  # NaN where it raised
    changed: bool = False
    error: Exception | None = None


class FailedError(ValueError):
    """The derivative raised, however it was called: what it raised is the cause."""


class _ShapeError(ValueError):
    """The derivative ran, and returned another shape: no other way in would help."""


def read_both(derivative: Callable[..., Any], points: Probe) -> list[Reading]:
    """Hand over `z`, then `a`; that one of them fails tells them apart as well."""
    return [read(derivative, "z", points.z), read(derivative, "a", points.a)]


def right_names(readings: list[Reading], slope: Array) -> tuple[str, ...]:
    """The arguments, of `z` and `a`, for which the slope is what came back."""
    return tuple(r.name for r in readings if is_slope(r.values, slope).all())


def insist_on_a_number(readings: list[Reading]) -> None:
    """Refuse a function from which neither argument drew a single number."""
    if any(np.isfinite(reading.values).any() for reading in readings):
        return
    if error := next((r.error for r in readings if r.error), None):
        raise error
    raise ValueError(
        "derivative must return a finite slope, but returned "
        f"{readings[0].values[0]} for every argument; try it on 0.5"
    )


# ---- calling what somebody else wrote


def read(
    derivative: Callable[..., Any], name: str, v: Array, role: str = "derivative"
) -> Reading:
    """Hand over one array, in each way in which it may want it."""
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # of its own errstate
            return Reading(name, *_call(derivative, v, role))
    except ValueError as error:
        return Reading(name, np.full_like(v, np.nan), error=error)


def _call(derivative: Callable[..., Any], v: Array, role: str) -> tuple[Array, bool]:
    """Try each way of calling it, until one works: the values, and if it wrote."""
    errors: list[Exception] = []
    for way in (_as_vector, _as_matrix, _one_by_one, _as_list, _as_tensor):
        try:
            values, changed = way(derivative, v)
        except Exception as error:  # anybody's code may raise anything
            errors.append(error)
        else:
            return values.astype(np.float64), changed  # a copy: it may reuse its own
        shape_errors = [error for error in errors if isinstance(error, _ShapeError)]
        if way is _as_matrix and shape_errors:  # of one number, a sum would pass
            raise ValueError(f"{role} {shape_errors[0]}")
    kind = ValueError if isinstance(errors[0], _ShapeError) else FailedError
    raise kind(_message(errors, role)) from errors[0]


def _message(errors: list[Exception], role: str) -> str:
    on_array, on_number = (said(error) for error in (errors[0], errors[2]))
    message = f"{role} failed: {on_array}"
    if on_number != on_array:
        message += f" (given an array), {on_number} (given one number)"
    return message


def said(error: BaseException) -> str:
    """An error as a traceback ends."""
    if isinstance(error, _ShapeError):
        return f"it {error}"
    return f"{type(error).__name__}: {error}"


def _whole(
    derivative: Callable[..., Any], given: Any, v: Array, *, is_vector: bool = False
) -> tuple[Array, bool]:
    """All of it in one call."""
    values = _returned(derivative(given), given, v)
    if is_vector and values.ndim == 0:
        values = _broadcast(derivative, values, v)
    return _of_shape(values, v), _differ(np.asarray(given), v)


def _as_vector(derivative: Callable[..., Any], v: Array) -> tuple[Array, bool]:
    return _whole(derivative, v.copy(), v, is_vector=True)


def _as_matrix(derivative: Callable[..., Any], v: Array) -> tuple[Array, bool]:
    """Two equal rows: one alone would hide a sum over the rows."""
    rows = np.stack([v, v])
    values, changed = _whole(derivative, rows.copy(), rows)
    return values[0], changed


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
    return _whole(derivative, v.tolist(), v)


def _as_tensor(derivative: Callable[..., Any], v: Array) -> tuple[Array, bool]:
    """For functions of PyTorch's tensors, where somebody has imported PyTorch."""
    torch: Any = sys.modules.get("torch")
    if torch is None:
        raise TypeError("it takes no array, no number and no list")
    return _whole(lambda t: derivative(t).detach().numpy(), torch.tensor(v), v)


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
            f"must return one number for each entry, but returned shape "
            f"{values.shape} for an argument of shape {v.shape}; leave sums and "
            "products with other arrays out of it"
        )
    return values


def _differ(given: Array, v: Array | np.float64) -> bool:
    return not np.array_equal(given, v, equal_nan=True)

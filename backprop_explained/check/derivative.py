"""Tells which argument a derivative takes: the pre-activation `z` or the output `a`.

The function is called with both, at the same points, and each result is compared with
the slope that the activation has there.  Its source is never read, so any function
written by anyone can be judged.
"""

import math
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from backprop_explained.activations import SIGMOID, Activation, sigmoid
from backprop_explained.catalogue import ACTIVATIONS
from backprop_explained.notation import Array, as_array

PROBES = (
    *(-7.57, -4.27, -3.41, -2.57, -1.83, -1.41, -0.91, -0.49),
    *(0.53, 0.87, 1.37, 1.91, 2.63, 3.47, 4.19, 7.43),
)
"""Where an activation defined everywhere is asked.

Away from the points at which the right and a wrong reading give one number: for the
sigmoid z ≈ 0.659046 (both wrong readings), 0.401058 (z(1-z)) and -0.401058 (σ'(a)),
for tanh z = 0.  Not symmetric, so that an even and an odd function are told apart.  Far
enough out for ReLU6's kink, near enough for 1-a² to have digits left in float32.
"""

RELATIVE = 2e-3
"""The relative error up to which a slope is right.

Below |z| = 5, float32 loses up to 1e-4 of tanh's 1-a², and a one-sided difference with
a step of 1e-3 is off by up to 1e-3 of it.  A mistake of 1 % is five times as large as
this.
"""

ABSOLUTE = 1e-6
"""The error that is right wherever the slope itself is next to nothing.

Some sixteen roundings of a float32 number near 1, for 1-a² far out has no more digits.
"""

CLEARANCE = 0.05
"""How far a probe stays from a kink: more than the step of anybody's difference."""

BEYOND_KINK = 0.7
"""Each kink gets a probe on either side, this far off, wherever it lies."""


class Argument(Enum):
    """What a derivative has to be given.

    Attributes
    ----------
    PRE_ACTIVATION : str
        `"z"`: pass the pre-activation.
    OUTPUT : str
        `"a"`: pass the output.
    EITHER : str
        `"either"`: both give the same slope, as for relu.
    NEITHER : str
        `"neither"`: it is not the slope of this activation.

    Examples
    --------
    >>> Argument.OUTPUT.value
    'a'
    """

    PRE_ACTIVATION = "z"
    OUTPUT = "a"
    EITHER = "either"
    NEITHER = "neither"


@dataclass(frozen=True)
class ArgumentVerdict:
    """What a derivative takes; it prints as a sentence that says what to pass.

    Attributes
    ----------
    argument : Argument
        `PRE_ACTIVATION`, `OUTPUT`, `EITHER` or `NEITHER`.
    activation : str
        The name of the activation whose slope was expected.
    resembles : str
        For `NEITHER`: what the function does instead; else empty.
    changes_argument : bool
        Whether it writes to the array or list that it is handed.

    Examples
    --------
    >>> verdict = derivative_argument(lambda v: v * (1 - v))
    >>> verdict.argument
    <Argument.OUTPUT: 'a'>
    >>> print(verdict)
    takes the output: pass `a`, not `z`
    """

    argument: Argument
    activation: str
    resembles: str = ""
    changes_argument: bool = False

    def __str__(self) -> str:
        sentence = {
            Argument.PRE_ACTIVATION: "takes the pre-activation: pass `z`, not `a`",
            Argument.OUTPUT: "takes the output: pass `a`, not `z`",
            Argument.EITHER: "takes either: `z` and `a` give the same slope of "
            + self.activation,
            Argument.NEITHER: f"takes neither: not the slope of {self.activation}, "
            f"from `z` or from `a`; {self.resembles}",
        }[self.argument]
        if self.changes_argument:
            sentence += "; it changes its argument in place: pass a copy"
        return sentence


def derivative_argument(
    derivative: Callable[..., Any], activation: Activation = SIGMOID
) -> ArgumentVerdict:
    r"""Tell whether a derivative takes `z` or the output, by calling it with both.

    Parameters
    ----------
    derivative : callable
        One argument in, as many slopes out.  It may take arrays, lists, or one number
        at a time, and may write to its argument: it is handed copies.  A flag goes
        through a lambda: `lambda v: nonlin(v, deriv=True)`.
    activation : Activation
        Whose slope it should be: a row of `ACTIVATIONS`, or your own from
        [make_activation][backprop_explained.make_activation].

    Returns
    -------
    ArgumentVerdict
        Print it; or read `.argument`.

    Raises
    ------
    TypeError
        If `derivative` cannot be called, or `activation` is not an `Activation`.
    ValueError
        If `derivative` raises, returns another shape than it was given, or returns no
        number at all, whichever argument it is handed; or if the activation has no
        finite slope where it is asked: its `domain` is then too wide.

    Notes
    -----
    | what is recognised | verdict |
    |---|---|
    | $\sigma'(z)$, in any way of writing | `PRE_ACTIVATION` |
    | $a\,(1 - a)$, in any way of writing | `OUTPUT` |
    | a slope that both readings give (relu's, the identity's) | `EITHER` |
    | the slope times a constant, or with the wrong sign | `NEITHER`, and the factor |
    | one number, whatever it is given | `NEITHER`, and the number |
    | the activation itself | `NEITHER`, and so it says |
    | the slope of another activation of the catalogue | `NEITHER`, and whose |
    | the slope on a part of the range | `NEITHER`, and which part |

    A slope counts as right up to 2e-3 of its size, so float32 code and differences
    pass, and a mistake of 1 % does not.  It is read at some 16 points, most of
    them with |z| below 8: what happens only between them or further out is not seen,
    nor is the value at a kink.  Random or remembered results are not looked for.

    Source: the definition. A function takes `z` if it returns the slope when given `z`.

    Examples
    --------
    >>> import math
    >>> def sigmoid_prime(z):
    ...     s = 1 / (1 + math.exp(-z))
    ...     return s * (1 - s)
    >>> print(derivative_argument(sigmoid_prime))
    takes the pre-activation: pass `z`, not `a`
    >>> print(derivative_argument(lambda v: v > 0, ACTIVATIONS["relu"]))
    takes either: `z` and `a` give the same slope of relu
    >>> print(derivative_argument(lambda v: v * (v - 1)))
    takes neither: ... it is the slope from `a` with the wrong sign
    >>> print(derivative_argument(lambda v: 1 - v**2))
    takes neither: ... it is the slope of tanh, from `a`
    >>> derivative_argument(0.25)
    Traceback (most recent call last):
    TypeError: derivative must be a function of one argument, not 0.25; pass the ...
    """
    if not callable(derivative):
        raise TypeError(
            f"derivative must be a function of one argument, not {derivative!r}; "
            "pass the function itself, without calling it"
        )
    if not isinstance(activation, Activation):
        raise TypeError(
            f"activation must be an Activation, not {activation!r}; "
            'try ACTIVATIONS["tanh"], or make_activation for your own'
        )
    points = probe(activation)
    readings = _read_both(derivative, points)
    argument = _argument(readings, points.slope)
    resembles = ""
    if argument is Argument.NEITHER:
        resembles = _resembles(derivative, readings, points)
    changed = any(reading.changed for reading in readings)
    return ArgumentVerdict(argument, activation.name, resembles, changed)


# ---- where to ask


class Probe(NamedTuple):
    """The points at which an activation is asked, and the right answers.

    Attributes
    ----------
    z : ndarray of shape (n,)
        Pre-activations, in ascending order.
    a : ndarray of shape (n,)
        The outputs there.
    slope : ndarray of shape (n,)
        The slopes there: what a derivative should return for `z`, or for `a`.

    Examples
    --------
    >>> z, a, slope = probe(SIGMOID)
    >>> bool((slope == a * (1 - a)).all())
    True
    """

    z: Array
    a: Array
    slope: Array


def probe(activation: Activation) -> Probe:
    """The points of an activation: inside its domain, away from its kinks.

    Parameters
    ----------
    activation : Activation
        Its `domain` and `kinks` have to be right.

    Returns
    -------
    Probe
        `PROBES`, carried into the domain; and two points about each kink.

    Raises
    ------
    ValueError
        If no point is left, or an output or a slope is not finite.

    Examples
    --------
    >>> bool((abs(probe(ACTIVATIONS["relu"]).z) > CLEARANCE).all())
    True
    """
    z = np.array([z for z in _candidates(activation) if _is_clear(z, activation)])
    a = np.array(activation.function(z.copy()), dtype=np.float64)
    slope = np.array(activation.slope(z.copy(), a.copy()), dtype=np.float64)
    if z.size == 0 or not np.isfinite([a, slope]).all():
        raise ValueError(
            f"{activation.name} must have a finite slope inside its domain "
            f"{activation.domain}; state the domain and the kinks of the activation"
        )
    return Probe(z, a, slope)


def _candidates(activation: Activation) -> list[float]:
    """The usual points, carried into the domain; and two about each kink."""
    low, high = activation.domain
    usual = np.array(PROBES)
    if math.isfinite(low) and math.isfinite(high):
        usual = low + (high - low) * sigmoid(usual / 2)
    elif math.isfinite(low):
        usual = low + np.exp(usual / 2)
    elif math.isfinite(high):
        usual = high - np.exp(-usual / 2)
    about = [k + side for k in activation.kinks for side in (-BEYOND_KINK, BEYOND_KINK)]
    return sorted({*usual.tolist(), *about})


def _is_clear(z: float, activation: Activation) -> bool:
    low, high = activation.domain
    clearance = min(CLEARANCE, (high - low) / 100)
    return low < z < high and all(abs(z - k) > clearance for k in activation.kinks)


# ---- calling what somebody else wrote


class _Reading(NamedTuple):
    """What a derivative returned when it was handed one of the two arguments."""

    name: str
    values: Array  # NaN where it raised
    changed: bool = False
    error: Exception | None = None


class _ShapeError(ValueError):
    """The derivative ran, and returned another shape: no other way in would help."""


def _read_both(derivative: Callable[..., Any], points: Probe) -> list[_Reading]:
    """Hand over `z`, then `a`; that one of them fails tells them apart as well."""
    readings = [_read(derivative, "z", points.z), _read(derivative, "a", points.a)]
    if any(np.isfinite(reading.values).any() for reading in readings):
        return readings
    error = readings[0].error or readings[1].error
    raise ValueError(
        str(error)
        if error
        else "derivative must return a finite slope, but returned "
        f"{readings[0].values[0]} for every argument; try it on 0.5"
    ) from error


def _read(derivative: Callable[..., Any], name: str, v: Array) -> _Reading:
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # of its own errstate
            return _Reading(name, *_call(derivative, v))
    except ValueError as error:
        return _Reading(name, np.full_like(v, np.nan), error=error)


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
        if way is _as_matrix:  # of one number, a sum would pass as a slope
            _raise_shape_error(errors)
    raise ValueError(_failure(errors)) from errors[0]


def _raise_shape_error(errors: list[Exception]) -> None:
    for error in errors:
        if isinstance(error, _ShapeError):
            raise error


def _failure(errors: list[Exception]) -> str:
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


# ---- judging


def _right(values: Array, slope: Array, factor: float = 1.0) -> NDArray[np.bool_]:
    """Where the values are the slope, times a factor."""
    allowed = RELATIVE * np.abs(slope) + _floor(slope)
    return np.asarray(np.abs(values - factor * slope) <= abs(factor) * allowed)


def _floor(slope: Array) -> float:
    return ABSOLUTE * min(1.0, float(np.abs(slope).max()))


def _argument(readings: list[_Reading], slope: Array) -> Argument:
    from_z, from_a = (bool(_right(r.values, slope).all()) for r in readings)
    return {
        (True, True): Argument.EITHER,
        (True, False): Argument.PRE_ACTIVATION,
        (False, True): Argument.OUTPUT,
        (False, False): Argument.NEITHER,
    }[from_z, from_a]


# ---- what a wrong one does instead


def _resembles(
    derivative: Callable[..., Any], readings: list[_Reading], points: Probe
) -> str:
    """The first likeness that holds; the surest come first."""
    return (
        _a_factor(readings, points.slope)
        or _a_constant(readings)
        or _the_activation(readings[0], points.a)
        or _a_part(readings, points, wrong_at_most=1)
        or _another(derivative)
        or _a_part(readings, points, wrong_at_most=len(points.z))
        or _nothing(readings, points)
    )


def _a_factor(readings: list[_Reading], slope: Array) -> str:
    steepest = int(np.abs(slope).argmax())
    found = {}
    for name, values, *_ in readings:
        factor = float(values[steepest]) / (float(slope[steepest]) or math.nan)
        if factor and math.isfinite(factor) and _right(values, slope, factor).all():
            found[name] = factor
    if not found:
        return ""
    names = " or ".join(f"`{name}`" for name in found)
    factor = next(iter(found.values()))
    if abs(factor + 1) <= RELATIVE:
        return f"it is the slope from {names} with the wrong sign"
    return f"it is {factor:.4g} times the slope from {names}: divide by {factor:.4g}"


def _a_constant(readings: list[_Reading]) -> str:
    values = np.concatenate([reading.values for reading in readings])
    value = values[0] + 0.0  # no minus before a zero
    return f"it returns {value:.4g} for any argument" if (values == value).all() else ""


def _the_activation(from_z: _Reading, a: Array) -> str:
    right = _right(from_z.values, a).all()
    return "it is the activation itself, not its slope" if right else ""


def _another(derivative: Callable[..., Any]) -> str:
    found = [
        text for row in ACTIVATIONS.values() for text in _slope_of(derivative, row)
    ]
    return f"it is the slope of {', and of '.join(found)}" if found else ""


def _slope_of(derivative: Callable[..., Any], row: Activation) -> Iterator[str]:
    points = probe(row)
    readings = [_read(derivative, "z", points.z), _read(derivative, "a", points.a)]
    argument = _argument(readings, points.slope)
    if argument is Argument.EITHER:
        yield f"{row.name}, from `z` or `a`"
    elif argument is not Argument.NEITHER:
        yield f"{row.name}, from `{argument.value}`"


def _a_part(readings: list[_Reading], points: Probe, wrong_at_most: int) -> str:
    """The reading that is right at the most points; two points may be an accident."""
    telling = (np.abs(points.slope) > 10 * _floor(points.slope)) | (points.slope == 0)
    rights = [_right(reading.values, points.slope) for reading in readings]
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


def _nothing(readings: list[_Reading], points: Probe) -> str:
    i = int(np.abs(points.slope).argmax())
    gives = " and ".join(f"{r.values[i]:.4g} from `{r.name}`" for r in readings)
    return (
        f"at z = {points.z[i]:.4g}, a = {points.a[i]:.4g}, where the slope is "
        f"{points.slope[i]:.4g}, it gives {gives}"
    )

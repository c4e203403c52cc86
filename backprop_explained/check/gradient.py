r"""Is this gradient right?  Ask the cost itself, by central differences.

$$\frac{\partial C}{\partial w} \approx \frac{C(w + h) - C(w - h)}{2h}$$

Nothing here knows how a network works: a judge may not lean on the accused.  Only the
cost is called, so any network written by anyone can be checked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from backprop_explained._progress import progress
from backprop_explained.notation import Array, as_array, finite_array

STEP = float(np.finfo(np.float64).eps ** (1 / 3))
"""The default step of a difference, relative to the parameter: 6.1e-6.

The formula errs by about h² and rounding by about ε/h; the cube root of ε makes the two
equal (Press et al., *Numerical Recipes*, section 5.7).
"""

RIGHT = 1e-6
"""A relative error up to here passes.

CS231n's notes on checking gradients call 1e-7 and less a reason to be happy, and 1e-4
too high where no kink is near; 1e-6 leaves room for deep or wide networks between them.
"""

WRONG = 1e-4
"""A relative error above this is wrong; between the two it is doubtful.

CS231n accepts up to 1e-4 where the cost has kinks, and no more.
"""

NOISE = 10
"""How many roundings of the cost, over 2h, a difference is trusted to carry."""

IMPRECISE = 1e-2
"""Up to here an error may be the formula's, where the cost bends sharply."""

LONGER = (2, 4, 8)
"""Steps, in steps, at which an entry that looks wrong is measured again.

The formula's error grows with the square of the step and that of rounding shrinks with
it, so what is left at every step, beyond the spread of the results, is the gradient's.
"""


def numerical_gradient(
    f: Callable[[Array], Any], x: ArrayLike, step: float = STEP
) -> Array:
    """The gradient of a function of an array, by central differences.

    Parameters
    ----------
    f : callable
        Takes an array of the shape of `x`, returns one number.
    x : array_like of any shape
        Where to take the gradient; used in float64, and never changed.
    step : float
        The step, relative to each entry, or absolute for entries below 1.

    Returns
    -------
    ndarray of the shape of `x`
        One slope an entry, at a price of two calls of `f` an entry.

    Raises
    ------
    TypeError
        If `f` cannot be called, or `x` is not made of real numbers.
    ValueError
        If `f` returns no single finite number, `x` is NaN or infinite anywhere, or
        `step` is not above 0.

    Examples
    --------
    >>> numerical_gradient(lambda x: (x**2).sum(), [1.0, -3.0]).round(6)
    array([ 2., -6.])
    """
    if not callable(f):
        raise TypeError(f"f must be a function of an array, not {f!r}")
    if not (np.isfinite(step) and step > 0):
        raise ValueError(f"step must be above 0 and finite, not {step}; try {STEP:.1e}")
    x = _parameter(x, "x")
    gradient = np.empty_like(x)
    for i in progress(list(np.ndindex(x.shape)), "central differences"):
        gradient[i] = _difference(f, x, i, step)
    return gradient


def _difference(
    f: Callable[[Array], Any], x: Array, i: tuple[int, ...], step: float
) -> float:
    """The slope of `f` in one entry of `x`."""
    up, down = x.copy(), x.copy()
    h = step * max(1.0, abs(float(x[i])))
    up[i] += h
    down[i] -= h
    width = float(up[i] - down[i])  # what the two really differ by, after rounding
    return (_number(f(up)) - _number(f(down))) / width


def _parameter(value: ArrayLike, name: str) -> Array:
    """A finite float64 array of any shape, the caller's own left alone."""
    array = as_array(value, name)
    if array.ndim == 0:
        return _parameter(array[np.newaxis], name)[0, ...]
    axes = "(" + "".join(f"n_{axis}," for axis in range(array.ndim)) + ")"
    return finite_array(array, name, axes).astype(np.float64)


def _number(value: Any) -> float:
    """The one finite number that a cost has to be."""
    array = as_array(value, "the cost")
    if array.size != 1:
        raise ValueError(
            f"the cost must be one number, but has shape {array.shape}; sum it"
        )
    if not np.isfinite(array).all():
        raise ValueError(
            f"the cost must be finite, but is {array.item()}; "
            "start from smaller parameters"
        )
    return float(array.item())


def relative_error(actual: ArrayLike, expected: ArrayLike) -> float:
    r"""How far apart two arrays are: $\|u - v\| / (\|u\| + \|v\|)$.

    Parameters
    ----------
    actual, expected : array_like of equal shape
        The order does not matter.

    Returns
    -------
    float
        0 for equal arrays (also if both are 0), 1 for opposite ones or where one is 0,
        NaN if an entry is NaN or infinite.

    Raises
    ------
    TypeError
        If an entry is not a real number.
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> relative_error([3.0, 4.0], [3.0, 4.0])
    0.0
    >>> round(relative_error([1.001], [1.0]), 6)
    0.0005
    """
    u, v = as_array(actual, "actual"), as_array(expected, "expected")
    if u.shape != v.shape:
        raise ValueError(
            f"actual has shape {u.shape}, but expected has shape {v.shape}; "
            "compare arrays of one shape"
        )
    largest = np.maximum(np.abs(u).max(initial=0), np.abs(v).max(initial=0))
    if largest == 0:
        return 0.0
    if not np.isfinite(largest):
        return float("nan")
    u, v = u / largest, v / largest  # so that no square overflows
    return float(np.linalg.norm(u - v) / (np.linalg.norm(u) + np.linalg.norm(v)))


class Worst(NamedTuple):
    """The entry of an array that differs most from the central difference.

    Attributes
    ----------
    entry : tuple of int
        Its indices in the array.
    given : float
        What the gradient says there.
    numerical : float
        What the central difference says there.

    Examples
    --------
    >>> W = np.array([[1.0, -2.0]])
    >>> check = check_gradients(lambda p: (p[0] ** 2).sum(), [W], [[[2.0, -4.1]]])
    >>> print(check.worst[0])
    worst at [0, 1]: -4.1, but the difference says -4
    """

    entry: tuple[int, ...]
    given: float
    numerical: float

    def __str__(self) -> str:
        where = ", ".join(map(str, self.entry))
        place = f"at [{where}]" if self.entry else "in its one entry"
        return (
            f"worst {place}: {self.given:.6g}, "
            f"but the difference says {self.numerical:.6g}"
        )


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """The verdict on a gradient: true if it is right, and it prints as a table.

    Attributes
    ----------
    errors : tuple of float
        The relative error of each array against central differences.
    verdicts : tuple of str
        For each array: "right", "doubtful" (only a kink nearby excuses it, or a cost
        that bends too sharply for the step), "wrong", or "too small" (its differences
        drown in the rounding of the cost).
    shapes : tuple of tuples of int
        The shape of each array.
    numerical : tuple of ndarray
        The central differences.
    worst : tuple of Worst
        For each array, the entry that differs most; printed where it is not right.

    Examples
    --------
    >>> check = check_gradients(lambda p: (p[0] ** 2).sum(), [[3.0]], [[6.0]])
    >>> bool(check), check.verdicts
    (True, ('right',))
    """

    errors: tuple[float, ...]
    verdicts: tuple[str, ...]
    shapes: tuple[tuple[int, ...], ...]
    numerical: tuple[Array, ...]
    worst: tuple[Worst, ...]

    @property
    def passed(self) -> bool:
        """Whether no array is wrong or doubtful, and at least one is right."""
        return set(self.verdicts) <= {"right", "too small"} and "right" in self.verdicts

    def __bool__(self) -> bool:
        return self.passed

    def __str__(self) -> str:
        rows = []
        for i, (shape, error, verdict, worst) in enumerate(
            zip(self.shapes, self.errors, self.verdicts, self.worst, strict=True), 1
        ):
            row = f"  array {i}  {shape!s:<10} relative error {error:.1e}  {verdict}"
            rows.append(row if verdict == "right" else f"{row}\n    {worst}")
        return "\n".join([f"gradient check: {self._summary()}", *rows])

    def _summary(self) -> str:
        if self.passed:
            return "right"
        if all(not numerical.any() for numerical in self.numerical) and (
            "wrong" in self.verdicts
        ):
            return "wrong, or the cost does not read the parameters it is given"
        for verdict in ("wrong", "doubtful"):
            arrays = [str(i) for i, v in enumerate(self.verdicts, 1) if v == verdict]
            if arrays:
                return f"{verdict} in array {', '.join(arrays)} of {len(self.errors)}"
        return "undecided: every slope is too small to measure"


def check_gradients(
    cost: Callable[[list[Array]], Any],
    parameters: Sequence[ArrayLike],
    gradients: Sequence[ArrayLike],
    step: float = STEP,
) -> GradientCheck:
    """Check the gradients of any network against central differences of its cost.

    Parameters
    ----------
    cost : callable
        `cost(parameters)` returns one number.  It has to use the arrays it is handed.
    parameters : sequence of array_like of any shape
        Where the gradients were taken, such as `[W1, b1, W2, b2]`; never changed.
    gradients : sequence of array_like of the same shapes
        One array for each parameter, of its shape.
    step : float
        As in [numerical_gradient][backprop_explained.numerical_gradient].

    Returns
    -------
    GradientCheck
        True if right; print it for the error of each array.  An error up to 1e-6 is
        right, above 1e-4 wrong.  The same goes for each entry: among 2,000 entries
        a wrong one is lost in the error of the array.

    Raises
    ------
    TypeError
        If `cost` cannot be called, or an entry is not a real number.
    ValueError
        If lengths or shapes differ, a parameter is NaN or infinite, or the cost is not
        one finite number.

    Notes
    -----
    The thresholds are a little stricter than those of CS231n, *Neural networks part
    3*, "Gradient checks".
    A gradient that holds NaN or infinity is wrong.  An entry that differs by no more
    than the rounding of the cost explains, or than differences of longer steps differ
    among themselves, is not held against the gradient.

    Examples
    --------
    >>> def cost(parameters):
    ...     (W,) = parameters
    ...     return (W**2).sum()
    >>> W = np.array([[1.0, -2.0]])
    >>> print(check_gradients(cost, [W], [W]))
    gradient check: wrong in array 1 of 1
      array 1  (1, 2)     relative error 3.3e-01  wrong
        worst at [0, 1]: -2, but the difference says -4
    >>> check_gradients(cost, [W], [2 * W]).passed
    True
    """
    if not callable(cost):
        raise TypeError(f"cost must be a function of the parameters, not {cost!r}")
    points = _arrays(parameters, "parameters", finite=True)
    slopes = _arrays(gradients, "gradients", finite=False)
    if len(points) != len(slopes):
        raise ValueError(
            f"there are {len(points)} parameters but {len(slopes)} gradients; "
            "give one gradient for each parameter"
        )
    for i, (point, slope) in enumerate(zip(points, slopes, strict=True), 1):
        if point.shape != slope.shape:
            raise ValueError(
                f"array {i}: the parameter has shape {point.shape}, but its gradient "
                f"{slope.shape}; both must be equal"
            )
    size = abs(_number(cost([point.copy() for point in points])))
    functions = [partial(_cost_of, cost, points, i) for i in range(len(points))]
    errors, verdicts, numerical, worst = zip(
        *(
            _check_array(f, point, slope, step, size)
            for f, point, slope in zip(functions, points, slopes, strict=True)
        ),
        strict=True,
    )
    shapes = tuple(point.shape for point in points)
    return GradientCheck(errors, verdicts, shapes, numerical, worst)


def _check_array(
    f: Callable[[Array], Any], x: Array, slope: Array, step: float, size: float
) -> tuple[float, str, Array, Worst]:
    """The error of one array, its verdict, the differences, and the worst entry."""
    difference = numerical_gradient(f, x, step)
    noise = float(NOISE * np.finfo(np.float64).eps * size / (2 * step))
    error = relative_error(slope, difference)
    verdict = _verdict(error, slope, difference, noise)
    gaps = np.abs(slope - difference)
    if verdict != "too small" and error <= IMPRECISE:
        off = _entries_off(f, x, slope, difference, step, noise)
        # what no entry holds against it, the differences themselves may explain
        verdict = "right" if error <= WRONG else "doubtful"
        if off.any():
            gaps = np.where(off, gaps, -1.0)
            ratios = gaps[off] / (np.abs(slope) + np.abs(difference))[off]
            verdict = "doubtful" if ratios.max() <= WRONG else "wrong"
    flat = int(np.where(np.isnan(gaps), np.inf, gaps).argmax())
    i = tuple(int(k) for k in np.unravel_index(flat, gaps.shape))
    return error, verdict, difference, Worst(i, float(slope[i]), float(difference[i]))


def _verdict(error: float, slope: Array, difference: Array, noise: float) -> str:
    if error <= RIGHT:
        return "right"
    if np.abs(slope - difference).max() <= noise:
        return "too small"
    return "doubtful" if error <= WRONG else "wrong"


def _entries_off(
    f: Callable[[Array], Any],
    x: Array,
    slope: Array,
    difference: Array,
    step: float,
    noise: float,
) -> NDArray[np.bool_]:
    """Which entries are off by more than 1e-6 of themselves, whatever the step."""
    sizes = np.abs(slope) + np.abs(difference)
    off: NDArray[np.bool_] = np.abs(slope - difference) > noise + RIGHT * sizes
    for i in map(tuple, np.argwhere(off)):
        again = [_difference(f, x, i, step * longer) for longer in LONGER]
        seen = np.array([difference[i], *again])
        nearest = np.abs(slope[i] - seen).min()
        off[i] = nearest > noise + RIGHT * sizes[i] + np.ptp(seen)
    return off


def _cost_of(
    cost: Callable[[list[Array]], Any], points: list[Array], i: int, moved: Array
) -> Any:
    """The cost with the i-th array moved; the others are copies, in case it writes."""
    return cost([moved if j == i else point.copy() for j, point in enumerate(points)])


def _arrays(given: Sequence[ArrayLike], name: str, *, finite: bool) -> list[Array]:
    if isinstance(given, np.ndarray) or not isinstance(given, Sequence):
        raise TypeError(f"{name} must be a list of arrays, not {type(given).__name__}")
    if not given:
        raise ValueError(f"{name} must hold at least one array, but is empty")
    read = _parameter if finite else as_array
    return [read(array, f"{name}[{i}]") for i, array in enumerate(given)]

r"""What a network is asked to make small, and how it answers to the output.

A cost is summed over examples and outputs, unless its name says mean, so its gradient
is a sum as well: no hidden 1/m.  Each comes with its derivative with respect to the
output, $\partial C/\partial a$, where the backward pass begins.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained.notation import Array, as_array, finite_array


class Cost(NamedTuple):
    r"""A cost: call it for its value, `cost(a, y)`, or ask for its slope.

    Attributes
    ----------
    name : str
        What messages call it.
    value : callable
        `(a, y) -> C`, where arrays of shape (m, n) give one number.
    slope : callable
        `(a, y) -> dC/da`, of shape (m, n).

    Examples
    --------
    >>> squared_error([[0.5, 1.0]], [[1, 1]])
    0.125
    >>> a, y = np.array([[0.5, 1.0]]), np.array([[1, 1]])
    >>> squared_error.slope(a, y)
    array([[-0.5,  0. ]])
    """

    name: str
    value: Callable[[Array, Array], float]
    slope: Callable[[Array, Array], Array]

    def __call__(self, a: ArrayLike, y: ArrayLike) -> float:
        """The cost of outputs `a` where `y` was wanted, both of shape (m, n).

        Raises
        ------
        TypeError
            If an entry of `a` or `y` is not a real number.
        ValueError
            If the shapes differ or are not (m, n), if an entry is NaN or infinite, or
            lies where this cost is not defined.
        """
        a = finite_array(a, "a", "(m, n)")
        return float(self.value(a, as_target(y, a)))


def as_target(y: ArrayLike, a: Array) -> Array:
    """Read `y` as the target of the outputs `a`, and insist on equal shapes.

    NumPy would stretch a `y` of shape (m,) against an `a` of shape (m, 1) to (m, m),
    and the cost would still be a number.

    Raises
    ------
    TypeError
        If an entry is not a real number.
    ValueError
        If the shapes differ, or an entry is NaN or infinite.
    """
    y = as_array(y, "y")
    if y.shape == a.shape:
        return finite_array(y, "y", "(m, n)")
    way_out = (
        f"y.reshape{a.shape}"
        if y.size == a.size
        else "one row per example, one column per output"
    )
    raise ValueError(
        f"y must have the shape of the output, {a.shape}, but has shape {y.shape}; "
        f"{way_out}"
    )


def _within_0_and_1(values: Array, name: str) -> None:
    outside = values[(values < 0) | (values > 1)]
    if outside.size:
        raise ValueError(
            f"cross_entropy needs {name} in [0, 1], but {name} holds {outside[0]}; "
            "end the network in a sigmoid and use targets between 0 and 1"
        )


def _cross_entropy(a: Array, y: Array) -> float:
    _within_0_and_1(a, "a")
    _within_0_and_1(y, "y")
    with np.errstate(divide="ignore", invalid="ignore"):
        missed_ones = np.where(y == 0, 0, -y * np.log(a))  # 0 · ln 0 counts as 0
        missed_zeros = np.where(y == 1, 0, -(1 - y) * np.log1p(-a))
    return float((missed_ones + missed_zeros).sum())


def _cross_entropy_slope(a: Array, y: Array) -> Array:
    _within_0_and_1(a, "a")
    _within_0_and_1(y, "y")
    rounded = a[(a == 0) | (a == 1)]
    if rounded.size:
        raise ValueError(
            f"the slope of cross_entropy is (a - y)/(a(1 - a)), and an output has "
            f"rounded to {rounded[0]}: 0 in the denominator; after a sigmoid, pass "
            "output_delta=sigmoid_cross_entropy_delta, which is a - y and never divides"
        )
    return (a - y) / (a * (1 - a))


def sigmoid_cross_entropy_delta(a: ArrayLike, y: ArrayLike) -> Array:
    r"""The slope of `cross_entropy` in the `z` of a sigmoid output: `a - y`.

    The chain rule multiplies $(a - y)/(a(1 - a))$ by $\sigma'(z) = a(1 - a)$, and the
    products cancel.  In this form nothing is divided, so it holds where `a` has
    rounded to 0 or 1.  Pass it as `output_delta` to
    [backward][backprop_explained.backward] or [train][backprop_explained.train].

    Parameters
    ----------
    a : array_like of shape (m, n)
        Output of a sigmoid.
    y : array_like of shape (m, n)
        Target, between 0 and 1.

    Returns
    -------
    ndarray of shape (m, n)
        $\delta = \partial C/\partial z$ of the last layer.

    Raises
    ------
    TypeError
        If an entry of `a` or `y` is not a real number.
    ValueError
        If the shapes differ or are not (m, n), or an entry is NaN or infinite.

    Examples
    --------
    >>> sigmoid_cross_entropy_delta([[1.0]], [[0]])
    array([[1.]])
    """
    a = finite_array(a, "a", "(m, n)")
    return a - as_target(y, a)


squared_error = Cost(
    "squared_error",
    lambda a, y: 0.5 * ((a - y) ** 2).sum(),
    lambda a, y: a - y,
)
r"""$C = \tfrac12 \sum (a - y)^2$; the ½ makes the slope $a - y$."""

sum_of_squares = Cost(
    "sum_of_squares",
    lambda a, y: ((a - y) ** 2).sum(),
    lambda a, y: 2 * (a - y),
)
r"""$C = \sum (a - y)^2$, the cost of James Loy's post; its slope is $2(a - y)$."""

cross_entropy = Cost("cross_entropy", _cross_entropy, _cross_entropy_slope)
r"""$C = -\sum \big(y \ln a + (1 - y) \ln(1 - a)\big)$, for outputs of a sigmoid.

Infinite where `a` has rounded to 0 or 1 and `y` says otherwise; see
[sigmoid_cross_entropy_delta][backprop_explained.sigmoid_cross_entropy_delta].
"""


def _exponentials(z: Array) -> tuple[Array, Array, Array]:
    """`z` below its row's largest, its exponentials, and their sum."""
    shifted = z - z.max(axis=1, keepdims=True)
    e = np.exp(shifted)
    return shifted, e, e.sum(axis=1, keepdims=True)


def _softmax_cross_entropy(z: Array, y: Array) -> float:
    shifted, _, total = _exponentials(z)
    return float(-(y * (shifted - np.log(total))).sum())


def _softmax_cross_entropy_slope(z: Array, y: Array) -> Array:
    _, e, total = _exponentials(z)
    slope: Array = e / total * y.sum(axis=1, keepdims=True) - y
    return slope


softmax_cross_entropy = Cost(
    "softmax_cross_entropy", _softmax_cross_entropy, _softmax_cross_entropy_slope
)
r"""$C = -\sum y \ln \operatorname{softmax}(z)$, of the `z` of the last layer.

Each output of softmax depends on every `z` of its row, so it has no slope per entry,
but a Jacobian.  Here it is part of the cost: let the network end in `IDENTITY`.  Where
a row of `y` sums to 1, the derivative is `softmax(z) - y`.
"""


def mean_of(cost: Cost, over: Literal["entries", "examples"] = "entries") -> Cost:
    """The mean of a cost that is a sum: its value and its slope, divided alike.

    Parameters
    ----------
    cost : Cost
        Summed over examples and outputs.
    over : "entries" or "examples"
        Whether it is divided by the size of `y`, as `np.mean` does, or by its length.

    Returns
    -------
    Cost
        The mean.

    Raises
    ------
    ValueError
        If `over` is neither.

    Examples
    --------
    >>> a, y = [[0.5, 1.0]], [[1, 1]]
    >>> mean_of(sum_of_squares)(a, y)
    0.125
    >>> mean_of(sum_of_squares, "examples")(a, y)
    0.25
    """
    if over not in ("entries", "examples"):
        raise ValueError(f"over must be 'entries' or 'examples', not {over!r}")
    size = np.size if over == "entries" else len
    return Cost(
        f"mean of {cost.name} over {over}",
        lambda a, y: cost.value(a, y) / size(y),
        lambda a, y: cost.slope(a, y) / size(y),
    )


mean_squared_error = mean_of(sum_of_squares)
r"""$C = \frac{1}{m n} \sum (a - y)^2$, as `np.mean((a - y) ** 2)`."""

mean_cross_entropy = mean_of(cross_entropy)
r"""The mean of `cross_entropy` over examples and outputs."""

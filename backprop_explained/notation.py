r"""The symbols, their shapes, and what counts as an array here.

Examples are rows: a batch of `m` examples with `n` numbers each has shape `(m, n)`.
Layers count from 1 to `L`; layer `l` has `n_l` outputs, and there are `n_0` inputs.

| symbol | in code | shape | what it is |
|---|---|---|---|
| $x$ | `x` | `(m, n_0)` | the input, also $a_0$ |
| $y$ | `y` | `(m, n_L)` | the target: what the output should be |
| $W$ | `W` | `(n_in, n_out)` | the weights of a layer |
| $b$ | `b` | `(n_out,)` | its biases |
| $z$ | `z` | `(m, n_out)` | its pre-activation, `a_previous @ W + b` |
| $a$ | `a` | `(m, n_out)` | its activation, $\sigma(z)$: the output |
| $\sigma'(z)$ | `slope(z, a)` | `(m, n_out)` | $\partial a/\partial z$, per entry |
| $C$ | `cost(a, y)` | a number | the cost, summed over examples and outputs |
| $\partial C/\partial a$ | `error` | `(m, n_out)` | the slope of the cost in `a` |
| $\delta$ | `delta` | `(m, n_out)` | $\partial C/\partial z$, and nothing else |
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating[Any]]
"""An array of floating-point numbers, in the precision the caller chose."""


def as_array(value: ArrayLike, name: str) -> Array:
    """Read a value as an array of floating-point numbers.

    Parameters
    ----------
    value : array_like of any shape
        Real numbers.  Integers and booleans become float64; float32 stays float32.
    name : str
        What an error message calls the value.

    Returns
    -------
    ndarray of the same shape
        The value itself where it already is such an array: do not write to it.

    Raises
    ------
    TypeError
        If the entries are complex, or are not numbers.
    ValueError
        If nested lists differ in length.

    Examples
    --------
    >>> as_array([[1, 2]], "x")
    array([[1., 2.]])
    >>> as_array(1j, "x")
    Traceback (most recent call last):
    TypeError: x must hold real numbers, not complex128; if the imaginary ...
    """
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(
            f"{name} must be rectangular, but its nested lists differ in length; "
            "give every row the same number of entries"
        ) from error
    if array.dtype.kind == "f":
        return array
    if array.dtype.kind in "biu":
        return array.astype(np.float64)
    if array.dtype.kind == "c":
        way_out = "if the imaginary parts are 0, pass its real part"
    else:
        way_out = "convert it with np.array(..., dtype=float)"
    raise TypeError(f"{name} must hold real numbers, not {array.dtype}; {way_out}")


def finite_array(value: ArrayLike, name: str, axes: str) -> Array:
    """Read a value as an array of finite numbers with the named axes, none of length 0.

    Parameters
    ----------
    value : array_like
        Real numbers.
    name : str
        What an error message calls the value.
    axes : str
        The expected shape in words, one name an axis: `"(n_in, n_out)"`.

    Returns
    -------
    ndarray with as many axes as are named
        See [as_array][backprop_explained.notation.as_array].

    Raises
    ------
    TypeError
        If the entries are not real numbers.
    ValueError
        If an axis is missing, left over or empty, or an entry is NaN or infinite.

    Examples
    --------
    >>> finite_array([1, 2, 3], "x", "(m, n)")
    Traceback (most recent call last):
    ValueError: x must have shape (m, n), but has shape (3,); one example is ...
    >>> finite_array([[1, float("nan")]], "x", "(m, n)")
    Traceback (most recent call last):
    ValueError: x must be finite, but x[0, 1] is nan; fix or leave out that entry
    """
    array = as_array(value, name)
    if array.ndim != axes.count(",") + (not axes.endswith(",)")):
        hint = "; one example is a row: [[...]]" if axes == "(m, n)" else ""
        raise ValueError(
            f"{name} must have shape {axes}, but has shape {array.shape}{hint}"
        )
    if array.size == 0:
        raise ValueError(
            f"{name} must not be empty, but has shape {array.shape}; "
            "every axis needs a length of at least 1"
        )
    finite = np.isfinite(array)
    if not finite.all():
        where = tuple(int(i) for i in np.argwhere(~finite)[0])
        raise ValueError(
            f"{name} must be finite, but {name}[{', '.join(map(str, where))}] is "
            f"{array[where]}; fix or leave out that entry"
        )
    return array

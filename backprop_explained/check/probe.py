"""The cost, asked at the parameters and near them, with every call counted."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained.notation import Array, as_array, finite_array


@dataclass(eq=False)
class Probe:
    """The cost as a function of one moved array; the others are copies of their own.

    Examples
    --------
    >>> probe = Probe(lambda p: p[0].sum() * p[1].sum(), [np.ones(2), np.ones(3)])
    >>> probe.moved({1: np.zeros(3)}), probe.calls
    (0.0, 1)
    """

    cost: Callable[[list[Array]], Any]
    points: list[Array]  # the parameters, in the precision that they were given in
    calls: int = 0
    eps: float = float(np.finfo(np.float64).eps)
    largest: float = -np.inf
    smallest: float = np.inf

    def here(self) -> float:
        """The cost at the parameters, which has to be one finite number."""
        self.calls += 1
        value = as_array(self.cost([p.copy() for p in self.points]), "the cost")
        self.eps = max(self.eps, float(np.finfo(value.dtype).eps))
        return self._seen(number(value))

    def moved(self, arrays: dict[int, Array]) -> float:
        """The cost with some arrays replaced; NaN where it is not finite there."""
        self.calls += 1
        given = [arrays.get(i, p) for i, p in enumerate(self.points)]
        with np.errstate(all="ignore"):  # a long step may overflow
            value = as_array(self.cost([p.copy() for p in given]), "the cost")
        if value.size == 1 and not math.isfinite(value.item()):
            return math.nan
        return self._seen(number(value))

    def _seen(self, value: float) -> float:
        self.largest = max(self.largest, value)
        self.smallest = min(self.smallest, value)
        return value

    @property
    def is_constant(self) -> bool:
        """Whether every call so far has returned the same number."""
        return self.largest == self.smallest


def number(value: Any) -> float:
    """The one finite number that a cost has to be."""
    array = as_array(value, "the cost")
    if array.size != 1:
        raise ValueError(
            f"the cost must be one number, but has shape {array.shape}; sum it"
        )
    if not math.isfinite(array.item()):
        raise ValueError(
            f"the cost must be finite, but is {array.item()}; "
            "start from smaller parameters"
        )
    return float(array.item())


def finite_parameter(value: ArrayLike, name: str) -> Array:
    """A finite array of any shape, a copy in the precision of the caller."""
    array = as_array(value, name)
    if array.ndim == 0:
        return finite_parameter(array[np.newaxis], name)[0, ...]
    axes = "(" + "".join(f"n_{axis}," for axis in range(array.ndim)) + ")"
    return finite_array(array, name, axes).copy()


def read_arrays(given: Any, name: str, read: Callable[..., Array]) -> list[Array]:
    """A list of arrays, each read by the function given."""
    if isinstance(given, np.ndarray) or not isinstance(given, Sequence):
        raise TypeError(
            f"{name} must be a list of arrays, not {type(given).__name__}"
            f"{_as_a_list(given, name)}"
        )
    if not given:
        raise ValueError(f"{name} must hold at least one array, but is empty")
    return [read(array, f"{name}[{i}]") for i, array in enumerate(given)]


def _as_a_list(given: Any, name: str) -> str:
    """How to make a list of what is none."""
    if isinstance(given, np.ndarray):
        return f"; put the one array into a list: [{name}]"
    if isinstance(given, Mapping):
        return (
            f"; give list({name}.values()), and let the cost put the arrays back: "
            "dict(zip(names, arrays))"
        )
    return ""

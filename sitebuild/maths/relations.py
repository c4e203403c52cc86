"""Whether values stand in a relation, up to what their computation leaves uncertain.

>>> holds("=", 0.1 + 0.2, 0.3), holds("<=", 0.1 + 0.2, 0.3), exactly(0.1 + 0.2, 0.3)
(True, False, False)
"""

import operator
from collections.abc import Callable
from typing import Any

import numpy as np

_COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


def holds(relation: str, left: Any, right: Any, digits: int = 0) -> bool:
    """Whether two values stand in a relation."""
    if callable(left) and callable(right):
        places = (-0.6, 0.3, 0.7)
        return all(holds(relation, left(x), right(x)) for x in places)
    if callable(left) or callable(right) or np.shape(left) != np.shape(right):
        return False
    if isinstance(left, str) or isinstance(right, str):
        return bool(relation == "=" and left == right)
    if relation in _COMPARED:
        return bool(np.all(_COMPARED[relation](left, right)))
    if relation == "≈" and digits:
        return bool(round(float(left), digits) == right)
    return _close(left, right, 1e-3 if relation == "≈" else 1e-7)


def _close(left: Any, right: Any, far: float) -> bool:
    """Equal up to a part of the larger one; beside an exact 0, up to rounding."""
    apart = np.abs(np.subtract(left, right, dtype=float))
    sizes = np.abs(left), np.abs(right)
    zero = np.minimum(*sizes) == 0
    return bool(np.all(apart <= np.where(zero, 1e-10, far * np.maximum(*sizes))))


def exactly(left: Any, right: Any) -> bool:
    """For formulas without symbols: no error but that of the last rounding."""
    return bool(np.shape(left) == np.shape(right) and np.all(left == right))

"""Functions whose outputs depend on every input, such as softmax: their Jacobian."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.check.subject import Subject
from backprop_explained.check.ways import ABOVE, RATE, Way, ways_for
from backprop_explained.notation import Array

INPUTS = np.array([-1.3, 0.4, 1.1, 2.2])
UPSTREAM = np.array([0.7, -1.1, 0.4, 1.6])
SHAPES = ((4,), (1, 4), (4, 1))


class VectorVerdict(NamedTuple):
    """What a derivative of such a function is: a way to call it, and what it returns.

    Examples
    --------
    >>> VectorVerdict(Way(("a",)), "Jacobian").right
    True
    """

    way: Way
    returns: str  # "Jacobian", "product", "diagonal", "diagonal product", "unchanged"

    @property
    def right(self) -> bool:
        """Whether a backward pass may use it."""
        return self.returns in ("Jacobian", "product")


def softmax(z: Any) -> Any:
    """The function that is meant where somebody writes of a Jacobian."""
    e = np.exp(z - np.max(z))
    return e / e.sum()


def judge_vector(
    subject: Subject, function: Callable[..., Any]
) -> VectorVerdict | None:
    """Compare what it returns with the Jacobian, measured by central differences."""
    verdicts = list(_verdicts(subject, function))
    return next((v for v in verdicts if v.right), verdicts[0] if verdicts else None)


def _verdicts(
    subject: Subject, function: Callable[..., Any]
) -> Iterator[VectorVerdict]:
    for shape in SHAPES:
        jacobian = _jacobian(function, shape)
        if jacobian is None:
            continue
        columns = {
            "z": INPUTS,
            "a": _flat(function(INPUTS.reshape(shape))),
            ABOVE: UPSTREAM,
        }
        for way in _ways(subject):
            result = _call(subject, way, columns, shape)
            if result is not None and (found := _kind(result, jacobian, way)):
                yield VectorVerdict(way, found)


def _ways(subject: Subject) -> Iterator[Way]:
    count = len(subject.names)
    if count == 1:
        yield from (Way(("a",)), Way(("z",)))
    yield from ways_for(count, after_forward=subject.forward is not None)


def _kind(result: Array, jacobian: Array, way: Way) -> str:
    diagonal = np.diag(jacobian)
    expected = {"Jacobian": jacobian, "diagonal": diagonal}
    if way.multiplies:
        expected = {
            "product": jacobian.T @ UPSTREAM,
            "diagonal product": diagonal * UPSTREAM,
            "unchanged": UPSTREAM,
        }
    for name, values in expected.items():
        if result.shape == values.shape and np.allclose(result, values, 2e-3, 1e-6):
            return name
    return ""


def _call(
    subject: Subject, way: Way, columns: dict[str, Array], shape: tuple[int, ...]
) -> Array | None:
    given = [
        RATE if name == "rate" else columns[name].reshape(shape).copy()
        for name in way.passed
    ]
    try:
        with np.errstate(all="ignore"):
            if way.after_forward and subject.forward is not None:
                subject.forward(INPUTS.reshape(shape).copy())
            return _flat(subject.call(*given))
    except Exception:  # anybody's code may raise anything
        return None


def _flat(result: Any) -> Array:
    array = np.asarray(result, dtype=np.float64)
    return array.reshape(4, 4) if array.size == 16 else array.ravel()


def _jacobian(function: Callable[..., Any], shape: tuple[int, ...]) -> Array | None:
    h, columns = 1e-5, []
    try:
        for j in range(4):
            up, down = INPUTS.copy(), INPUTS.copy()
            up[j] += h
            down[j] -= h
            ends = [_flat(function(v.reshape(shape))) for v in (up, down)]
            columns.append((ends[0] - ends[1]) / (2 * h))
    except Exception:  # anybody's code may raise anything
        return None
    jacobian = np.array(columns).T
    return jacobian if jacobian.shape == (4, 4) and jacobian.any() else None

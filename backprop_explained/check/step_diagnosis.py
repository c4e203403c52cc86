"""Which mistake is in a training step, by the network and the data that it holds."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice, permutations
from types import FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

from backprop_explained.check.beside import Beside
from backprop_explained.check.excuses import EARLY, HIDDEN, Outcome
from backprop_explained.check.mistakes import MISTAKES
from backprop_explained.check.one_by_one import found_one_by_one
from backprop_explained.check.own import Own, taken_apart
from backprop_explained.check.putting_back import attributes, named_by
from backprop_explained.check.recognise import ask, match
from backprop_explained.check.report import Diagnosis
from backprop_explained.check.trial import Trial
from backprop_explained.notation import Array

PAIRS = 60
"""Pairs of an input and a target that are looked at."""

DEPTH, ITEMS = 5, 64
"""How far it is looked, and at how many items of a list."""


def diagnose_step(
    trial: Trial, outcome: Outcome, step_size: float | None
) -> Diagnosis | None:
    """The mistakes in a wrong step; None where its network is not recognised."""
    pairs = _pairs(trial)
    own, beside = _recognised(trial, pairs, list(outcome.gradients), step_size)
    if beside:
        return beside.diagnosis(outcome.check)
    apart = taken_apart(own, pairs)
    return Beside(*apart).diagnosis(None) if apart else None


def by_its_own_steps(trial: Trial, step_size: float) -> str:
    """What a note says of updates that were judged by smaller steps than their own.

    Weights that are updated too early are no mistake of small steps.  But in a network
    that is recognised, updates that are right, one after each example, can be foretold
    to the last digit, and so can these.
    """
    moves = [move / step_size for move in trial.first]
    own, beside = _recognised(trial, _pairs(trial), moves, step_size)
    if beside is None:
        return HIDDEN
    known = beside.problem, beside.given, own.tolerance
    if found_one_by_one(*known) is not None:
        return ""
    early = MISTAKES["updated weights"].gradients
    return EARLY if found_one_by_one(*known, early) is not None else HIDDEN


def _recognised(
    trial: Trial,
    pairs: list[tuple[Array, Array]],
    gradients: list[Array],
    step_size: float | None,
) -> tuple[Own, Beside | None]:
    """What the step has moved by, and beside its network, if that is recognised."""
    parameters = [np.asarray(p) for p in trial.start()]
    rounding = _rounding(parameters, step_size or 1.0)
    own = Own(parameters, gradients, trial.cost_at, step_size, rounding)
    asked = ask([p.astype(np.float64) for p in parameters], trial.cost_at)
    matches = (match(asked, parameters, *pair) for pair in pairs)
    found = next(filter(None, matches), None)
    return own, Beside(own, found) if found else None


def _pairs(trial: Trial) -> list[tuple[Array, Array]]:
    """Two arrays near the calls, as an input and a target."""
    known = [leaf.read() for leaf in trial.leaves]
    trial.memory.restore()
    near = data_near(trial.cost, trial.step, trial.where, but=known)
    trial.memory.restore()
    return list(islice(permutations(near, 2), PAIRS))


def _rounding(parameters: list[Array], step_size: float) -> float:
    """What is lost where a gradient is read from a change of its parameters."""
    coarsest = max(
        float(np.finfo(p.dtype).eps * np.abs(p).max(initial=0.0)) for p in parameters
    )
    return 2 * coarsest / step_size


# ---- the data that somebody's calls hold


def data_near(cost: Callable[[], Any], *calls: Any, but: list[Any]) -> list[Array]:
    """Copies of matrices and lists of numbers that the cost reads, and `calls` hold.

    The cost is called once for each array, with that array changed and then put back.
    What is in `but` is known to be something else, such as the parameters.

    Examples
    --------
    >>> x, unread = np.ones((3, 2)), np.ones((4, 4))
    >>> def cost():
    ...     return float(x.sum()) + 0 * unread[0, 0]
    >>> [array.shape for array in data_near(cost, cost, but=[])]
    [(3, 2)]
    """
    seen = {id(value) for value in but}
    values = [v for call in (cost, *calls) for v in _numbers(call, DEPTH, seen)]
    return [
        np.array(value, dtype=np.float64)
        for value in values
        if not isinstance(value, np.ndarray) or _is_read(value, cost)
    ]


def _numbers(value: Any, depth: int, seen: set[int]) -> Iterator[Any]:
    """What is made of numbers, one of each."""
    if id(value) in seen or depth < 0 or isinstance(value, str | bytes | ModuleType):
        return
    seen.add(id(value))
    if isinstance(value, np.ndarray):
        if value.dtype.kind in "fiu" and value.size and value.ndim in (1, 2):
            yield value
        return
    if isinstance(value, list | tuple):
        yield from _in_a_list(value, depth, seen)
        return
    for part in _parts(value):
        yield from _numbers(part, depth - 1, seen)


def _in_a_list(
    value: list[Any] | tuple[Any, ...], depth: int, seen: set[int]
) -> Iterator[Any]:
    """Numbers, or pairs of an input and a target, or what stands in it."""
    array = _as_matrix(value)
    if array is not None:
        yield array.tolist()
        return
    if value and all(isinstance(p, list | tuple) and len(p) == 2 for p in value):
        sides = [
            _as_matrix([np.ravel(side) for side in kind])
            for kind in zip(*value, strict=True)
        ]
        if all(side is not None for side in sides):
            yield from (side.tolist() for side in sides if side is not None)
            return
    for item in value[:ITEMS]:
        yield from _numbers(item, depth - 1, seen)


def _as_matrix(value: Any) -> Array | None:
    try:
        array = np.asarray(value)
    except ValueError:  # of different lengths
        return None
    fits = array.dtype.kind in "fiu" and array.ndim in (1, 2) and array.size
    return array if fits else None


def _parts(value: Any) -> list[Any]:
    """What a function, a partial, a dictionary or an object holds."""
    if isinstance(value, MethodType):
        return [value.__self__, value.__func__]
    if isinstance(value, FunctionType):
        return named_by(value) or []
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, partial):
        return [value.func, *value.args, *value.keywords.values()]
    if isinstance(value, type):
        return []
    return [item for _, item in attributes(value)]


def _is_read(array: Array, cost: Callable[[], Any]) -> bool:
    """Whether the cost is another where it is; of class numbers it is taken for so."""
    if array.dtype.kind != "f" or not array.flags.writeable:
        return True
    kept = array.copy()
    try:
        reference = cost()
        way = np.random.default_rng(0).standard_normal(array.shape)
        array[...] = kept + 1e-3 * way * np.maximum(1, np.abs(kept))
        with np.errstate(all="ignore"):
            return not np.array_equal(cost(), reference, equal_nan=True)
    except Exception:  # a cost that cannot take it has looked at it
        return True
    finally:
        array[...] = kept

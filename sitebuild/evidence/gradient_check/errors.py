"""One error put into a right gradient, and where it is."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from backprop_explained import Mistake
from backprop_explained.notation import Array
from sitebuild.evidence.drawn_from import DRAWN_MISTAKES
from sitebuild.evidence.gradient_check.cases import Case
from sitebuild.evidence.gradient_check.corpus import SEED


class Injected(NamedTuple):
    """A gradient with one error in it.

    `kind` and `index` say where the error is, in the words of a verdict, for an entry,
    a row or a column of `array`; `index` is `None` for the others.
    """

    name: str
    gradients: list[Array]
    array: int | None = None
    kind: str = ""
    index: tuple[int, ...] | None = None


Inject = Callable[[Case, list[Array], np.random.Generator], Injected | None]
Change = Callable[[list[Array], int, np.random.Generator], Injected | None]


def _in_one(fits: Callable[[Array], bool], change: Change) -> Inject:
    """An error in one of the arrays that fit, where there is one."""

    def inject(
        _: Case, arrays: list[Array], rng: np.random.Generator
    ) -> Injected | None:
        fit = [i for i, array in enumerate(arrays) if fits(array)]
        return change(arrays, int(rng.choice(fit)), rng) if fit else None

    return inject


def _several(array: Array) -> bool:
    return array.size > 1 and bool(array.any())


def _matrix(array: Array) -> bool:
    return array.ndim == 2 and min(array.shape) > 1 and bool(array.any())


def _square(array: Array) -> bool:
    return array.ndim == 2 and array.shape[0] == array.shape[1] > 1


def _scaled(arrays: list[Array], i: int, _: np.random.Generator) -> Injected:
    arrays[i] = arrays[i] * (1 + 1e-4)
    return Injected("array off by 1e-4, by a factor", arrays, i)


def _stirred(arrays: list[Array], i: int, rng: np.random.Generator) -> Injected:
    stir = rng.normal(size=arrays[i].shape)
    size = np.linalg.norm(arrays[i]) / np.linalg.norm(stir)
    arrays[i] = arrays[i] + 1e-4 * size * stir
    return Injected("array off by 1e-4, at random", arrays, i)


def _entry(arrays: list[Array], i: int, rng: np.random.Generator) -> Injected | None:
    index = tuple(int(rng.integers(n)) for n in arrays[i].shape)
    if not arrays[i][index]:
        return None
    arrays[i][index] *= 1.01
    return Injected("one entry off by 1 %", arrays, i, "entry", index)


def _swapped(arrays: list[Array], i: int, rng: np.random.Generator) -> Injected:
    flat = arrays[i].ravel(order="K")
    one, other = rng.choice(flat.size, size=2, replace=False)
    flat[[one, other]] = flat[[other, one]]
    if np.shares_memory(flat, arrays[i]):
        return Injected("two entries swapped", arrays, i)
    raise AssertionError("a swapped copy")


def _line(name: str, axis: int) -> Inject:
    def change(
        arrays: list[Array], i: int, rng: np.random.Generator
    ) -> Injected | None:
        at = int(rng.integers(arrays[i].shape[axis]))
        line = arrays[i][at] if axis == 0 else arrays[i][:, at]
        if np.count_nonzero(line) < 2:  # one alone is an entry
            return None
        line[...] = 0
        return Injected(f"a {name} missing", arrays, i, name, (at,))

    return _in_one(_matrix, change)


def _transposed(arrays: list[Array], i: int, _: np.random.Generator) -> Injected:
    arrays[i] = arrays[i].T
    return Injected("a square array transposed", arrays, i)


def _times(name: str, factor: Callable[[Case], float]) -> Inject:
    def inject(
        case: Case, arrays: list[Array], rng: np.random.Generator
    ) -> Injected | None:
        number = factor(case)
        if number == 1:
            return None
        return Injected(name, [array * number for array in arrays])

    return inject


def _mistake(
    case: Case, arrays: list[Array], rng: np.random.Generator
) -> Injected | None:
    """The next of the known mistakes that this network allows."""
    start = case.number // 3 % len(DRAWN_MISTAKES)
    for mistake in DRAWN_MISTAKES[start:] + DRAWN_MISTAKES[:start]:
        with np.errstate(all="ignore"):
            made = _made(case, mistake)
            shown = case.shown(made, 1) if made else []
        if shown and all(np.isfinite(array).all() for array in shown):
            return Injected(f"mistake: {mistake.name}", shown)
    return None


def _made(case: Case, mistake: Mistake) -> list[Array] | None:
    """The mistaken gradient, if it can be made, is finite and fits."""
    try:
        made = mistake.gradients(case.network, case.x, case.y, case.measure, 0.1)
    except ValueError:  # an output has rounded to where the cost has no slope
        return None
    if made is None:
        return None
    shapes = [parameter.shape for parameter in case.network.parameters]
    arrays = [array / case.divisor for array in made.parameters]
    if [array.shape for array in arrays] != shapes:
        return None  # whose shape tells
    return arrays if all(np.isfinite(array).all() for array in arrays) else None


_ONE_ENTRY = _in_one(_several, _entry)
INJECTIONS: tuple[Inject, ...] = (
    _ONE_ENTRY,
    _line("row", 0),
    _mistake,
    _in_one(np.any, _scaled),
    _line("column", 1),
    _in_one(np.any, _stirred),
    _in_one(_several, _swapped),
    _times("every array negated", lambda case: -1),
    _mistake,
    _in_one(_square, _transposed),
    _ONE_ENTRY,
    _times("every array times 2", lambda case: 2),
    _times("every array times 1/m", lambda case: 1 / len(case.x)),
    _times("every array times m", lambda case: len(case.x)),
    _times("every array times 5", lambda case: 5),
)


def injected(case: Case) -> Injected:
    """One error, of the next kind that this network allows."""
    rng = np.random.default_rng([SEED, case.number, 1])
    start = case.number % len(INJECTIONS)
    for inject in INJECTIONS[start:] + INJECTIONS[:start]:
        found = inject(case, case.gradients(), rng)
        if found is not None:
            return found
    raise ValueError(f"no error can be put into the gradient of network {case.number}")


def sizes(case: Case, found: Injected) -> list[float]:
    """How large the error of each array is, as a share of the right array."""
    right = case.gradients()
    return [
        float(np.linalg.norm(one - other) / (np.linalg.norm(other) or 1))
        for one, other in zip(found.gradients, right, strict=True)
    ]

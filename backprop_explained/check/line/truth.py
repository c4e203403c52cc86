"""The truth about a forward pass: every value in it, and the derivative of the cost."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from backprop_explained.check.line.adjoints import Adjoints
from backprop_explained.check.line.expression import Expression
from backprop_explained.check.line.probes import Prober, Unit, direction_of, units_of
from backprop_explained.check.line.recorder import Key
from backprop_explained.check.line.runs import Runs
from backprop_explained.notation import Array

Visits = dict[int, Array]
"""What something was, or should be, at each of its visits."""


@dataclass
class Truth:
    """What was measured while the cost was computed.

    Attributes
    ----------
    values, adjoints : dict
        Of each expression that the cost depends on, at each visit; the derivative of
        the cost with respect to it.
    slopes : dict
        Of a later expression with respect to an earlier one, where it is entry by
        entry: by (earlier, later).
    forward : dict
        The value of every event that the cost depends on.
    gradients : list of ndarray
        Of each parameter, the derivative of the cost.
    """

    values: dict[Expression, Visits] = field(default_factory=dict)
    adjoints: dict[Expression, Visits] = field(default_factory=dict)
    slopes: dict[tuple[Expression, Expression], Visits] = field(default_factory=dict)
    forward: dict[Key, Array] = field(default_factory=dict)
    gradients: list[Array | None] = field(default_factory=list)


def measure(runs: Runs, rng: np.random.Generator) -> Truth:
    """Everything that is asked of the cost."""
    prober = Prober(runs)
    adjoints = Adjoints(prober, rng)
    expressions, truth = runs.recorder.expressions, Truth()
    for unit in _ordered(prober):
        expression = expressions[unit.keys[0][0]]
        is_made = _is_made(expression)
        found = adjoints.measure(unit) if is_made else None
        if found is not None or (not is_made and _acts(prober, unit, rng)):
            truth.forward.update(zip(unit.keys, unit.values, strict=True))
            _keep(truth.values, expression, unit, unit.values)
        if found is not None:
            _keep(truth.adjoints, expression, unit, found)
    _same(truth)
    _parameters(truth, runs, adjoints)
    for earlier, later, slope in adjoints.slopes:
        pair = expressions[earlier.keys[0][0]], expressions[later.keys[0][0]]
        if _tells(slope):
            _keep(truth.slopes, pair, earlier, slope)
    return truth


def gradients_alone(runs: Runs, rng: np.random.Generator) -> Truth:
    """The derivative of the cost with respect to each parameter, and no more."""
    truth = Truth()
    _parameters(truth, runs, Adjoints(Prober(runs), rng))
    return truth


def _is_made(expression: Expression) -> bool:
    """Whether it is computed, or a part that is given a name."""
    if expression.kind == "read":
        return bool(expression.target) and expression.text.endswith("]")
    return expression.kind != "constant"


def _same(truth: Truth) -> None:
    """What is written twice, and is the same, is one thing: its derivatives add up."""
    groups: dict[tuple[str, str], list[Expression]] = {}
    for of in truth.adjoints:
        groups.setdefault((of.function, of.text), []).append(of)
    for group in groups.values():
        values = [truth.values[of] for of in group]
        if len(group) > 1 and all(_equal(values[0], other) for other in values[1:]):
            whole = replace(group[0])
            truth.values[whole] = values[0]
            first, *others = (truth.adjoints[of] for of in group)
            truth.adjoints[whole] = {
                n: sum((other[n] for other in others), first[n]) for n in values[0]
            }


def _equal(a: Visits, b: Visits) -> bool:
    return a.keys() == b.keys() and all(np.array_equal(a[n], b[n]) for n in a)


def _keep(into: dict, key: object, unit: Unit, values: Array) -> None:  # type: ignore[type-arg]
    for (_, visit), value in zip(unit.keys, values, strict=True):
        into.setdefault(key, {})[visit] = value


def _tells(slope: Array) -> bool:
    """A slope that is the same everywhere is a factor, and no more."""
    return slope[0].size == 1 or bool(np.ptp(slope) > 1e-6)


def _acts(prober: Prober, unit: Unit, rng: np.random.Generator) -> bool:
    """Whether the cost hangs on it."""
    direction = rng.uniform(0.5, 1.5, unit.values.shape)
    moved = prober.move(unit, direction, keeps=False)
    return abs(moved.slope) > prober.floor(moved)


def _ordered(prober: Prober) -> list[Unit]:
    """Visits that do not act on each other stay together; the last come first."""
    units = [part for unit in units_of(prober.events) for part in _parts(prober, unit)]
    return sorted(units, key=lambda unit: -unit.places[-1])


def _parts(prober: Prober, unit: Unit) -> Iterator[Unit]:
    """As many visits as do not hang on the first of them, and so on.

    Where the next one does already, each for itself.
    """
    while len(unit.keys) > 1:
        first = _first_that_hangs(prober, unit)
        if first == 1:
            yield from (unit.part(i, i + 1) for i in range(len(unit.keys)))
            return
        yield unit.part(0, first)
        unit = unit.part(first, len(unit.keys))
    if unit.keys:
        yield unit


def _first_that_hangs(prober: Prober, unit: Unit) -> int:
    """Which visit is the first that the one before all acts on; the count if none."""
    direction = direction_of(unit.values.shape, 0)
    change = prober.move(unit, direction, keeps=True, of=unit).change(unit)
    if change is None:
        return 1
    moved = np.flatnonzero([part.any() for part in change[1:]])
    return int(moved[0]) + 1 if len(moved) else len(unit.keys)


def _parameters(truth: Truth, runs: Runs, adjoints: Adjoints) -> None:
    for i, (leaf, point) in enumerate(zip(runs.leaves, runs.points, strict=True)):
        unit = Unit(((-1 - i, 0),), (-1,), point[np.newaxis])
        found = adjoints.measure(unit)
        name = leaf.name or f"parameter {i + 1}"
        pseudo = Expression("", 0, 0, 0, 0, name, "parameter", index=-1 - i)
        truth.values[pseudo] = {0: point}
        truth.gradients.append(None if found is None else found[0])
        if found is not None:
            truth.adjoints[pseudo] = {0: found[0]}

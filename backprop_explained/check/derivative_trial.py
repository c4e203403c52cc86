"""A derivative before its judge: what it is tried with, and what is said of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from backprop_explained.activations import Activation
from backprop_explained.catalogue import ACTIVATIONS
from backprop_explained.check.measured import VectorFunctionError, measure
from backprop_explained.check.probes import Probe, is_slope, probe
from backprop_explained.check.readings import (
    FailedError,
    insist_on_a_number,
    read_both,
    right_names,
    said,
)
from backprop_explained.check.resemblance import layer_resemblance, resemblance
from backprop_explained.check.subject import Subject, listed, title_of
from backprop_explained.check.takes import Argument, ArgumentVerdict
from backprop_explained.check.vectors import VectorVerdict, judge_vector, softmax
from backprop_explained.check.ways import (
    ABOVE,
    Way,
    attributes_to_set,
    is_right,
    try_way,
    ways_for,
    which_are_read,
)


@dataclass(eq=False)
class DerivativeTrial:
    """One derivative before its judge."""

    subject: Subject
    activation: Activation
    function: Callable[..., Any] | None

    def __post_init__(self) -> None:
        self.name = self.activation.name
        if self.function is not None:
            self.name = title_of(self.function, "your function")

    def judge(self) -> ArgumentVerdict:
        """Hold it against the function that was given, or its own forward, or a row."""
        forward = self.subject.forward if self.function is None else self.function
        if self.function is None and not self.subject.handed_over:
            points = probe(self.activation)
            found = self._plain(points) or self._stored(points)
            if found is not None or forward is None:
                return found or self._neither(points)
        if forward is None:
            points = probe(self.activation)
            return self._of(points) or self._neither(points)
        try:
            points = self._measured(forward)
        except VectorFunctionError:
            whole = judge_vector(self.subject, forward)
            return self._as_matrix(whole, title_of(forward, "your function"))
        return self._of(points) or self._neither(points)

    def _measured(self, forward: Callable[..., Any]) -> Probe:
        """What is right: a row that the function is, or differences of it."""
        try:
            points = measure(forward)
        except ValueError as error:
            if self.function is not None or isinstance(error, VectorFunctionError):
                raise
            return probe(self.activation)
        if self.function is None:
            rows = (self.activation, *ACTIVATIONS.values())
            with np.errstate(all="ignore"):
                made = ((r.name, np.asarray(r.function(points.z))) for r in rows)
                names = (name for name, a in made if is_slope(a, points.a).all())
                self.name = next(names, "its own forward pass")
        return points

    def _of(self, points: Probe) -> ArgumentVerdict | None:
        return self._plain(points) or self._ways(points) or self._stored(points)

    def _plain(self, points: Probe) -> ArgumentVerdict | None:
        if len(self.subject.names) != 1:
            return self._ways(points)
        readings = read_both(self.subject.call, points)
        argument = _TAKES[right_names(readings, points.slope)]
        if argument is Argument.NEITHER:
            return None
        changed = any(reading.changed for reading in readings)
        return ArgumentVerdict(argument, self.name, "", changed)

    def _ways(self, points: Probe) -> ArgumentVerdict | None:
        """More than one argument, or what comes from above."""
        remembers = self.subject.forward is not None
        for way in ways_for(len(self.subject.names), remembers):
            if is_right(self.subject, way, points):
                return self._found(way, points)
        return None

    def _found(self, way: Way, points: Probe) -> ArgumentVerdict:
        order = ", ".join(f"`{name}`" for name in way.passed)
        note = f"in this order: {order}" if len(way.passed) > 1 else ""
        if not way.passed:
            note = "it reads what the forward pass of its object keeps"
            return ArgumentVerdict(Argument.NOTHING, self.name, note=note)
        if way.multiplies:
            returns = "it returns the slope times that"
            note = f"{note}; {returns}" if note else returns
            return ArgumentVerdict(Argument.UPSTREAM, self.name, note=note)
        needed = which_are_read(self.subject, way, points)
        if len(needed) == 1:
            note += f"; it reads `{needed[0]}` alone"
        return ArgumentVerdict(Argument.BOTH, self.name, note=note)

    def _stored(self, points: Probe) -> ArgumentVerdict | None:
        """A method that reads an attribute: which, and what has to stand there."""
        subject = self.subject
        if subject.owner is None or len(subject.names) > 1:
            return None
        passed: tuple[str, ...] = (ABOVE,) if subject.names else ()
        some = [1.0] * len(passed)
        for name in attributes_to_set(subject, lambda: subject.call(*some)):
            ways = {kind: Way(passed, stored=name, holds=kind) for kind in ("z", "a")}
            rights = [k for k, way in ways.items() if is_right(subject, way, points)]
            if rights and not (rights == ["z"] and self._keeps_output(name, points)):
                note = f"it reads `self.{name}`, where {listed(rights, 'or')} has to be"
                argument = Argument.UPSTREAM if passed else Argument.NOTHING
                return ArgumentVerdict(argument, self.name, note=note)
        return None

    def _keeps_output(self, name: str, points: Probe) -> bool:
        """Whether the forward pass of the object leaves its output in an attribute."""
        forward = self.subject.forward
        if forward is None:
            return False
        try:
            output = forward(points.z[:1].copy())
            return bool(np.array_equal(getattr(self.subject.owner, name), output))
        except Exception:  # anybody's code may raise anything
            return False

    def _as_matrix(self, found: VectorVerdict | None, name: str) -> ArgumentVerdict:
        if found is None or not found.right:
            told = _VECTOR.get(found.returns if found else "", _VECTOR[""])
            return ArgumentVerdict(Argument.NEITHER, name, told)
        if found.way.multiplies:
            note = "it returns the product with the Jacobian"
            return ArgumentVerdict(Argument.UPSTREAM, name, note=note)
        argument = Argument(found.way.passed[0])
        note = "it returns the Jacobian, a matrix: multiply `dC/da` by that as a matrix"
        return ArgumentVerdict(argument, name, note=note)

    def _neither(self, points: Probe) -> ArgumentVerdict:
        count = len(self.subject.names)
        if count == 0:
            raise ValueError(
                f"derivative must take an argument, but {self.subject.title} takes "
                "none, and no attribute of its object makes it the slope of "
                f"{self.name}; give it the argument, or its object a forward method"
            )
        forward = self.subject.forward
        if forward is not None and count < 3:
            told = layer_resemblance(self.subject, self.function or forward, points)
            if told:
                return ArgumentVerdict(Argument.NEITHER, self.name, told)
        if count > 1:
            return self._neither_of_many(points)
        readings = read_both(self.subject.call, points)
        if (matrix := self._matrix_likeness()) is not None:
            return matrix
        insist_on_a_number(readings)
        resembles = resemblance(self.subject.call, readings, points)
        changed = any(reading.changed for reading in readings)
        return ArgumentVerdict(Argument.NEITHER, self.name, resembles, changed)

    def _matrix_likeness(self) -> ArgumentVerdict | None:
        """A Jacobian, of this activation or of softmax."""
        whole = judge_vector(self.subject, self.function or self.activation.function)
        if whole is not None and whole.returns == "Jacobian":
            return self._as_matrix(whole, self.name)
        whole = judge_vector(self.subject, softmax)
        if whole is not None and whole.returns != "unchanged":
            told = "it is the Jacobian of softmax, from `{0}`"
            if whole.returns == "diagonal":
                told = "it is the diagonal of softmax's Jacobian alone, from `{0}`"
            told = told.format(whole.way.passed[0])
            if whole.returns == "Jacobian" or whole.way.passed == ("z",):
                return ArgumentVerdict(Argument.NEITHER, self.name, told)
        return None

    def _neither_of_many(self, points: Probe) -> ArgumentVerdict:
        count, names = len(self.subject.names), listed(self.subject.names)
        ways = ways_for(count, False)
        readings = [try_way(self.subject, way, points) for way in ways]
        if not any(np.isfinite(reading.values).any() for reading in readings):
            cause = next((r.error.__cause__ for r in readings if r.error), None)
            why = f": {said(cause)}" if cause else ""
            raise FailedError(
                f"derivative takes {count} arguments, {names}, and failed with `z`, "
                f"`a` and `dC/da` for them{why}"
            ) from cause
        for row in ACTIVATIONS.values():
            other = DerivativeTrial(self.subject, row, None)._ways(probe(row))
            if other is not None:
                told = f"it is the slope of {row.name}: {other}"
                return ArgumentVerdict(Argument.NEITHER, self.name, told)
        told = f"it takes {count} arguments, {names}, and gives it in no order of them"
        return ArgumentVerdict(Argument.NEITHER, self.name, told)


_VECTOR = {
    "diagonal": "it is the diagonal of the Jacobian alone: each output depends on "
    "every `z`, and the other entries are missing",
    "diagonal product": "it multiplies by the diagonal of the Jacobian alone: each "
    "output depends on every `z`, and the other entries are missing",
    "unchanged": "it returns what comes from above unchanged: right only where that "
    "is the derivative with respect to `z` already, as a - y of softmax with "
    "cross-entropy",
    "": "each output depends on every `z`, and this is not the Jacobian",
}

_TAKES = {
    ("z", "a"): Argument.EITHER,
    ("z",): Argument.PRE_ACTIVATION,
    ("a",): Argument.OUTPUT,
    (): Argument.NEITHER,
}

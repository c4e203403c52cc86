"""The diagnosis of a gradient whose network is known by its cost alone.

Whether it is right, differences of that very cost say.  Only to name what is wrong, the
network is recognised, by the costs that it makes, and the gradient held beside it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained.backprop import forward_unchecked
from backprop_explained.check.given import Layout, Problem, read
from backprop_explained.check.gradient import GradientCheck, check_gradients
from backprop_explained.check.mistakes import MISTAKES, PENALTY
from backprop_explained.check.numerical import Tolerance, equal
from backprop_explained.check.one_by_one import (
    found_one_by_one,
    one_by_one_note,
    right_gradients,
)
from backprop_explained.check.outputs import apart, read_outputs
from backprop_explained.check.own import Own, fitting, refuse_shapes, taken_apart
from backprop_explained.check.recognise import recognise
from backprop_explained.check.recognised import Recognised
from backprop_explained.check.report import (
    STEP_NOTE,
    Diagnosis,
    diagnosis_of,
    worst_entry,
)
from backprop_explained.check.suspects import Match, find
from backprop_explained.notation import Array

PENALTIES = {"missing": 0.0, "halved": 0.5, "doubled": 2.0}
"""What becomes of the gradient of a penalty, and how much of it is left."""

ROUNDING = 1e-14
"""What is left, relative to a penalty's gradient, where it is taken off again."""


UNKNOWN = (
    "the network was not recognised from its cost: differences of the cost are the "
    "judge, and no mistake can be named"
)


class Beside:
    """A gradient beside the network that was recognised."""

    def __init__(self, own: Own, found: Recognised) -> None:
        self.own, self.found = own, found
        _, network, x, y, _, cost, _ = found
        self.problem = Problem(network, x, y, cost, own.step_size)
        self.data = right_gradients(network, x, y, cost, None).parameters
        penalties = zip(self.data, found.penalty_gradients, strict=True)
        self.right = [d + p for d, p in penalties]
        self.given, self.transposed = self._read()

    def _read(self) -> tuple[list[Array], bool]:
        """What was given, layer by layer; what is right where a layer has no bias."""
        way, network = self.found.arrangement, self.found.network
        if way.fold is not None:
            whole = fitting(self.own) or refuse_shapes(self.own)
            parts = [*way.read_weights(whole), *way.read_biases(whole)]
            return [part.astype(np.float64) for part in parts], False
        gradients, depth = self.own.gradients, len(network.weights)
        ahead = (1, -1) if way.flip else (-1, 1)
        weights = [
            W.reshape(ahead) if W.ndim < 2 else W
            for W in (gradients[i] for i in way.weights)
        ]
        biases = [
            right if i is None else gradients[i]
            for i, right in zip(way.biases, self.right[depth:], strict=False)
        ]
        layout: Layout = "out_in" if way.flip else "in_out"
        m = len(self.found.x)
        arrays, transposed = read(network, [*weights, *biases], layout, m)
        return [array.astype(np.float64) for array in arrays], transposed

    def diagnosis(self, check: GradientCheck | None) -> Diagnosis:
        """The verdict, and the mistakes that make it."""
        given, right = self._in_order(self.given), self._in_order(self.right)
        if check is None:
            check = self._check(given, right)
        wrong = self._wrong(check, given, right)
        matches, together = self._matches() if wrong else ([], False)
        step = None
        if wrong and not (matches or any(self.found.penalty)):
            step = found_one_by_one(self.problem, self.given, self.own.tolerance)
        if self.transposed:
            matches = [Match(MISTAKES["transposed"], 1.0, ""), *matches]
            wrong = sorted({*wrong, *self.found.arrangement.weights})
        left = wrong if step is None else []
        return diagnosis_of(
            *(self.found.arrangement.names, given, right, left, self.problem, matches),
            check=check,
            together=together,
            notes=tuple(self._notes(step, unknown=bool(left and not matches))),
        )

    def _check(self, given: list[Array], right: list[Array]) -> GradientCheck:
        """Asked about what has the shape of its parameter: the rest is wrong."""
        pairs = zip(given, right, strict=True)
        asked = [g if g.shape == r.shape else r for g, r in pairs]
        return check_gradients(self.own.cost, self.own.parameters, asked)

    def _notes(self, step: float | None, *, unknown: bool) -> list[str]:
        notes = [str(self.found)]
        if self.own.outputs is not None:
            notes += self._other_outputs(self.own.outputs)
        if step is not None:
            notes.append(one_by_one_note(step))
        if unknown and self.own.step_size is None:
            notes.append(STEP_NOTE)
        return notes

    def _other_outputs(self, given: ArrayLike | Sequence[ArrayLike]) -> list[str]:
        found = self.found
        depth = len(found.network.weights)
        theirs = read_outputs(given, depth, columns=found.columns)[-1]
        last = forward_unchecked(found.network, found.x).output
        gap = apart(theirs, last)
        if gap is None or "softmax" in found.cost.name:
            return []
        return [
            f"your output differs by up to {gap:.2g} from what your cost computes "
            "with; was it made from other weights, or before an update?"
        ]

    def _in_order(self, arrays: Sequence[Array]) -> list[Array]:
        way, depth = self.found.arrangement, len(self.found.network.weights)
        return way.in_order(arrays[:depth], arrays[depth:], self.own.shapes)

    def _wrong(
        self, check: GradientCheck, given: list[Array], right: list[Array]
    ) -> list[int]:
        """What the check calls wrong; where it cannot say, what is not ours."""
        verdicts = check.verdicts or ("undecided",) * len(given)
        unsure = ("undecided", "random")
        return [
            i
            for i, (v, g, r) in enumerate(zip(verdicts, given, right, strict=True))
            if v == "wrong"
            or g.shape != r.shape
            or (v in unsure and not equal(g, r, self.own.tolerance))
        ]

    def _matches(self) -> tuple[list[Match], bool]:
        """Mistakes in what the data make, beside what became of the penalty."""
        extra, tolerance = self.found.penalty_gradients, self.own.tolerance
        if not any(self.found.penalty):
            return find(self.problem, self.given, self.data, tolerance)
        largest = max(float(np.abs(e).max()) for e in extra)
        rounding = max(tolerance.least, ROUNDING * largest)  # where the data make 0
        tolerance = tolerance._replace(least=rounding)
        if beside := self._penalties_alone(extra, tolerance):
            return beside, len(beside) > 1
        for name, share in [("", self._factor()), ("", 1.0), *PENALTIES.items()]:
            rest = [
                g - share * e if g.shape == e.shape else g
                for g, e in zip(self.given, extra, strict=True)
            ]
            beside = [Match(PENALTY, share, name)] if name else []
            matches, together = find(self.problem, rest, self.data, tolerance)
            if matches:
                return [*beside, *matches], together or bool(beside)
        return [], False

    def _penalties_alone(self, extra: list[Array], tolerance: Tolerance) -> list[Match]:
        """What became of the penalty of each array, where that is all there is."""
        depth = len(self.problem.network.weights)
        layers: dict[str, set[int]] = {}
        shares = {"": 1.0, **PENALTIES}.items()
        triples = zip(self.given, extra, self.data, strict=True)
        for i, (given, own, data) in enumerate(triples):
            fits = [n for n, f in shares if equal(given, data + f * own, tolerance)]
            if not fits:
                return []
            layers.setdefault(fits[0], set()).add(i % depth + 1)
        return [
            Match(PENALTY, PENALTIES[name], name, tuple(sorted(at)))
            for name, at in layers.items()
            if name
        ]

    def _factor(self) -> float:
        """What all of it, the penalty as well, may be multiplied by."""
        pairs = zip(self.given, self.right, strict=True)
        alike = [(g, r) for g, r in pairs if g.shape == r.shape]
        size = sum(float((r * r).sum()) for _, r in alike)
        return sum(float((g * r).sum()) for g, r in alike) / size if size else 1.0


def diagnose_own(
    own: Own,
    x: Array,
    y: Array,
    flips: Sequence[bool] = (False, True),
    columns: Sequence[bool] = (False, True),
) -> Diagnosis:
    """Judge it by differences, and then look for the mistake in it."""
    given = fitting(own)
    check = None
    if given is not None:
        check = check_gradients(own.cost, own.parameters, given)
    if not check:
        doubles = [p.astype(np.float64) for p in own.parameters]
        if found := recognise(doubles, x, y, own.cost, flips, columns):
            return Beside(own, found).diagnosis(check)
        if parts := taken_apart(own, [(x, y)], flips, columns):
            return Beside(*parts).diagnosis(None)
    if given is None or check is None:
        refuse_shapes(own)
    return _by_differences(given, check)


def _by_differences(given: list[Array], check: GradientCheck) -> Diagnosis:
    """The verdict of the gradient check, with nothing named."""
    names = tuple(f"array {i}" for i in range(1, len(given) + 1))
    verdicts = check.verdicts or (check.verdict,) * len(given)
    wrong = [i for i, verdict in enumerate(verdicts) if verdict == "wrong"]
    right = check.numerical
    return Diagnosis(
        correct=check.passed,
        matches=(),
        errors=check.errors or (float("nan"),) * len(given),
        arrays=names,
        wrong=tuple(names[i] for i in wrong),
        worst=worst_entry(names, given, list(right), wrong) if right else "",
        check=check,
        notes=() if check.passed else (UNKNOWN,),
    )

"""The diagnosis of a gradient whose network is known by its cost alone.

Whether it is right, differences of that very cost say.  Only to name what is wrong, the
network is recognised: by the costs that it makes.
"""

from collections.abc import Sequence

import numpy as np

from backprop_explained.check.beside import Beside
from backprop_explained.check.gradient import GradientCheck, check_gradients
from backprop_explained.check.own import Own, fitting, refuse_shapes
from backprop_explained.check.recognise import recognise
from backprop_explained.check.report import Diagnosis, worst_entry
from backprop_explained.check.unrolled import taken_apart
from backprop_explained.notation import Array

UNKNOWN = (
    "the network was not recognised from its cost: differences of the cost are the "
    "judge, and no mistake can be named"
)


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
    found = None
    if not check:
        doubles = [p.astype(np.float64) for p in own.parameters]
        found = recognise(doubles, x, y, own.cost, flips, columns)
    if found is not None:
        return Beside(own, found).diagnosis(check)
    apart = None if check else taken_apart(own, [(x, y)], flips, columns)
    if apart is not None:
        return Beside(*apart).diagnosis(None)
    if given is None or check is None:
        refuse_shapes(own)
    return by_differences(given, check)


def by_differences(given: list[Array], check: GradientCheck) -> Diagnosis:
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

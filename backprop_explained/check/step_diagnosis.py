"""Which mistake is in a training step, once its network and its data are found."""

from itertools import islice, permutations

import numpy as np

from backprop_explained.check.beside import Beside
from backprop_explained.check.excuses import Outcome
from backprop_explained.check.near import data_near
from backprop_explained.check.own import Own
from backprop_explained.check.recognise import Asked, ask, match
from backprop_explained.check.recognised import Recognised
from backprop_explained.check.report import Diagnosis
from backprop_explained.check.trial import Trial
from backprop_explained.notation import Array

PAIRS = 60
"""Pairs of an input and a target that are looked at."""


def diagnose_step(
    trial: Trial, outcome: Outcome, step_size: float | None
) -> Diagnosis | None:
    """The mistakes in a wrong step; None where its network is not recognised."""
    parameters = [np.asarray(p) for p in trial.start()]
    asked = ask([p.astype(np.float64) for p in parameters], trial.cost_at)
    found = asked and _recognised(trial, asked, parameters)
    if not found:
        return None
    rounding = _rounding(parameters, step_size or 1.0)
    own = Own(parameters, list(outcome.gradients), trial.cost_at, step_size, rounding)
    return Beside(own, found).diagnosis(outcome.check)


def _recognised(
    trial: Trial, asked: Asked, parameters: list[Array]
) -> Recognised | None:
    known = [leaf.read() for leaf in trial.leaves]
    trial.memory.restore()
    near = data_near(trial.cost, trial.step, trial.where, but=known)
    trial.memory.restore()
    for x, y in islice(permutations(near, 2), PAIRS):
        found = match(asked, parameters, x, y)
        if found is not None:
            return found
    return None


def _rounding(parameters: list[Array], step_size: float) -> float:
    """What is lost where a gradient is read from a change of its parameters."""
    coarsest = max(
        float(np.finfo(p.dtype).eps * np.abs(p).max(initial=0.0)) for p in parameters
    )
    return 2 * coarsest / step_size

"""Which mistake is in a training step, once its network and its data are found."""

from itertools import islice, permutations

import numpy as np

from backprop_explained.check.beside import Beside
from backprop_explained.check.excuses import EARLY, HIDDEN, Outcome
from backprop_explained.check.mistakes import MISTAKES
from backprop_explained.check.near import data_near
from backprop_explained.check.one_by_one import found_one_by_one
from backprop_explained.check.own import Own
from backprop_explained.check.recognise import ask, match
from backprop_explained.check.report import Diagnosis
from backprop_explained.check.trial import Trial
from backprop_explained.check.unrolled import taken_apart
from backprop_explained.notation import Array

PAIRS = 60
"""Pairs of an input and a target that are looked at."""


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

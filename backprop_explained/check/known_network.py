"""The diagnosis of a gradient of a network that is given, with its cost."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained._checks import as_input
from backprop_explained.backprop import forward_unchecked
from backprop_explained.check.cost_form import Form, Value, cost_from
from backprop_explained.check.given import Layout, Problem, names_of, read
from backprop_explained.check.judgement import Judgement, judge, with_right_slopes
from backprop_explained.check.mistakes import MISTAKES
from backprop_explained.check.numerical import FLOAT32, FLOAT64, Tolerance
from backprop_explained.check.one_by_one import found_one_by_one, one_by_one_note
from backprop_explained.check.report import STEP_NOTE, Diagnosis, diagnosis_of, notes_on
from backprop_explained.check.suspects import Match, find
from backprop_explained.costs import Cost, as_target, sum_of_squares
from backprop_explained.network import Gradients, Network
from backprop_explained.notation import Array


def problem_of(
    network: Network,
    x: ArrayLike,
    y: ArrayLike,
    cost: Cost | Value,
    step_size: float | None,
) -> tuple[Problem, list[str]]:
    """All of it in float64 and with right slopes, and which slopes were not."""
    x = as_input(network, x).astype(np.float64)
    y = as_target(y, forward_unchecked(network, x).output).astype(np.float64)
    parameters = [p.astype(np.float64) for p in network.parameters]
    network, notes = with_right_slopes(network.with_parameters(parameters), x)
    return Problem(network, x, y, cost_from(cost, y.shape), step_size), notes


def diagnose_known(
    problem: Problem,
    gradients: Gradients | Sequence[ArrayLike],
    layout: Layout,
    notes: list[str],
) -> Diagnosis:
    """The verdict on a gradient of this problem."""
    arrays, transposed = read(problem.network, gradients, layout, len(problem.x))
    short = any(array.dtype.itemsize < 8 for array in arrays)
    given: list[Array] = [array.astype(np.float64) for array in arrays]
    tolerance = FLOAT32 if short else FLOAT64
    judgement = judge(problem, given, tolerance)
    matches, together, step = _explained(problem, given, judgement, tolerance)
    wrong = set() if step else set(judgement.wrong)
    if transposed:
        matches = [Match(MISTAKES["transposed"], 1.0, ""), *matches]
        wrong |= set(range(len(problem.network.weights)))
    names = names_of(problem.network, len(given))
    told = [*judgement.notes, *notes_on(problem, given, names, transposed)]
    told += [one_by_one_note(step)] if step else []
    may_be_updated = problem.step_size is None and len(problem.network.weights) > 1
    told += [STEP_NOTE] if wrong and not matches and may_be_updated else []
    return diagnosis_of(
        *(names, given, judgement.right, sorted(wrong), problem, matches),
        check=judgement.check,
        together=together,
        notes=(*notes, *told),
    )


def _explained(
    problem: Problem, given: list[Array], judgement: Judgement, tolerance: Tolerance
) -> tuple[list[Match], bool, float | None]:
    """The mistakes, whether together; or the step of right updates, added up."""
    if not judgement.wrong:
        return [], False, None
    matches, together = find(problem, given, judgement.right, tolerance)
    if matches:
        return matches, together, None
    return [], False, found_one_by_one(problem, given, tolerance)


def of_another_cost(diagnosis: Diagnosis, problem: Problem) -> Diagnosis:
    """Where no cost was named, and it is right for another usual one, say so."""
    (m, n), matches = problem.y.shape, diagnosis.matches
    usual = {2.0, 1 / m, 2 / m, 1 / (m * n), 2 / (m * n)}
    alone = len(matches) == 1 and matches[0].is_factor
    factor = matches[0].total(m) if alone else 0.0
    if all(abs(factor - u) > 1e-6 * u for u in usual):
        return diagnosis
    form = Form(sum_of_squares, factor / 2, m, n)
    note = (
        "no cost was named, so half the sum of squares is meant; for "
        f"{form}, it is right: say cost="
    )
    return replace(diagnosis, notes=(*diagnosis.notes, note))

"""What a diagnosis reports, and what it refuses."""

import dataclasses
import math

import numpy as np
import pytest

from backprop_explained import MISTAKES, diagnose_gradients, squared_error
from backprop_explained.check.given import Problem
from backprop_explained.check.suspects import Match, _factors
from sitebuild.evidence.diagnosis import diagnose, make, right_gradient


def test_the_report_says_which_where_why_what_to_change_and_where_to_read(small):
    text = str(diagnose(small, make("z where a belongs", small)))
    row = MISTAKES["z where a belongs"]
    assert text.startswith("gradient: wrong in W1, W2, b1, b2: “z where a belongs”\n")
    for part in (row.description, row.code, row.instead, row.page):
        assert part in text
    assert "  W1  relative error " in text
    assert str(diagnose(small, right_gradient(small))).startswith("gradient: right\n")


@pytest.mark.parametrize(
    ("together", "said"),
    [
        (True, "“sign” and “transposed”, together"),
        (False, "“sign” or “transposed”; all of these make it here"),
    ],
)
def test_several_mistakes_are_made_together_or_one_of_them_is(small, together, said):
    diagnosis = diagnose(small, make("sign", small))
    both = tuple(Match(MISTAKES[name], 1.0, "") for name in ("sign", "transposed"))
    told = dataclasses.replace(diagnosis, matches=both, together=together)
    assert told.named == said
    assert said in str(told)


def test_a_factor_is_named_with_its_value(small):
    problem = Problem(small.network, small.x, small.y, squared_error, 0.25)
    named = [one for one in _factors(problem).items() if " = " in one[0]]
    assert len(named) > 20
    for name, value in named:
        assert float(name.rpartition("= ")[2]) == pytest.approx(value, rel=1e-5)


def test_only_the_wrong_arrays_are_called_wrong(small):
    diagnosis = diagnose(small, make("a where z belongs, hidden layers", small))
    assert diagnosis.wrong == ("W1", "b1")
    assert diagnosis.errors[1] == diagnosis.errors[3] == 0


def test_wrong_and_unknown_says_so(small):
    rng = np.random.default_rng(12)
    noise = [rng.normal(size=p.shape) for p in small.network.parameters]
    diagnosis = diagnose(small, noise)
    assert not diagnosis
    assert diagnosis.mistakes == ()
    assert "wrong, and unknown: no known mistake makes it" in str(diagnosis)


def test_the_step_is_asked_for_where_it_could_help(small):
    made = make("updated weights", small)
    c = small
    without = diagnose_gradients(c.network, c.x, c.y, made)
    assert without.mistakes == ()
    assert "give step_size=" in str(without)
    assert diagnose(c, made).mistakes == ("updated weights",)
    other = diagnose(c._replace(step_size=0.1), made)
    assert other.mistakes == ()


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_gradient_that_is_not_finite_is_wrong(small, bad):
    wrong = [g.copy() for g in right_gradient(small).parameters]
    wrong[1][2, 1] = bad
    diagnosis = diagnose(small, wrong)
    assert not diagnosis
    assert diagnosis.wrong == ("W2",)
    assert "the gradient of W2 holds NaN or infinity" in str(diagnosis)
    assert f"worst: W2[2, 1] is {bad}" in str(diagnosis)


PAIRED = list(map(np.ones, [(3, 4), 4, (4, 2), 2]))
SHORT = list(map(np.ones, [(3, 4), (4, 2), 3, 2]))


@pytest.mark.parametrize(
    ("name", "value", "error", "words"),
    [
        ("layout", "rows", ValueError, r"layout must be 'in_out' or 'out_in', not"),
        ("examples", "row", ValueError, r"examples must be 'rows' or 'columns', not"),
        ("cost", 3, TypeError, r"cost must be a Cost such as squared_error, not 3"),
        ("step_size", -1, ValueError, r"step_size must be above 0 .* not -1; give"),
        ("network", 3, TypeError, r"network must be a Network, not 3"),
        ("x", [[1, 2]], ValueError, r"x of shape \(1, 2\) has 2 numbers"),
        ("y", [[1, 2]], ValueError, r"y must have the shape of the output, \(5, 2\)"),
        ("gradients", 3, TypeError, r"gradients must be a Gradients or a list"),
        ("gradients", np.ones((2, 2)), TypeError, r"list of arrays, not ndarray"),
        ("gradients", [], ValueError, r"must hold 2 or 4 arrays, but hold 0; give"),
        (
            *("gradients", PAIRED, ValueError),
            r"layer 2: .* shape \(4,\) does not fit .* \(4, 2\); .* then the biases'",
        ),
        (
            *("gradients", SHORT, ValueError),
            r"gradient of b1 has shape \(3,\), but the biases have \(4,\); sum delta",
        ),
        (
            *("gradients", [["a"], [1]], TypeError),
            r"the gradient of W1 must hold real numbers",
        ),
    ],
)
def test_bad_input_is_refused_with_the_way_out(small, name, value, error, words):
    c = small
    given = {"network": c.network, "x": c.x, "y": c.y, "cost": c.cost}
    given |= {"gradients": right_gradient(c), name: value}
    with pytest.raises(error, match=words):
        diagnose_gradients(**given)

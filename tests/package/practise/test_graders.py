"""The graders: what passes, and the sentence for what does not."""

import json

import numpy as np
import pytest
from autograd import grad
from autograd import numpy as anp

from backprop_explained import make_activation, sigmoid, sigmoid_derivative
from backprop_explained.practise import (
    Grade,
    grade_check,
    grade_derivative,
    grade_each,
    grade_values,
    graded,
)
from backprop_explained.practise.program import derivatives

# ---- a derivative


@pytest.mark.parametrize(
    ("derivative", "activation", "takes", "said"),
    [
        (sigmoid_derivative, "sigmoid", "z", ""),
        (lambda a: 1 - a**2, "tanh", "a", ""),
        (lambda v: v > 0, "relu", "z", ""),
        (lambda v: v > 0, "relu", "a", ""),
        (sigmoid_derivative, "sigmoid", "a", "This is right for `z`, but you are giv"),
        (lambda a: 1 - a**2, "tanh", "z", "This is right for `a`, but you are given"),
        (lambda a: a * (a - 1), "sigmoid", "a", "Not yet: it is the slope from `a` w"),
        (lambda a: 1 - a**2, "sigmoid", "a", "Not yet: it is the slope of tanh"),
        (lambda z, a: np.exp(-z) * a**2, "sigmoid", "a", "Not yet: it takes"),
        (lambda v: None, "sigmoid", "a", "It returns nothing"),
        (lambda v: ..., "sigmoid", "z", "It returns no number yet"),
    ],
)
def test_a_derivative(derivative, activation, takes, said):
    grade = grade_derivative(derivative, activation, takes)
    assert grade.passed == (not said)
    assert grade.verdict.startswith(said or "Right: given the ")


def test_a_derivative_of_an_activation_of_ones_own():
    twice = lambda f: lambda z: 2 * f(z)
    row = make_activation("twice", twice(sigmoid), twice(sigmoid_derivative))
    assert grade_derivative(lambda a: a * (1 - a / 2), row, "a").passed
    assert not grade_derivative(lambda a: a * (1 - a), row, "a").passed


# ---- values


def power(z):
    return z**3, 3 * z**2


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (power, "Right."),
        (lambda z: (z**3, -3 * z**2), "slope has the wrong sign."),
        (lambda z: (z**3, 6 * z**2), "slope is right except for a factor 2."),
        (lambda z: (z**3, 3 * z), "slope is not right yet."),
        (lambda z: (z**3, np.full(2, z)), "slope has shape (2,), and should have ()."),
        (lambda z: (z**3, ...), "power is right; slope is still to be written."),
        (lambda z: z**3, "power is right; slope is still to be written."),
        (lambda z: (z, ...), "power is not right; slope is still to be written."),
        (lambda z: (0 * z, 3 * z**2), "power is zero throughout."),
        (lambda z: (z**3, np.nan), "slope is not right yet."),
    ],
)
def test_values(function, said):
    grade = grade_values(function, power, [(2.0,), (-1.5,)], ["power", "slope"])
    assert grade.verdict == said
    assert grade.passed == (said == "Right.")
    assert list(grade.parts) == ["power", "slope"]


def test_values_do_not_see_what_an_answer_does_to_its_arguments():
    def spoils(v):
        v *= 2
        return v / 2

    assert grade_values(spoils, lambda v: v, [(np.ones(3),)], ["v"]).passed


# ---- a program

PROGRAM = "u = np.sin(v) * W\nh = u.sum(axis=0)\nC = (h**3).sum()"
BEGIN = {"v": np.array([0.3, -1.2]), "W": np.array([[1.0, 2.0], [0.5, -0.4]])}


def test_the_derivatives_of_a_program_are_those_of_another_library():
    of = lambda v, W: anp.sum(anp.sum(anp.sin(v) * W, axis=0) ** 3)
    found = derivatives(PROGRAM, BEGIN)
    for k, name in enumerate(BEGIN):
        assert np.allclose(found[name], grad(of, k)(*BEGIN.values()), rtol=1e-6)
    assert list(found) == ["v", "W", "u", "h"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "Right, all 2 of them."),
        ({"dC_dh": 0}, "dC_dh is not right yet. The line to look at is `C = (h**3)"),
        ({"dC_du": ...}, "dC_dh is right; next is dC_du."),
        ({"dC_dh": ..., "dC_du": ...}, "None is written yet: begin with dC_dh."),
    ],
)
def test_the_derivatives_of_a_program_one_by_one(change, said):
    found = derivatives(PROGRAM, BEGIN)
    given = {"dC_dh": found["h"], "dC_du": found["u"]} | change
    if change.get("dC_dh") == 0:
        given["dC_dh"] = found["h"] + [0.5, 0.0]
    grade = grade_each(PROGRAM, BEGIN, given)
    assert grade.verdict.startswith(said)
    assert grade.passed == (not change)


def test_a_slope_that_was_not_multiplied_is_told():
    program, begin = "p = 3 * v\nq = p**2\nC = q * 5", {"v": 2.0}
    said = grade_each(program, begin, {"dC_dp": 12.0}).verdict
    alone = "dC_dp is the slope of that line alone: multiply it by dC_dq"
    assert said.startswith(alone)


# ---- a check


def test_checks_of_two_kinds_pass_and_a_lenient_one_does_not():
    def check(cost, at, gradient, bound=1e-5):
        moved = lambda move: cost((at.ravel() + move).reshape(at.shape))
        moves = 1e-5 * np.eye(at.size)
        measured = [(moved(m) - moved(-m)) / 2e-5 for m in moves]
        off = np.abs(measured - gradient.ravel()).max()
        return off <= bound * np.abs(measured).max()

    assert grade_check(check).passed
    lenient = grade_check(lambda *given: check(*given, bound=0.1))
    assert lenient.verdict.startswith("It accepts a gradient that is wrong: one entry")
    strict = grade_check(lambda *given: check(*given, bound=1e-14))
    assert strict.verdict.startswith("It refuses a gradient that is right")


# ---- how a grader is run


def test_a_grade_as_json_is_itself():
    grade = Grade(False, 'dW is "½".', {"dW": "wrong"})
    assert Grade(**json.loads(grade.as_json())) == grade
    assert "\n" not in grade.as_json()


def test_a_name_that_is_gone_is_told_and_one_of_the_answer_is_raised():
    grader = "grade = Grade(answer(1) == 1, 'no')"
    assert "no `answer` any more" in graded(grader, {}).verdict
    names = {}
    exec("def answer(z):\n    return other", names)
    with pytest.raises(NameError, match="other"):
        graded(grader, names)


def test_what_a_judge_refuses_is_told_and_what_the_answer_raises_is_raised():
    grader = (
        "from backprop_explained.practise import grade_derivative\n"
        "grade = grade_derivative(d, 'sigmoid', takes='a')"
    )
    grade = graded(grader, {"d": lambda v: "text"})
    assert not grade.passed
    assert grade.verdict[0].isupper()

    names = {}
    exec("def d(v):\n    raise ValueError('mine')", names)
    with pytest.raises(ValueError, match="mine"):
        graded(grader, names)


def test_what_a_judge_makes_of_an_error_of_the_answer_is_raised():
    """Also where it says not `from`, so that the first is its context alone."""
    source = (
        "def judge(d):\n"
        "    try:\n"
        "        return d()\n"
        "    except ZeroDivisionError:\n"
        "        raise ValueError('not a number')\n"
    )
    names = {"d": lambda: 1 / 0}
    exec(compile(source, "backprop_explained/judge.py", "exec"), names)
    with pytest.raises(ValueError, match="not a number"):
        graded("grade = Grade(judge(d), '')", names)


def test_the_names_of_the_answer_are_left_alone():
    names = {"answer": 1}
    graded("answer = 2\ngrade = Grade(True, 'yes')", names)
    assert names == {"answer": 1}

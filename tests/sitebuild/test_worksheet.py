"""The worksheet: its answers are right, by formulas of another hand."""

import re
from math import cosh, exp

import numpy as np
import pytest

from backprop_explained import check_gradients
from sitebuild.worksheet import DERIVATIVES, answers, neuron, sheet, tasks

NUMBER = r"-?\d+\.\d{4}"


def sigmoid(z):
    return 1 / (1 + exp(-z))


def cost(one, w, b):
    return (sigmoid(w * one.x + b) - one.y) ** 2 / 2


def told(task):
    return [float(number) for number in re.findall(NUMBER, task.answer)]


@pytest.mark.parametrize("seed", range(12))
def test_the_numbers_are_those_of_central_differences(seed):
    one, h = neuron(seed), 1e-6
    forward, derivatives, functions, _, step, _ = tasks(seed)
    z = one.w * one.x + one.b
    a = sigmoid(z)
    assert told(forward) == pytest.approx([z, a, cost(one, one.w, one.b)], abs=6e-5)
    dw, db = (
        (cost(one, one.w + u, one.b + v) - cost(one, one.w - u, one.b - v)) / (2 * h)
        for u, v in ((h, 0), (0, h))
    )
    slope = (sigmoid(z + h) - sigmoid(z - h)) / (2 * h)
    assert told(derivatives) == pytest.approx([a - one.y, slope, dw, db], abs=6e-5)
    wrong = [z - z * z, sigmoid(a) * sigmoid(-a)]
    assert told(functions) == pytest.approx([slope, slope, *wrong], abs=6e-5)
    moved = one.w - dw, one.b - db
    new, old = cost(one, *moved), cost(one, one.w, one.b)
    assert told(step) == pytest.approx([*moved, new, old], abs=6e-5)
    assert ("smaller" in step.answer) == (new < old)


def test_the_text_of_a_derivative_is_its_function():
    for name, text, function in DERIVATIVES:
        for x in (-1.5, 0.25, 2.0):
            value = eval(text, {"x": x, "cosh": cosh, "exp": exp})
            assert function(np.asarray(x)) == pytest.approx(value), name


def test_the_answers_about_arguments():
    rows = re.findall(r"\| `([^`]+)` \| ([^|]+) \|", answers(0))
    assert [said.partition(":")[0] for _, said in rows] == [
        *("the output", "`z`", "either"),
        *("the output", "the output", "`z`"),
    ]


def gradients(line, weights, x, y):
    first, second = weights
    z1 = x @ first
    a1 = 1 / (1 + np.exp(-z1))
    a2 = 1 / (1 + np.exp(-a1 @ second))
    names = {"a1": a1, "a2": a2, "z1": z1, "W2": second, "x": x, "y": y}
    code = re.search(r"```python\n(.*?)```", sheet(0).replace("    ", ""), re.DOTALL)[1]
    lines = [
        line if line and line.startswith(row[:3]) else row for row in code.split("\n")
    ]
    exec("\n".join(lines), names)
    return [names["dW1"], names["dW2"]]


def test_the_mistaken_line_is_wrong_and_the_answer_is_right():
    rng = np.random.default_rng(0)
    x, y, *weights = (
        rng.normal(size=size) for size in [(4, 3), (4, 1), (3, 2), (2, 1)]
    )

    def half_a_sum(parameters):
        first, second = parameters
        a1 = 1 / (1 + np.exp(-x @ first))
        return ((1 / (1 + np.exp(-a1 @ second)) - y) ** 2).sum() / 2

    right = re.search(r"should be `([^`]+)`", tasks(0)[-1].answer)[1]
    passed = [
        check_gradients(half_a_sum, weights, gradients(line, weights, x, y)).passed
        for line in (None, right)
    ]
    assert passed == [False, True]


def test_another_seed_is_another_sheet_and_the_same_the_same():
    assert len({sheet(seed) for seed in range(12)}) == 12
    assert sheet(3) == sheet(3)
    assert "four decimals" in sheet(3)
    assert not re.search(NUMBER, sheet(3))

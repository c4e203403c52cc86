"""The worksheet: its answers are right, by formulas of another hand."""

import re
from math import cosh, exp

import numpy as np
import pytest

from backprop_explained import check_gradients
from sitebuild.worksheet import DERIVATIVES, answers, fork, neuron, sheet, tasks

NUMBER = r"-?\d+\.\d{4}"


sigmoid = lambda z: 1 / (1 + exp(-z))
cost = lambda one, w, b: (sigmoid(w * one.x + b) - one.y) ** 2 / 2


def told(task):
    return [float(number) for number in re.findall(NUMBER, task.answer)]


@pytest.mark.parametrize("seed", range(12))
def test_the_numbers_are_those_of_central_differences(seed):
    one, h = neuron(seed), 1e-6
    forward, derivatives, functions, *_ = tasks(seed)
    z = one.w * one.x + one.b
    a = sigmoid(z)
    assert told(forward) == pytest.approx([z, a], abs=6e-5)
    dw, db = (
        (cost(one, one.w + u, one.b + v) - cost(one, one.w - u, one.b - v)) / (2 * h)
        for u, v in ((h, 0), (0, h))
    )
    slope = (sigmoid(z + h) - sigmoid(z - h)) / (2 * h)
    assert told(derivatives) == pytest.approx([a - one.y, slope, dw, db], abs=6e-5)
    wrong = [z - z * z, sigmoid(a) * sigmoid(-a)]
    assert told(functions) == pytest.approx([slope, slope, *wrong], abs=6e-5)


@pytest.mark.parametrize("seed", range(12))
def test_two_paths_are_added(seed):
    one, h = fork(seed), 1e-6
    (v1, v2), (y1, y2) = one.weights, one.targets
    half_a_sum = lambda a: ((v1 * a - y1) ** 2 + (v2 * a - y2) ** 2) / 2
    slopes = [v1 / 2 - y1, v2 / 2 - y2]
    to_a = (half_a_sum(0.5 + h) - half_a_sum(0.5 - h)) / (2 * h)
    up, down = (half_a_sum(sigmoid(one.x * w)) for w in (h, -h))
    paths = [v1 * slopes[0], v2 * slopes[1]]
    numbers = [*slopes, *paths, to_a, to_a, (up - down) / (2 * h)]
    assert told(tasks(seed)[4]) == pytest.approx(numbers, abs=6e-5)
    assert min(abs(v1 * slopes[0] / 2), abs(v2 * slopes[1] / 2)) > 0.01


def test_the_text_of_a_derivative_is_its_function():
    for name, text, function in DERIVATIVES:
        for x in (-1.5, 0.25, 2.0):
            value = eval(text, {"x": x, "cosh": cosh, "exp": exp})
            assert function(np.asarray(x)) == pytest.approx(value), name


def test_the_answers_about_arguments():
    rows = re.findall(r"\| `([^`]+)` \| ([^|]+) \|", answers(0))
    given = [said.partition(":")[0] for _, said in rows]
    assert given == ["the output", "`z`", "either", "the output"]


def gradients(line, weights, x, y):
    first, second = weights
    z1 = x * first
    a1, a2 = sigmoid(z1), sigmoid(sigmoid(z1) * second)
    names = {"a1": a1, "a2": a2, "z1": z1, "w2": second, "x": x, "y": y}
    code = re.search(r"```python\n(.*?)```", sheet(0).replace("    ", ""), re.DOTALL)[1]
    takes = lambda row: line and line.startswith(row[:3])
    lines = [line if takes(row) else row for row in code.split("\n")]
    exec("\n".join(lines), names)
    return [np.array(names["dw1"]), np.array(names["dw2"])]


def test_the_mistaken_line_is_wrong_and_the_answer_is_right():
    x, y, weights = 0.7, 1.0, [np.array(0.9), np.array(-1.3)]
    half_a_square = lambda p: (sigmoid(sigmoid(x * p[0]) * p[1]) - y) ** 2 / 2
    right = re.search(r"should be `([^`]+)`", tasks(0)[-1].answer)[1]
    for line, passes in [(None, False), (right, True)]:
        given = gradients(line, weights, x, y)
        assert check_gradients(half_a_square, weights, given).passed == passes


def test_another_seed_is_another_sheet_and_the_same_the_same():
    assert len({sheet(seed) for seed in range(12)}) == 12
    assert sheet(3) == sheet(3)
    assert "four decimals" in sheet(3)
    assert not re.search(NUMBER, sheet(3))

"""Helpers that are right, numbers that cannot repair, values in lists."""

import numpy as np
import pytest
from programs import found_in, replaced

from backprop_explained import check_step
from backprop_explained.check.line.judge import Judge
from backprop_explained.check.line.likely import Scaling
from backprop_explained.check.line.recorder import Event, holds_numbers

LISTS = """
def minus(a, b):
    return [p - q for p, q in zip(a, b)]

def times(c, a):
    return [c * p for p in a]

class Net:
    def __init__(self):
        self.w, self.x, self.y = [0.4, -0.3], [1.5, 0.5], [2.0, 1.0]

    def error(self):
        return minus([w * x for w, x in zip(self.w, self.x)], self.y)

    def cost(self):
        return sum(e * e for e in self.error()) / 2

    def step(self):
        error = self.error()
        slope = [e * x for e, x in zip(error, self.x)]
        self.w = minus(self.w, times(0.1, slope))
"""


@pytest.mark.long
@pytest.mark.parametrize(
    ("old", "new", "number"),
    [
        ("times(0.1, slope)", "times(0.1, self.x)", 21),
        ("error = self.error()", "error = minus(self.y, self.error())", 19),
    ],
)
def test_a_helper_that_the_cost_runs_is_not_blamed_for_its_call(old, new, number):
    found = found_in(replaced(LISTS, old, new))
    assert found.lines[0].lines == (number,)


class Proportional:
    """A step whose gradient is some rows of a matrix times one value."""

    def __init__(self, rows, value, power=1):
        self.rows, self.value, self.power = rows, value, power

    def step(self, plan):
        value = plan[0, 0].amount if plan else self.value
        return [self.rows @ value**self.power]


@pytest.mark.parametrize(
    ("true", "power", "expected"),
    [
        ([2.0, 6.0], 1, True),  # twice what it is
        ([2.0, 5.0], 1, False),
        ([2.0, 5.0], 2, True),  # not in proportion, so it cannot be told
    ],
)
def test_a_number_is_tried_where_one_can_repair(true, power, expected):
    value = np.array([1.0, 2.0])
    runs = Proportional(np.array([[1.0, 0.0], [1.0, 1.0]]), value, power)
    judge = Judge([np.array(true)], 1.0)
    log = [Event((0, 0), value, value)]
    assert Scaling(runs, judge, frozenset([0])).may_repair(log) is expected


def test_what_has_no_numbers_in_it_holds_none():
    class Deep:
        def __init__(self, inside):
            self.inside = inside

    assert holds_numbers(Deep([1.0]))
    assert not holds_numbers(Deep(Deep(Deep(Deep([1.0])))))
    assert not holds_numbers(Deep)
    assert not holds_numbers({"w": "text"})
    assert not holds_numbers(np.tanh)


@pytest.mark.filterwarnings("ignore:the matrix subclass")
def test_a_matrix_whose_star_is_the_product_is_checked_as_an_array_is():
    W, x = np.matrix([[0.5, -1.0]]), np.matrix([[1.0], [2.0]])

    def step(factor):
        W[...] = W - factor * float((W * x)[0, 0]) * x.T

    def cost():
        return float((W * x)[0, 0]) ** 2 / 2

    assert check_step(lambda: step(0.1), cost, [W], 0.1).verdict == "right"
    assert check_step(lambda: step(0.2), cost, [W], 0.1).verdict == "wrong"

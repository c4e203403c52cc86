"""Places where some value repairs, and functions that what they return acquits."""

import ast
from functools import partial

import numpy as np
import pytest
from programs import names_of, replaced

from backprop_explained import find_first_wrong
from backprop_explained.check.line.expression import Expression
from backprop_explained.check.line.judge import Judge
from backprop_explained.check.line.likely import Likely
from backprop_explained.check.line.orders import of_order
from backprop_explained.check.line.recorder import Event
from backprop_explained.check.line.scope import Scope
from backprop_explained.check.line.solving import ENTRIES, Solving
from backprop_explained.check.line.source import Source


class Straight:
    """A step with two gradients, each some rows of a matrix times one value."""

    def __init__(self, first, second, value, power=1):
        self.rows, self.value, self.power = (first, second), value, power

    def step(self, plan):
        value = plan[0, 0].amount if plan else self.value
        return [rows @ value**self.power for rows in self.rows]


FIRST = np.array([[1.0, 0.0], [1.0, 1.0], [2.0, -1.0]])
SECOND = np.array([[0.0, 3.0], [1.0, 2.0]])
VALUE = np.array([1.0, 2.0])


def solving(true, power=1, right=frozenset()):
    runs = Straight(FIRST, SECOND, VALUE, power)
    return Solving(runs, Judge(true, 1.0), right)


LOG = [Event((0, 0), VALUE, VALUE)]


def test_a_place_is_known_where_one_value_makes_everything_right():
    other = np.array([-2.0, 0.5])
    reach = solving([FIRST @ other, SECOND @ other]).reach(LOG)
    assert reach[:3] == (frozenset([0, 1]), True, len(FIRST) + len(SECOND) - 2)
    np.testing.assert_allclose(reach.plan[0, 0].amount, other)


def test_of_two_gradients_that_ask_for_different_values_each_can_be_had_alone():
    true = [FIRST @ np.array([3.0, 1.0]), SECOND @ np.array([0.0, -1.0])]
    assert solving(true).reach(LOG) == (frozenset([0, 1]), False, 0, None, None)


def test_a_gradient_that_no_value_makes_is_out_of_reach():
    true = [np.array([1.0, 0.0, 0.0]), SECOND @ np.array([0.0, -1.0])]
    assert solving(true).reach(LOG) == (frozenset([1]), False, 0, None, None)


def test_what_is_right_has_to_stay_so():
    true = [FIRST @ VALUE, SECOND @ np.array([0.0, -1.0])]
    assert solving(true, right=frozenset([0])).reach(LOG).each == frozenset()


def test_what_is_not_straight_or_too_long_is_not_known():
    true = [FIRST @ VALUE * 2, SECOND @ VALUE * 2]
    assert solving(true, power=2).reach(LOG) is None
    many = np.ones(ENTRIES + 1)
    assert solving(true).reach([Event((0, 0), many, many)]) is None
    mask = VALUE > 1
    assert solving(true).reach([Event((0, 0), mask, mask)]) is None


def expression(index, line, text):
    return Expression("f.py", line, 0, line, len(text), text, "value", index=index)


class TwoPlaces:
    """A step with a gradient of three entries of one value, and one of two of another.

    The expressions are the value, the same with more around it, and the other one.
    """

    wrong = frozenset([0, 1])

    def __init__(self):
        self.runs = self.recorder = self
        self.expressions = [
            expression(0, 3, "a"),
            expression(1, 3, "a * b"),
            expression(2, 4, "c"),
        ]
        places = [e.place for e in self.expressions]
        values = [VALUE, VALUE, np.append(VALUE, 0.0)]
        self.logs = {
            place: [Event((i, 0), value, value)]
            for i, (place, value) in enumerate(zip(places, values, strict=True))
        }
        self.acts = dict.fromkeys(places, self.wrong)
        self.arrays, self.lists = {"a"}, set()

    def step(self, plan):
        first = VALUE
        for key, change in plan.items():
            first = change.amount[:2] if key[0] < 2 else first
        third = plan[2, 0].amount if (2, 0) in plan else np.append(VALUE, 0.0)
        second = first + third[:2] - VALUE
        return [FIRST @ second + third[2], SECOND @ second]


def test_the_place_is_told_where_the_fewest_numbers_make_everything_right():
    other = np.array([-2.0, 0.5])
    judge = Judge([FIRST @ other, SECOND @ other], 1.0)
    likely = Likely(TwoPlaces(), judge, frozenset())
    at, reach = likely.place()
    assert (at.text, reach.spare) == ("a * b", 3)
    assert likely.lines() == {("f.py", 3), ("f.py", 4)}


def test_no_place_is_told_where_none_can_make_everything_right():
    judge = Judge([np.array([1.0, 0.0, 5.0]), np.array([3.0, 7.0])], 1.0)
    likely = Likely(TwoPlaces(), judge, frozenset())
    assert likely.place() is None
    assert likely.lines() == set()


TWICE = """
def cost(p, x, t):
    margin = t * (x @ p["w"])
    return np.log1p(np.exp(-margin)).mean()

def step(p, x, t):
    margin = t * (x @ p["w"])
    d = -t / (1 + np.exp(-margin)) / len(t)
    p["w"] = p["w"] - 0.1 * x.T @ d
"""


def line_found(text, p, x, y):
    """The one line of `step(p, x, y)` that is named, beside `cost(p, x, y)`."""
    step, cost = (partial(names_of(text)[name], p, x, y) for name in ("step", "cost"))
    (line,) = find_first_wrong(step, cost, p, 0.1, source=text).lines
    return line


def test_what_stands_twice_as_it_is_is_not_named():
    rng = np.random.default_rng(0)
    p, x = {"w": rng.normal(size=3)}, rng.normal(size=(5, 3))
    line = line_found(TWICE, p, x, np.array([1.0, -1.0, 1.0, 1.0, -1.0]))
    assert (line.lines, line.advice, line.others) == ((8,), "margin", (7,))


CARRIED = """
def back(xs, f, g, memory):
    for x in xs:
        g = memory * x
        memory = g
"""


def test_a_factor_of_what_a_loop_carries_on_is_put_at_its_end():
    source = Source(CARRIED, "back.py")
    function = source.tree.body[0]
    loop = function.body[0]
    scope = Scope(source, function, {"memory", "f"})
    texts = [e.text for e in of_order(source, loop.body[1], scope)]
    assert "memory = g; memory = memory * f" in texts
    inner = [e.text for e in of_order(source, loop.body[0], scope)]
    assert not any("memory = memory" in text for text in inner)
    assert all(ast.parse(text) for text in texts)


PULLED = """
def dense(x, W):
    def back(d):
        return x.T @ d, d @ W.T
    return x @ W, back

def squash(x):
    y = np.tanh(x)
    def back(d):
        return d * (1 - y * y)
    return y, back

def miss(x, y):
    def back(d):
        return d * (x - y)
    return ((x - y) ** 2).sum() / 2, back

def network(p, x, y):
    z, back_z = dense(x, p["W"])
    a, back_a = squash(z)
    cost, back_cost = miss(a, y)
    def back():
        d = back_a(back_cost(1.0))
        return back_z(d)[0]
    return cost, back

def step(p, x, y):
    _, back = network(p, x, y)
    p["W"] = p["W"] - 0.1 * back()

def cost(p, x, y):
    return network(p, x, y)[0]
"""


@pytest.mark.long
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("back_a(back_cost(1.0))", "back_cost(1.0)"),
        ("d * (1 - y * y)", "d * (1 - x * x)"),
    ],
)
def test_a_function_that_returns_what_is_right_is_not_named(old, new):
    text = replaced(PULLED, old, new)
    rng = np.random.default_rng(0)
    p, x, y = {"W": rng.normal(size=(3, 2))}, rng.normal(size=(4, 3)), np.eye(4)[:, :2]
    line = line_found(text, p, x, y)
    number = next(n for n, t in enumerate(text.splitlines(), 1) if new in t)
    assert line.lines == (number,)
    assert number not in line.others

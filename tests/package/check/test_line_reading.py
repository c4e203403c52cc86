"""What can be read in a place, with its value at each visit."""

import ast

import numpy as np
from programs import names_of

from backprop_explained.check.line.environment import Environment
from backprop_explained.check.line.readable import readable
from backprop_explained.check.line.recorder import Change, Recorder
from backprop_explained.check.line.scope import Scope
from backprop_explained.check.line.source import Source
from backprop_explained.check.line.watch import watched

READS = """
def f(w, rows, shift):
    total = 0.0
    for i in range(2):
        for j in range(2):
            total = total + rows[i][j] * shift
            w["a"] += w["a"] * total
    return total + w["a"]

def endless(z):
    while True:
        z = z + 1

def end(w):
    return w["b"]

def spoils(z):
    z *= 0.0
    return z
"""


def looked_at(plan):
    names = names_of(READS, "<reads>")
    source, recorder = Source(READS, "<reads>"), Recorder()

    class Runs:
        def step(self, plan, keeps):
            recorder.begin(plan, keeps=keeps)
            rows = [[1.0, 2.0], [3.0, 4.0]]
            self.end = names["f"]({"a": 0.0, "b": 5.0}, rows, self.shift)
            recorder.end()

    runs = Runs()
    runs.recorder, runs.shift = recorder, np.array([1.0, 10.0])
    node = next(n for n in source.nodes((ast.BinOp,)) if isinstance(n.op, ast.Mult))
    texts = readable(Scope(source, source.tree.body[0]), node)
    with watched({"<reads>": READS}, recorder):
        at = next(e for e in recorder.expressions if e.text == "rows[i][j] * shift")
        plan = {(at.index, n): Change(False, v) for n, v in plan.items()}
        return *Environment(runs).values(at.index, texts, plan), runs


def test_items_are_read_with_their_indices_in_another_order():
    _, values, _ = looked_at({})
    assert [float(v) for v in values["rows[j][i]"]] == [1.0, 3.0, 2.0, 4.0]
    assert [float(v) for v in values["w['b']"]] == [5.0] * 4


def test_a_later_visit_sees_what_was_put_in_place_at_an_earlier_one():
    was, values, _ = looked_at({0: np.array([7.0, 7.0])})
    np.testing.assert_array_equal(values["total"][1], [7.0, 7.0])
    np.testing.assert_array_equal(was[0], [1.0, 10.0])


def test_a_function_that_writes_to_its_argument_spoils_nothing():
    _, values, runs = looked_at({})
    np.testing.assert_array_equal(values["spoils(shift)"][0], [0.0, 0.0])
    np.testing.assert_array_equal(runs.shift, [1.0, 10.0])


def test_no_function_is_called_that_may_not_end_or_may_write_to_a_dictionary():
    _, values, _ = looked_at({})
    assert "end(shift)" not in values
    assert not any(text.startswith("endless(") for text in values)
    assert "spoils(w)" not in values


def test_what_is_not_known_at_each_visit_is_not_offered():
    _, values, _ = looked_at({})
    assert "rows[total][i]" not in values
    assert all(len(v) == 4 for v in values.values())

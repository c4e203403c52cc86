"""What is written instead makes the gradient right, and nothing else is changed."""

import copy
import itertools
import random

import numpy as np
import programs
import pytest
from programs import names_of, replaced, style_of
from styles import Style

from backprop_explained import check_step, find_first_wrong
from backprop_explained.check.line import finding
from backprop_explained.check.line.edit import Edit
from backprop_explained.check.line.guarded import Guard
from backprop_explained.check.line.judge import Elsewhere
from backprop_explained.check.line.known import of_edit
from backprop_explained.check.line.names import unused_in
from backprop_explained.check.line.source import Source
from sitebuild.evidence.random_edits import KINDS, random_edit

pytestmark = pytest.mark.long

NET = """
import numpy as np

class Net:
    def __init__(self, sizes, rng):
        self.weights = [rng.normal(size=s) / 8 for s in zip(sizes, sizes[1:])]

    def forward(self, x):
        self.a = [x]
        for W in self.weights:
            self.a.append(np.tanh(self.a[-1] @ W))
        return self.a[-1]

    def cost(self, x, y):
        return np.sum((self.forward(x) - y) ** 2) / 2 / len(x)

    def train(self, x, y, rate):
        error = (self.forward(x) - y) / len(x)
        for k in reversed(range(len(self.weights))):
            delta = error * (1 - self.a[k + 1] ** 2)
            error = delta @ self.weights[k].T
            self.weights[k] -= rate * self.a[k].T @ delta
"""


def net_of(text, sizes=(3, 4, 2)):
    rng = np.random.default_rng(0)
    net = programs.net_of(text, sizes, rng)
    return net, rng.normal(size=(5, sizes[0])), rng.normal(size=(5, sizes[-1]))


def found_in(text, **options):
    net, x, y = net_of(text, **options)
    return find_first_wrong(
        lambda: net.train(x, y, 0.1), lambda: net.cost(x, y), net, 0.1, source=text
    )


def is_right(text):
    net, x, y = net_of(text)
    step, cost = lambda: net.train(x, y, 0.1), lambda: net.cost(x, y)
    return check_step(step, cost, net, 0.1).verdict == "right"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("self.a[k + 1] ** 2", "self.a[k + 1]", 20),
        (" * (1 - self.a[k + 1] ** 2)", "", 20),
        ("error = delta @", "error = error @", 21),
        ("rate * self.a[k].T", "2 * rate * self.a[k].T", 22),
        ("1 - self.a[k + 1]", "1 + self.a[k + 1]", 20),
    ],
)
def test_the_corrected_source_is_right(old, new, line):
    found = found_in(replaced(NET, old, new))
    assert [one.lines for one in found.lines] == [(line,)]
    assert is_right(found.lines[0].corrected)
    assert found.unexplained == ()


def test_another_place_that_is_as_good_is_named_as_well():
    found = found_in(NET.replace("- y) / len(x)\n        for", "- y)\n        for"))
    (line,) = found.lines
    assert {18, 22} == {*line.lines, int(str(line).partition("or in line ")[2][:2])}
    assert is_right(line.corrected)


TWO = NET.replace("error = delta @", "error = error @").replace(
    "rate * self.a[k].T", "2 * rate * self.a[k].T"
)


def test_two_edits_are_corrected_one_after_the_other():
    found = found_in(TWO)
    assert {n for one in found.lines for n in one.lines} == {21, 22}
    assert is_right(found.lines[-1].corrected)


def test_a_full_list_says_so(monkeypatch):
    monkeypatch.setattr(finding, "MOST", 1)
    found = found_in(TWO)
    assert len(found.lines) == 1
    assert "the list ends" in found.note


def test_a_network_of_usual_size_takes_few_runs():
    """Runs are counted, as seconds are the machine's."""
    text = NET.replace("self.a[k + 1] ** 2", "self.a[k + 1]")
    net, x, y = net_of(text, sizes=(64, 32, 10))
    runs = itertools.count()

    def step():
        next(runs)
        net.train(x, y, 0.1)

    found = find_first_wrong(step, lambda: net.cost(x, y), net, 0.1, source=text)
    assert found.lines[0].lines == (20,)
    assert next(runs) < 2000


def test_an_operation_of_a_tape_is_found_by_few_runs():
    """Ten thousand values a step: they are not measured one by one."""
    style = style_of("tape")
    found = find_first_wrong(*style.case(0, "a gradient that is not added"))
    assert [line.lines for line in found.lines] == [(26,)]
    assert "self.grad += other.data * out.grad" in found.lines[0].advice


def test_examples_in_globals_and_closures_are_as_before():
    text = NET.replace("error = delta @", "error = error @")
    net, x, y = net_of(text)
    rows = [x.tolist(), y.tolist()]
    before = copy.deepcopy([x, y, rows])
    step, cost = lambda: (net.train(x, y, 0.1), rows)[1], lambda: net.cost(x, y)
    find_first_wrong(step, cost, net, 0.1, source=text)
    assert np.array_equal(before[0], x)
    assert np.array_equal(before[1], y)
    assert before[2] == rows
    assert x.flags.writeable
    assert y.flags.writeable


def test_the_guard_locks_arrays_and_puts_lists_back():
    held, rows = np.zeros(2), [1, 2]
    guard = Guard([lambda: (held, rows)])
    with guard.locked([]):
        rows.append(3)
        with pytest.raises(ValueError, match="read-only"):
            held[0] = 1
        guard.put_back()
    held[0] = 1
    assert rows == [1, 2]


def test_an_edit_is_undone_in_the_functions_and_in_the_tree():
    names = names_of(NET)
    source = Source(NET, "<string>")
    node = source.tree.body[1].body[2].body[0]  # `return` of `cost`
    before = names["Net"].cost.__code__
    with source.exchanged(Edit((node,), "return 7.0", 0, "")) as done:
        assert done
        assert names["Net"].cost(None, None, None) == 7.0
    assert names["Net"].cost.__code__ is before
    assert source.edited(Edit((node,), "return 7.0", 0, "")).count("return 7.0") == 1
    assert source.tree.body[1].body[2].body[0] is node


def test_a_gradient_right_at_one_point_alone_is_not_right(monkeypatch):
    seen = []
    whole = Elsewhere.agrees

    def agrees(self, arrays):
        seen.append(whole(self, arrays))
        return seen[-1]

    monkeypatch.setattr(Elsewhere, "agrees", agrees)
    text = """
class Net:
    def __init__(self):
        self.w, self.two = 2.0, 2.0
    def cost(self):
        return self.w**3
    def step(self):
        self.w = self.w - 0.1 * self.two * self.w
"""
    line = programs.net_of(text)
    found = find_first_wrong(line.step, line.cost, (line, "w"), 0.1, source=text)
    assert False in seen  # 3 * 2 * 2 is right at w = 2 and nowhere else
    assert not any(one.corrected and "self.two" in one.advice for one in found.lines)


def test_names_that_are_known():
    assert of_edit("name", "z", "a") == ""
    assert of_edit("left out", "2 * (a - y)", "a - y") == "factor 2"
    assert of_edit("factor", "a - y", "2 * (a - y)") == ""
    assert of_edit("left out", "d / len(x)", "d") == "factor 1/m"


def test_a_name_that_is_never_read_is_known():
    source = Source("def f(x):\n    s = x\n    t = x\n    return t\n", "f.py")
    assert unused_in(source.tree.body[0]) == {"s"}


def test_of_many_names_that_are_never_read_none_is_forgotten():
    for names, unused in [("a, b, c, d", set()), ("a, b, c", {"a", "b"})]:
        text = f"def f(p):\n    {names} = p\n    return {names[-1]}\n"
        assert unused_in(Source(text, "f.py").tree.body[0]) == unused


def test_random_edits_are_of_every_kind_and_change_one_line():
    rng = random.Random(0)
    style = Style("net", NET, {})
    kinds = set()
    for _ in range(100):
        edit = random_edit(style, rng)
        if edit is None:
            continue
        kinds.add(edit.says.partition(":")[0])
        pairs = zip(NET.splitlines(), edit.source.splitlines(), strict=True)
        changed = [n for n, (a, b) in enumerate(pairs, 1) if a != b]
        assert changed in ([], list(edit.lines))
        if len(kinds) > len(KINDS) // 2:
            break
    assert kinds <= set(KINDS)
    assert len(kinds) > len(KINDS) // 2

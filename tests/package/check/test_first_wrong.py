"""Right code is not accused, and what is printed of wrong code."""

import copy
import dataclasses

import numpy as np
import pytest
from programs import found_in, net_of, style_of
from styles import STYLES

from backprop_explained import find_first_wrong
from backprop_explained.check.line import find, finding, search

SLOW = {"lists_of_numbers", "neuron_objects", "columns_mini_batch", "tape"}
"""Thousands of values in pure Python, each of which is measured."""


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_right_code_is_not_accused(style):
    found = find_first_wrong(*style.case(1))
    assert found.check
    assert found.lines == ()
    assert "no line is wrong" in str(found)


@pytest.mark.parametrize(
    "style", [s for s in STYLES if s.name not in SLOW], ids=lambda style: style.name
)
def test_the_search_itself_finds_right_code_right(style, monkeypatch):
    """The verdict is called wrong, so that the code is recorded and measured."""
    check = find_first_wrong(*style.case(1)).check
    doubted = dataclasses.replace(check, verdict="wrong")
    for name in ("check_step", "checked_step"):
        monkeypatch.setattr(find, name, lambda *_, **__: doubted)
    found = find_first_wrong(*style.case(1))
    assert (found.lines, found.unexplained) == ((), ())
    assert found.note == finding.TOO_CLOSE


def test_a_search_that_the_limit_stopped_says_so(monkeypatch):
    monkeypatch.setattr(search, "LIMIT", 0)
    found = found_in(SOURCE)
    assert found.note == finding.STOPPED
    assert str(found).endswith(finding.STOPPED)


def test_a_completed_search_does_not_speak_of_a_limit():
    assert found_in(SOURCE).note == ""


def test_the_picture_shows_the_line_and_what_to_write():
    style = style_of("dataclass_slots")
    found = find_first_wrong(*style.case(0, "z where a belongs"))
    line, mark, write, measured, *_, then = str(found).splitlines()
    assert "line 32:   delta = error * (1 - np.exp(-layer.z))" in line
    assert line[mark.index("~") :].startswith("layer.z")
    assert mark.count("~") == len("layer.z")
    assert write == "    write layer.a"
    assert "should be the value of" in measured
    assert then.startswith("    then right: dC/d ")


def test_a_parameter_that_is_left_alone_is_named_with_the_verdict():
    style = style_of("layer_classes")
    text = str(find_first_wrong(*style.case(0, "bias gradient missing")))
    assert "layers[0].b, layers[2].b, which the step leaves as it is" in text


SOURCE = """
class Net:
    def __init__(self):
        rng = np.random.default_rng(0)
        self.x, self.y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
        self.W1, self.W2 = rng.normal(size=(3, 4)), rng.normal(size=(4, 2))

    def forward(self):
        self.h = np.tanh(self.x @ self.W1)
        self.out = self.h @ self.W2

    def cost(self):
        self.forward()
        return 0.5 * np.sum((self.out - self.y) ** 2)

    def step(self):
        self.forward()
        error = self.out - self.y
        below = error @ self.W2.T
        delta = below * (1 - self.h)
        self.W1 -= 0.1 * self.x.T @ delta
        self.W2 -= 0.1 * self.h.T @ (2 * error)
"""


def test_source_is_taken_as_text_and_several_mistakes_are_listed():
    found = found_in(SOURCE)
    assert [line.lines for line in found.lines] == [(20,), (22,)]
    assert [line.repairs for line in found.lines] == [("W1",), ("W2",)]
    assert found.unexplained == ()


def test_without_source_the_verdict_stands_and_it_is_said():
    net = net_of(SOURCE)
    found = find_first_wrong(net.step, net.cost, net, 0.1)
    assert not found.check
    assert found.lines == ()
    assert "no source was found of <string>" in str(found)


def test_everything_is_as_it_was():
    net = net_of(SOURCE)
    before = copy.deepcopy(vars(net))
    functions = type(net).step, type(net).cost, type(net).forward
    codes = [f.__code__ for f in functions]
    find_first_wrong(net.step, net.cost, net, 0.1, source=SOURCE)
    assert vars(net).keys() == before.keys()
    assert all(np.array_equal(before[k], v) for k, v in vars(net).items())
    assert all(f.__code__ is c for f, c in zip(functions, codes, strict=True))

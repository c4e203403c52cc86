"""The line that is named is the line that was changed; right code is not accused."""

import copy
import difflib

import numpy as np
import pytest
from styles import CASES, STYLES

from backprop_explained import find_first_wrong

NOT_FOLLOWED = {"tape"}
"""Its one `+=` serves all parameters in turn: too many visits to tell apart."""

SLOW = {"lists_of_numbers", "neuron_objects", "columns_mini_batch"}
"""Thousands of runs of a step in pure Python, or of one example after the other."""

UNSEEN = {
    ("layer_classes", "bias gradient missing"),
    ("recurrent", "the last step alone"),
}
"""The step leaves a parameter as it is: there is no gradient to judge."""

ELSEWHERE = {
    ("class_with_output", "a where z belongs"),
    ("nonlin_flag", "a where z belongs"),
    ("dictionary_of_parameters", "z where a belongs"),
    ("theta_unrolled", "mean missing"),
}
"""Another line could be changed as well, and that line is named: the call of a helper
for the helper, what was kept in a cache, the line before a product."""

MISTAKEN = [
    (style, mistake)
    for style, mistake in CASES
    if mistake
    and style.name not in NOT_FOLLOWED | SLOW
    and (style.name, mistake) not in UNSEEN
]


def changed_lines(style, mistake):
    """The lines that differ; of a line that is gone, its neighbours."""
    right, wrong = style.source.splitlines(), style.mistaken(mistake).splitlines()
    found = set()
    codes = difflib.SequenceMatcher(None, right, wrong, autojunk=False).get_opcodes()
    for kind, _, _, first, last in codes:
        if kind == "delete":
            found |= {first, first + 1}
        elif kind != "equal":
            found |= set(range(first + 1, last + 1))
    return found


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_right_code_is_not_accused(style):
    found = find_first_wrong(*style.case(1))
    assert found.check
    assert found.lines == ()
    assert "no line is wrong" in str(found)


@pytest.mark.parametrize(
    ("style", "mistake"), MISTAKEN, ids=lambda v: getattr(v, "name", v)
)
def test_the_line_that_is_named_is_the_line_that_was_changed(style, mistake):
    found = find_first_wrong(*style.case(0, mistake))
    assert found.lines, str(found)
    first = found.lines[0]
    named = {*first.lines, *first.calls}
    is_named = bool(named & changed_lines(style, mistake))
    assert is_named == ((style.name, mistake) not in ELSEWHERE), str(found)


def test_so_many_are_named():
    assert len(MISTAKEN) - len(ELSEWHERE) >= 0.8 * len(MISTAKEN)


def test_the_picture_shows_the_line_and_the_numbers():
    (style,) = [style for style in STYLES if style.name == "dataclass_slots"]
    text = str(find_first_wrong(*style.case(0, "z where a belongs")))
    line, mark, advice, then = text.splitlines()
    assert "line 32:   delta = error * (1 - np.exp(-layer.z))" in line
    assert line[mark.index("~") :].startswith("layer.z")
    assert mark.count("~") == len("layer.z")
    assert "it should be the value of" in advice
    assert then.startswith("    then right: dC/d ")


SOURCE = """
class Net:
    def __init__(self, x, y, rng):
        self.x, self.y = x, y
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


def pasted():
    names = {"np": np}
    exec(SOURCE, names)
    rng = np.random.default_rng(0)
    return names["Net"](rng.normal(size=(5, 3)), rng.normal(size=(5, 2)), rng)


def test_source_is_taken_as_text_and_several_mistakes_are_listed():
    net = pasted()
    found = find_first_wrong(net.step, net.cost, net, 0.1, source=SOURCE)
    assert [line.lines for line in found.lines] == [(19,), (21,)]
    assert [line.repairs for line in found.lines] == [("W1",), ("W2",)]
    assert found.unexplained == ()


def test_without_source_the_verdict_stands_and_it_is_said():
    net = pasted()
    found = find_first_wrong(net.step, net.cost, net, 0.1)
    assert not found.check
    assert found.lines == ()
    assert "no source was found of <string>" in str(found)


def test_everything_is_as_it_was():
    net = pasted()
    before = copy.deepcopy(vars(net))
    codes = [f.__code__ for f in (type(net).step, type(net).cost, type(net).forward)]
    find_first_wrong(net.step, net.cost, net, 0.1, source=SOURCE)
    assert vars(net).keys() == before.keys()
    assert all(np.array_equal(before[k], v) for k, v in vars(net).items())
    after = [f.__code__ for f in (type(net).step, type(net).cost, type(net).forward)]
    assert all(a is b for a, b in zip(codes, after, strict=True))

"""A step with many weights: suspected lines are tried first, and alone if they do."""

import cProfile

import pytest
from programs import found_in, replaced

from backprop_explained.check.line.correct import Corrector
from backprop_explained.check.line.correction import LARGE

SOURCE = """
class Net:
    def __init__(self, width):
        rng = np.random.default_rng(0)
        self.x, self.y = rng.normal(size=(6, width)), rng.random((6, 2))
        self.W = 0.1 * rng.normal(size=(width, 9))
        self.V = 0.1 * rng.normal(size=(9, 2))

    def forward(self):
        self.h = np.tanh(self.x @ self.W)
        self.out = self.h @ self.V

    def cost(self):
        self.forward()
        return 0.5 * np.sum((self.out - self.y) ** 2)

    def step(self):
        self.forward()
        error = self.out - self.y
        grad_V = self.h.T @ error
        back = (error @ self.V.T) * (1 - self.h ** 2)
        grad_W = self.x.T @ back
        self.W -= 0.1 * grad_W
        self.V -= 0.1 * grad_V
"""
LARGER = LARGE // 9 + 1


def answer(right, wrong, width=LARGER):
    """The lines that are named, the advice, and how many edits were tried."""
    text = replaced(SOURCE, right, wrong)
    assert text.count("\n") == SOURCE.count("\n")
    tried, verified = [], Corrector.verified
    counted = lambda *way: tried.append(way) or verified(*way)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Corrector, "verified", counted)
        found = found_in(text, width)
    rows = text.splitlines()
    lines = [rows[n - 1].strip() for line in found.lines for n in line.lines]
    return lines, [line.advice for line in found.lines], len(tried)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (" * (1 - self.h ** 2)", ""),
        ("self.h ** 2", "self.h"),
        ("self.h.T @ error", "self.h.T @ error / 6"),
        ("self.out - self.y\n", "2 * (self.out - self.y)\n"),
    ],
)
def test_the_line_is_named_as_in_a_small_one_with_fewer_edits(right, wrong):
    lines, advice, tried = answer(right, wrong)
    few, same, more = answer(right, wrong, 3)
    assert lines == few
    assert len(lines) == 1
    assert advice
    assert same
    assert tried < more


def test_where_the_suspected_line_does_not_do_all_lines_are_tried():
    lines, _, tried = answer("self.W -= 0.1 * grad_W", "self.W -= 0.1 * grad_W.T.T * 3")
    assert lines == ["self.W -= 0.1 * grad_W.T.T * 3"]
    assert tried > 0


def test_a_call_that_is_being_profiled_is_answered_as_well():
    with cProfile.Profile():
        found = found_in(SOURCE.replace("self.h ** 2", "self.h"), 3)
    assert len(found.lines) == 1

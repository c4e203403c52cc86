"""What the search for a line passes over."""

import numpy as np
import pytest
from programs import found_in

from backprop_explained.check.line import finding, search
from backprop_explained.check.line.candidates import DERIVATIVE, Candidate, Quantity

SOURCE = """
class Net:
    def __init__(self):
        rng = np.random.default_rng(0)
        self.x, self.y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
        self.W = rng.normal(size=(3, 2))

    def outputs(self):
        z = self.x @ self.W
        return np.tanh(z)

    def cost(self):
        return 0.5 * np.sum((self.outputs() - self.y) ** 2)

    def step(self):
        a = self.outputs()
        delta = (a - self.y) * (1 - a)
        grad = self.x.T @ delta
        self.W -= 0.1 * grad
"""


@pytest.fixture(scope="module")
def searched():
    """The search for the wrong line of a step, once it was made."""
    made = []

    class Kept(search.Search):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            made.append(self)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(finding, "Search", Kept)
        found = found_in(SOURCE)
    assert [line.lines for line in found.lines] == [(17,)]
    return made[0]


def test_what_the_step_computes_as_the_cost_does_is_not_replaced(searched):
    """The only gradient is wrong, and all of the forward pass acts on it."""
    ran = {searched.expressions[event.key[0]].function for event in searched.log}
    assert ran == {"step", "outputs"}
    assert {at.function for at in searched.free} == {"step"}


def candidate(searched, text, kind):
    """A replacement of an expression by a derivative of something of this kind."""
    t, at = next(
        (t, at)
        for t, event in enumerate(searched.log)
        if (at := searched.expressions[event.key[0]]).text == text
    )
    known = [*searched.expressions, *searched.truth.adjoints]
    of = next(e for e in known if e.kind == kind)
    value = searched.log[t].value
    other = np.arange(1.0, 1 + value.size).reshape(value.shape)  # no multiple of it
    return Candidate(at, Quantity(DERIVATIVE, of, {}), {t: other})


@pytest.mark.parametrize(("kind", "named"), [("parameter", 0), ("value", 1)])
def test_a_gradient_is_not_blamed_for_the_derivative_it_is_made_of(
    searched, monkeypatch, kind, named
):
    """Both repair it; the first may be right by itself, and used in a wrong place."""
    both = [
        candidate(searched, "(a - self.y) * (1 - a)", "value"),
        candidate(searched, "self.x.T @ delta", kind),
    ]
    doubts = [1, 0]
    monkeypatch.setattr(search, "candidates", lambda *_: both)
    monkeypatch.setattr(searched, "tried", lambda places: frozenset({0}))
    monkeypatch.setattr(searched, "doubt", lambda one: doubts[both[1] == one])
    assert searched.find().candidate is both[named]

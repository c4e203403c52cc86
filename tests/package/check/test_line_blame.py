"""Whether an expression is to blame, or a call that led to it."""

from types import SimpleNamespace

import pytest

from backprop_explained.check.line import blame


@pytest.mark.parametrize(
    ("right", "in_cost", "named"),
    [
        ({0}, {}, ("wrong call",)),
        (set(), {(1, 0): ["the cost's call"]}, ("wrong call",)),
        (set(), {}, ()),
    ],
)
def test_a_call_is_blamed_if_the_function_is_right_at_others(
    monkeypatch, right, in_cost, named
):
    """Two visits of one expression, of which the second is replaced."""
    in_step = {(1, 0): ["right call"], (1, 1): ["wrong call", "right call"]}
    stacks = iter([in_step, in_cost])
    monkeypatch.setattr(blame, "_stacks", lambda *_: next(stacks))
    search = SimpleNamespace(
        runs=None,
        truth=SimpleNamespace(forward=in_cost),
        log=[SimpleNamespace(key=key) for key in in_step],
        is_right=lambda t: t in right,
    )
    repair = SimpleNamespace(candidate=SimpleNamespace(at=None, places={1: None}))
    assert blame._outside(search, repair) == named

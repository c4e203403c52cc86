"""A wrong step is told which mistake it has, where its network is recognised."""

from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
from programs import style_of
from styles import STYLES

from backprop_explained import MISTAKES, check_step
from backprop_explained.check.step_diagnosis import data_near


def named(name, mistake):
    return check_step(*style_of(name).case(0, mistake))


@pytest.mark.parametrize(
    ("name", "mistake"),
    [
        ("class_with_output", "a where z belongs"),
        ("class_with_output", "factor 1/2"),
        ("columns_mini_batch", "a where z belongs, output layer"),
        ("nonlin_flag", "sign"),
        ("old_without_copy", "updated weights"),
        ("plain_script", "slope missing, output layer"),
        ("per_example_loop", "slope missing, hidden layers"),
        ("relu_mini_batch", "the sigmoid's slope for tanh, from a"),
        ("float32_keras_like", "slope missing, output layer"),
        ("lecun_tanh", "z where a belongs"),
        ("lists_of_numbers", "slope missing, output layer"),
    ],
)
def test_the_mistake_of_a_step_has_its_name(name, mistake):
    check = named(name, mistake)
    assert check.verdict == "wrong"
    assert mistake in check.diagnosis.mistakes
    assert f"“{mistake}”" in str(check)
    assert "\n  change: " in str(check)


def test_every_name_that_the_styles_and_the_table_share_is_found_or_left_open():
    """Never another name alone, where the table has the mistake that was made."""
    for style in STYLES[::3]:
        for mistake in set(style.mistakes) & set(MISTAKES):
            check = check_step(*style.case(1, mistake))
            if check.diagnosis is None or not check.diagnosis.matches:
                continue
            found = check.diagnosis.mistakes
            plain = mistake.partition(",")[0]
            assert any(plain in name for name in found) or "constant factor" in found


def test_a_right_step_has_no_diagnosis():
    for style in STYLES[::4]:
        check = check_step(*style.case())
        assert check.diagnosis is None
        assert "change:" not in str(check)


def test_a_penalty_on_one_layer_alone_is_seen():
    text = str(named("function_with_penalty", "penalty halved"))
    assert "“the penalty halved”, in layer 1" in text


def test_a_network_of_no_known_kind_is_wrong_without_a_name():
    check = named("scalars", "slope missing")
    assert check.verdict == "wrong"
    assert check.diagnosis is None
    assert "change:" not in str(check)


def test_the_size_of_the_step_may_be_unknown():
    style = style_of("nonlin_flag")
    step, cost, where, _ = style.case(0, "slope missing, hidden layers")
    check = check_step(step, cost, where)
    assert "“slope missing, hidden layers, times " in str(check)


def test_data_are_found_in_closures_partials_lists_of_pairs_and_slots():
    class Holder:
        __slots__ = ("y",)

    rng = np.random.default_rng(0)
    holder, x = Holder(), rng.normal(size=(3, 2))
    holder.y = rng.normal(size=(3, 1))
    pairs = [(rng.normal(size=(2, 1)), rng.normal(size=1)) for _ in range(4)]
    rows, unread = [[1, 2], [3, 4], [5, 6]], rng.normal(size=(3, 3))
    weights = np.ones((2, 1))

    def cost(scale):
        assert unread.shape == (3, 3)
        total = np.sum((x @ weights - holder.y) ** 2) * scale
        return total + sum(float(np.sum(p) + np.sum(t)) for p, t in pairs) + rows[0][0]

    found = data_near(partial(cost, 2.0), but=[weights])
    shapes = sorted(array.shape for array in found)
    assert shapes == [(3, 1), (3, 2), (3, 2), (4, 1), (4, 2)]


def test_nothing_is_changed_by_looking_even_where_the_cost_raises():
    net = SimpleNamespace(x=np.ones((2, 2)), calls=0)
    before = net.x.copy()

    def cost():
        net.calls += 1
        if net.calls > 1:
            raise RuntimeError("of the reader's own")
        return net.x.sum()

    assert len(data_near(cost, but=[])) == 1
    assert np.array_equal(net.x, before)

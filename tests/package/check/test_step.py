"""One call judges networks as people write them; nothing of theirs changes."""

import copy
import random
from types import SimpleNamespace

import numpy as np
import pytest
from programs import style_of
from styles import CASES, STYLES

from backprop_explained import check_step

UNSEEN = {
    ("layer_classes", "bias gradient missing"),
    ("recurrent", "the last step alone"),
}
"""What the step leaves as it is looks like an input: a note names it, no more."""


@pytest.mark.parametrize(
    ("style", "mistake"), CASES, ids=lambda v: getattr(v, "name", v)
)
def test_a_right_network_passes_and_a_mistaken_one_does_not(style, mistake):
    check = check_step(*style.case(0, mistake))
    if (style.name, mistake) in UNSEEN:
        assert "no gradient of it was judged" in str(check)
        return
    assert bool(check) == (mistake is None), str(check)
    assert check.verdict == ("right" if mistake is None else "wrong")


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_other_starts_pass_as_well(style):
    for seed in (1, 2):
        assert check_step(*style.case(seed)), seed


def test_there_are_mistakes_in_every_style():
    assert len(STYLES) >= 15
    assert all(len(style.mistakes) >= 3 for style in STYLES)


@pytest.mark.parametrize(
    "name", ["class_with_output", "layer_classes", "columns_mini_batch", "scalars"]
)
def test_without_a_step_size_it_is_right_up_to_a_factor(name):
    step, cost, where, size = style_of(name).case()
    check = check_step(step, cost, where)
    assert check.verdict.startswith("right up to one positive factor")
    assert f"{size:.2g}" in check.verdict


def test_uphill_is_wrong_unless_it_is_meant():
    step, cost, net, _ = style_of("scalars").case(0, "factor 2")

    def climb():
        before = dict(vars(net))
        step()
        vars(net).update({k: 2 * before[k] - vars(net)[k] for k in ("w1", "w2", "b")})

    check = check_step(climb, cost, net)
    assert check.verdict == "wrong"
    assert "uphill" in str(check)
    assert check_step(climb, cost, net, ascent=True)


def state(value):
    return copy.deepcopy(vars(value))


def equal(a, b):
    if isinstance(a, np.ndarray):
        return np.array_equal(a, b)
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(equal(a[k], b[k]) for k in a)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(equal, a, b))
    return a == b if not hasattr(a, "__dict__") else equal(vars(a), vars(b))


@pytest.mark.parametrize(
    "name",
    [
        *("class_with_output", "momentum", "columns_mini_batch", "lists_of_numbers"),
        *("neuron_objects", "float32_keras_like"),
    ],
)
def test_everything_is_as_it_was(name):
    step, cost, where, size = style_of(name).case()
    before, lists = state(where), list(vars(where).values())
    np.random.seed(3)
    random.seed(3)
    rest = np.random.random(), random.random()
    np.random.seed(3)
    random.seed(3)
    check_step(step, cost, where, size)
    assert equal(state(where), before)
    assert all(a is b for a, b in zip(vars(where).values(), lists, strict=True))
    assert (np.random.random(), random.random()) == rest


@pytest.mark.parametrize("calls", [1, 2, 5, 30])
def test_also_when_the_code_raises(calls):
    step, cost, where, size = style_of("momentum").case()
    before, left = state(where), [calls]

    def failing():
        step()
        left[0] -= 1
        if not left[0]:
            where.W1[...] = np.nan
            where.left_behind = 1
            raise RuntimeError("of the reader's own")

    def counted():
        left[0] -= 1
        if not left[0]:
            where.W2 = None
            raise RuntimeError("of the reader's own")
        return cost()

    with pytest.raises(RuntimeError, match="of the reader's own"):
        check_step(failing, counted, where, size)
    assert equal(state(where), before)


def test_several_updates_are_judged_by_small_steps_where_the_size_can_be_set():
    step, cost, where, size = style_of("lists_of_numbers").case()
    check = check_step(step, cost, where, size)
    assert check.verdict == "right"
    assert "several updates" in str(check)
    assert "learning_rate" in str(check)
    assert "too early" not in str(check)  # its updates are the right ones, to the digit


def test_several_updates_are_undecided_where_it_cannot():
    where = style_of("scalars").case().where
    rng = np.random.default_rng(0)
    data = [(*rng.normal(size=2), rng.random()) for _ in range(3)]

    def epoch():
        for example in data:
            where.fit(*example, rate=0.5)

    def total():
        return sum(0.5 * (where.output(*d[:2]) - d[2]) ** 2 for d in data)

    check = check_step(epoch, total, where, 0.5)
    assert check.verdict == "undecided"
    assert "give it one example" in str(check)


def test_a_momentum_outside_of_where_is_noticed():
    W, v = np.array([[0.5, -1.0]]), np.zeros((1, 2))
    x, y = np.array([[1.0], [2.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])

    def step():
        v[...] = 0.9 * v - 0.1 * x.T @ (x @ W - y)
        W[...] += v

    check = check_step(step, lambda: 0.5 * ((x @ W - y) ** 2).sum(), [W], 0.1)
    assert "two steps from one state differ" in str(check)


def test_a_random_cost_is_said_to_be_random():
    rng = np.random.default_rng(0)
    W = np.ones((3, 2))

    step = lambda: np.subtract(W, 0.1, out=W)
    noise = iter(rng.random(10_000))
    check = check_step(step, lambda: W.sum() * next(noise), [W], 0.1)
    assert check.verdict == "random"
    assert not check


def test_named_attributes_are_judged_though_the_step_leaves_them():
    step, cost, where, size = style_of("layer_classes").case(0, "bias gradient missing")
    layer = where.layers[0]
    check = check_step(step, cost, (layer, "W", "b"), size)
    assert check.names == ("W", "b")
    assert check.verdict == "wrong"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((None, lambda: 0.0, []), "step must be a function of no arguments"),
        ((lambda: None, 3, []), "cost must be a function of no arguments"),
    ],
)
def test_what_cannot_be_called_is_refused(arguments, message):
    with pytest.raises(TypeError, match=message):
        check_step(*arguments)


def test_what_does_not_change_or_is_not_read_is_refused():
    step, cost, where, _ = style_of("class_with_output").case()
    with pytest.raises(ValueError, match="step_size must be above 0"):
        check_step(step, cost, where, 0.0)
    with pytest.raises(ValueError, match="the step changed nothing"):
        check_step(lambda: None, cost, where, 1.0)
    with pytest.raises(ValueError, match="reads none of it"):
        check_step(step, lambda: 1.0, where, 1.0)
    with pytest.raises(ValueError, match="no numbers were found in weights3"):
        check_step(step, cost, (where, "weights1", "weights3"), 1.0)


@pytest.mark.parametrize("way", [1.0, -1.0, 0.25])
@pytest.mark.parametrize("shape", [(6, 3), (2, 2), (1, 3)])
def test_a_cost_that_sees_differences_alone_reads_its_parameters(shape, way):
    """Moved by ±1 alike in each row, as happens, the scores of a softmax stay equal."""
    net = SimpleNamespace(W=np.full(shape, 0.25), x=np.ones((4, shape[0])))

    def cost():
        scores = way * net.x @ net.W
        return float(np.sum((scores - scores.mean(axis=1, keepdims=True)) ** 2) + 1)

    def step():
        net.W[0, 0] += 0.5

    check = check_step(step, cost, net, 0.1)
    assert check.names == ("W",)

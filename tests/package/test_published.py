"""Runs that others published, reproduced through our forward and backward passes."""

from math import exp

import numpy as np
import pytest

from backprop_explained import (
    Network,
    backward,
    check_gradients,
    descend,
    forward,
    predict,
    train,
)
from backprop_explained.published import (
    LOY,
    MAZUR,
    TRASK_THREE_LAYERS,
    TRASK_TWO_LAYERS,
    uniform_weights,
)
from sitebuild.evidence.experiments import four_readings
from sitebuild.evidence.rounding import nudge


def as_printed(value, printed):
    """The value with as many decimals as the printed number has."""
    return f"{value:.{len(printed.partition('.')[2])}f}"


# ---- Matt Mazur: his rule in plain numbers, which is also an oracle for backward


def sigma(net):
    return 1 / (1 + exp(-net))


def mazur_run(w):
    """His forward pass, with his names and without a matrix."""
    i1, i2 = MAZUR.x[0]
    h1, h2 = (sigma(w[k] * i1 + w[k + 1] * i2 + 0.35) for k in (0, 2))
    o1, o2 = (sigma(w[k] * h1 + w[k + 1] * h2 + 0.60) for k in (4, 6))
    return h1, h2, o1, o2


def mazur_error(w):
    *_, o1, o2 = mazur_run(w)
    t1, t2 = MAZUR.y[0]
    return (t1 - o1) ** 2 / 2 + (t2 - o2) ** 2 / 2


def mazur_slopes(w, passed_back):
    """The slope in each of the eight weights; blame goes back through `passed_back`."""
    i1, i2 = MAZUR.x[0]
    h1, h2, o1, o2 = mazur_run(w)
    t1, t2 = MAZUR.y[0]
    d1, d2 = (o1 - t1) * o1 * (1 - o1), (o2 - t2) * o2 * (1 - o2)
    v5, v6, v7, v8 = passed_back
    e1 = (d1 * v5 + d2 * v7) * h1 * (1 - h1)
    e2 = (d1 * v6 + d2 * v8) * h2 * (1 - h2)
    return [e1 * i1, e1 * i2, e2 * i1, e2 * i2, d1 * h1, d1 * h2, d2 * h1, d2 * h2]


def mazur_update(w, updated_first=False):
    """All weights by their slopes; `updated_first` is the slip that he warns of."""
    moved = [v - 0.5 * g for v, g in zip(w, mazur_slopes(w, w[4:]), strict=True)]
    if not updated_first:
        return moved
    slipped = mazur_slopes(w, moved[4:])
    return [v - 0.5 * g for v, g in zip(w, slipped, strict=True)]


MAZUR_WEIGHTS = [0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55]


def mazur_after(updates, updated_first=False):
    w = MAZUR_WEIGHTS
    for _ in range(updates):
        w = mazur_update(w, updated_first)
    return w


def mazur_numbers():
    """Each printed number of the first update."""
    w, (t1, t2) = MAZUR_WEIGHTS, MAZUR.y[0]
    h1, h2, o1, o2 = mazur_run(w)
    net_h1 = 0.15 * 0.05 + 0.20 * 0.10 + 0.35
    d1, d2 = (o1 - t1) * o1 * (1 - o1), (o2 - t2) * o2 * (1 - o2)
    slopes = mazur_slopes(w, w[4:])
    moved = {f"new w{k}": v for k, v in enumerate(mazur_update(w), start=1)}
    return moved | {
        "net h1": net_h1,
        "out h1": h1,
        "out h2": h2,
        "net o1": 0.40 * h1 + 0.45 * h2 + 0.60,
        "out o1": o1,
        "out o2": o2,
        "E o1": (t1 - o1) ** 2 / 2,
        "E o2": (t2 - o2) ** 2 / 2,
        "E total": mazur_error(w),
        "∂E/∂out o1": o1 - t1,
        "∂out o1/∂net o1": o1 * (1 - o1),
        "δ o1": d1,
        "∂E/∂w5": slopes[4],
        "∂E o1/∂out h1": d1 * 0.40,
        "∂E o2/∂out h1": d2 * 0.50,
        "∂E/∂out h1": d1 * 0.40 + d2 * 0.50,
        "∂out h1/∂net h1": h1 * (1 - h1),
        "∂E/∂w1": slopes[0],
    }


LAST_DIGIT = "∂E o2/∂out h1"


@pytest.mark.parametrize("name", sorted(set(mazur_numbers()) - {LAST_DIGIT}))
def test_the_first_update_of_mazur_to_every_printed_digit(name):
    printed = MAZUR.printed[name]
    assert as_printed(mazur_numbers()[name], printed) == printed


def test_one_number_of_the_first_update_is_off_by_one_in_its_last_digit():
    computed = float(as_printed(mazur_numbers()[LAST_DIGIT], MAZUR.printed[LAST_DIGIT]))
    assert float(MAZUR.printed[LAST_DIGIT]) == pytest.approx(computed - 1e-9, abs=1e-12)


def test_every_printed_number_of_mazur_is_tested():
    after = {name for name in MAZUR.printed if "after" in name}
    assert set(mazur_numbers()) == set(MAZUR.printed) - after
    assert len(after) == 4


def in_matrices(w):
    return [np.reshape(w[:4], (2, 2)).T, np.reshape(w[4:], (2, 2)).T]


def test_our_backward_pass_takes_the_slopes_of_mazur():
    trace = forward(MAZUR.start, MAZUR.x)
    ours = backward(MAZUR.start, trace, MAZUR.y, MAZUR.cost)
    theirs = in_matrices(mazur_slopes(MAZUR_WEIGHTS, MAZUR_WEIGHTS[4:]))
    for mine, other in zip(ours.weights, theirs, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-14)


def test_the_gradient_of_mazur_s_network_agrees_with_central_differences():
    network = MAZUR.start
    ours = backward(network, forward(network, MAZUR.x), MAZUR.y, MAZUR.cost)

    def cost(parameters):
        output = predict(network.with_parameters(parameters), MAZUR.x)
        return MAZUR.cost(output, MAZUR.y)

    assert check_gradients(cost, network.parameters, ours.parameters).passed


ENDS = {
    name: MAZUR.printed[name]
    for name in [
        "E after 1 update",
        "E after 10,000 updates",
        "out o1 after 10,000 updates",
        "out o2 after 10,000 updates",
    ]
}


def ends(updated_first, updates=10_000):
    """The four printed ends, by the rule or by the slip."""
    last = mazur_after(updates, updated_first)
    values = [mazur_error(mazur_after(1, updated_first)), mazur_error(last)]
    values += mazur_run(last)[2:]
    return {
        name: as_printed(value, printed)
        for (name, printed), value in zip(ENDS.items(), values, strict=True)
    }


def test_by_his_own_rule_none_of_mazur_s_ends_comes_out():
    computed = ends(updated_first=False)
    assert all(computed[name] != ENDS[name] for name in ENDS)


def test_weights_updated_too_early_give_three_of_the_four_ends():
    computed = ends(updated_first=True)
    agree = {name for name in ENDS if computed[name] == ENDS[name]}
    assert agree == set(ENDS) - {"E after 10,000 updates"}


def test_one_update_fewer_gives_the_fourth():
    name = "E after 10,000 updates"
    assert ends(updated_first=False, updates=9_999)[name] == ENDS[name]


# ---- Andrew Trask
#
# He adds error times slope to the weights, without a factor: descent on the squared
# error with its ½, in steps of 1.  Each print comes before the update of its turn.


def test_two_layers_of_trask_to_every_printed_digit():
    run = TRASK_TWO_LAYERS
    network = run.start
    for _ in range(9999):
        gradients = backward(network, forward(network, run.x), run.y, run.cost)
        network = descend(network, gradients, run.step_size)
    output = predict(network, run.x).ravel()
    assert [f"{a:.8f}" for a in output] == list(run.printed.values())


def test_three_layers_of_trask_to_every_printed_digit():
    run = TRASK_THREE_LAYERS
    network, done, computed = run.start, 0, {}
    for steps in run.printed:
        network = train(
            network, run.x, run.y, run.cost, int(steps) - done, run.step_size
        ).network
        done = int(steps)
        computed[steps] = f"{np.abs(run.y - predict(network, run.x)).mean():.12g}"
    assert computed == run.printed


def test_the_run_of_trask_forgets_a_rounding_of_its_start():
    run = TRASK_THREE_LAYERS
    for seed in range(2):
        start = nudge(run.start, seed)
        assert (start.weights[0] != run.start.weights[0]).all()
        network = train(start, run.x, run.y, run.cost, 10_000, run.step_size).network
        mean_error = np.abs(run.y - predict(network, run.x)).mean()
        assert f"{mean_error:.12g}" == run.printed["10000"]


# ---- the class of James Loy's post, in our own words


class TwoLayers:
    """Two layers without biases, trained by steps of size 1 on a sum of squares."""

    def __init__(self, x, y, rng):
        self.x, self.y = x, y
        self.first, self.second = rng.random_sample((3, 4)), rng.random_sample((4, 1))

    def run(self):
        self.hidden = 1 / (1 + np.exp(-(self.x @ self.first)))
        self.output = 1 / (1 + np.exp(-(self.hidden @ self.second)))

    def learn(self):
        blame = 2 * (self.y - self.output) * self.output * (1 - self.output)
        share = (blame @ self.second.T) * self.hidden * (1 - self.hidden)
        self.first += self.x.T @ share
        self.second += self.hidden.T @ blame


@pytest.mark.parametrize("seed", range(20))
def test_the_class_of_the_post_and_our_network_end_with_the_same_weights(seed):
    theirs = TwoLayers(LOY.x, LOY.y, np.random.RandomState(seed))
    for _ in range(1500):
        theirs.run()
        theirs.learn()
    start = Network(uniform_weights(np.random.RandomState(seed), [(3, 4), (4, 1)]))
    ours = train(start, LOY.x, LOY.y, LOY.cost, 1500, LOY.step_size).network
    for mine, other in zip(ours.weights, [theirs.first, theirs.second], strict=True):
        np.testing.assert_allclose(mine, other, rtol=0, atol=1e-12)
    assert np.abs(theirs.first - start.weights[0]).max() > 0.1  # it has learned


def test_the_outputs_that_loy_printed_lie_in_the_middle_of_our_200_starts():
    printed = np.array([[float(a)] for a in LOY.printed.values()])
    costs = four_readings()["derivative(z)"].values("cost_early")
    below = np.mean(np.array(costs) < LOY.cost(printed, LOY.y))
    assert 0.4 < below < 0.6

"""Runs that others published, reproduced through our forward and backward passes."""

import numpy as np
import pytest
from networks import gradient

from backprop_explained import Network, descend, predict, train
from backprop_explained.published import (
    LOY,
    TRASK_THREE_LAYERS,
    TRASK_TWO_LAYERS,
    uniform_weights,
)
from sitebuild.evidence.experiments import four_readings
from sitebuild.evidence.rounding import nudge

# ---- Andrew Trask
#
# He adds error times slope to the weights, without a factor: descent on the squared
# error with its ½, in steps of 1.  Each print comes before the update of its turn.


def test_two_layers_of_trask_to_every_printed_digit():
    run = TRASK_TWO_LAYERS
    network = run.start
    for _ in range(9999):
        gradients = gradient(network, run.x, run.y, run.cost)
        network = descend(network, gradients, run.step_size)
    output = predict(network, run.x).ravel()
    assert [f"{a:.8f}" for a in output] == list(run.printed.values())


def test_three_layers_of_trask_to_every_printed_digit():
    run = TRASK_THREE_LAYERS
    network, done, computed = run.start, 0, {}
    for steps in run.printed:
        more, done = int(steps) - done, int(steps)
        given = network, run.x, run.y, run.cost
        network = train(*given, more, run.step_size).network
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

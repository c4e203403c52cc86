"""Where a step has its size, and what a wrong one is told to be."""

import numpy as np
from stepped_nets import Epoch, EpochByHand, Net, checked

from backprop_explained import check_step


def test_a_step_size_of_the_class_is_found():
    check = checked(Epoch())
    assert check.verdict == "right"
    assert "judged with rate = 5e-05" in str(check)
    assert checked(Epoch(slip=True)).verdict == "wrong"
    assert Net.rate == 0.5
    assert "rate" not in vars(Epoch())


LEARNING_RATE = 0.25


def test_a_step_size_among_the_globals_is_found_and_put_back():
    net = Net()
    check = check_step(lambda: net.epoch(LEARNING_RATE), net.loss, net, 0.25)
    assert check.verdict == "right"
    assert "judged with LEARNING_RATE" in str(check)
    assert LEARNING_RATE == 0.25


def test_an_attribute_that_the_step_does_not_use_is_no_step_size():
    check = checked(EpochByHand())
    assert check.verdict == "undecided"
    assert "give it one example" in str(check)


class Huber(Net):
    """A cost that is not among the known ones, and its gradient halved."""

    def loss(self):
        error = np.abs(self.output(self.x) - self.y)
        return np.sum(np.where(error < 0.1, error**2 / 2, 0.1 * (error - 0.05)))

    def gradients(self, x, y):
        a = self.output(x)
        delta = np.clip(a - y, -0.1, 0.1) * a * (1 - a) / 2
        return x.T @ ((delta @ self.W2.T) * self.h * (1 - self.h)), self.h.T @ delta


def test_a_factor_is_said_where_the_cost_is_not_known():
    check = checked(Huber())
    assert check.verdict == "wrong"
    first = str(check).splitlines()[0]
    assert "wrong: every parameter is 0.5 times the difference" in first


def test_a_step_size_that_is_not_the_one_of_the_step_is_said():
    net = Net()
    check = check_step(net.step, net.loss, net, 0.2)
    assert check.verdict == "wrong"
    assert "it would be right with step_size=0.5" in str(check)
    net.gradients = lambda x, y: (2 * Net.gradients(net, x, y)[0], right[1])
    right = Net.gradients(net, net.x, net.y)
    one = check_step(net.step, net.loss, net, 0.5)
    assert not one
    assert "step_size=" not in str(one)
    slipped = Net(slip=True)
    assert "step_size=" not in str(check_step(slipped.step, slipped.loss, slipped, 0.2))

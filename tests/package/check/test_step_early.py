"""Several updates in one call, with weights that are updated too early or not."""

import numpy as np
import pytest

from backprop_explained import check_step


class Net:
    """Two layers, with an update after each example, too early if that is said."""

    def __init__(self, early, wide=0.0):
        rng = np.random.default_rng(0)
        self.W1, self.W2 = rng.normal(size=(3, 4)), rng.normal(size=(4, 2))
        self.x, self.y = rng.normal(size=(5, 3)), rng.random((5, 2))
        self.rate, self.early, self.wide = 0.3, early, wide

    def run(self, x):
        self.h = np.tanh(x @ self.W1)
        return 1 / (1 + np.exp(-(self.h @ self.W2)))

    def fit(self):
        for x, y in zip(self.x, self.y, strict=True):
            a = self.run(x)
            d2 = (a - y) * (1 + 2 * self.wide * (a - y) ** 2) * a * (1 - a)
            before = self.W2.copy()
            self.W2 -= self.rate * np.outer(self.h, d2)
            through = self.W2 if self.early else before
            d1 = (through @ d2) * (1 - self.h**2)
            self.W1 -= self.rate * np.outer(x, d1)

    def cost(self):
        off = self.run(self.x) - self.y
        return 0.5 * (off**2).sum() + 0.5 * self.wide * (off**4).sum()


def judged(net):
    return check_step(net.fit, net.cost, net, 0.3)


def test_updates_that_are_right_to_the_digit_are_right_without_a_caveat():
    check = judged(Net(early=False))
    assert check.verdict == "right"
    assert "several updates" in str(check)
    assert "too early" not in str(check)


def test_weights_that_are_updated_too_early_are_found_by_their_own_step():
    net = Net(early=True)
    before = net.W1.copy(), net.W2.copy()
    check = judged(net)
    assert not check
    assert check.verdict == "wrong"
    assert "exactly those of weights that are updated too early" in str(check)
    assert all(map(np.array_equal, before, (net.W1, net.W2)))


@pytest.mark.parametrize("early", [False, True])
def test_where_the_network_is_not_recognised_that_is_left_open(early):
    check = judged(Net(early, wide=0.5))
    assert check.verdict == "right"
    assert "hides weights that are updated too early" in str(check)

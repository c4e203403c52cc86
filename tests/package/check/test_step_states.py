"""A right step that keeps a state, draws or takes several updates is not accused."""

import numpy as np
import pytest
from stepped_nets import Adam, Drawn, DrawnByNumPy, Momentum, Net, checked, rng, trained

from backprop_explained import check_step


@pytest.mark.parametrize("steps", [0, 1, 20])
def test_a_momentum_that_has_gathered_speed_is_no_mistake(steps):
    check = checked(trained(Momentum, False, steps))
    assert check.verdict == "right"
    assert ("judged with v1, v2 set to 0" in str(check)) == (steps > 0)
    assert not checked(trained(Momentum, True, steps))


@pytest.mark.parametrize("steps", [0, 5])
@pytest.mark.parametrize("slip", [False, True])
def test_a_step_of_adam_is_said_to_be_no_gradient(steps, slip):
    check = checked(trained(Adam, slip, steps))
    assert check.verdict == "undecided"
    assert "as under Adam or RMSprop" in str(check)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("kind", [Drawn, DrawnByNumPy])
def test_a_batch_that_is_drawn_is_said_to_be_drawn(kind, seed):
    """One draw in 15 is the same batch again, so one is not enough."""
    np.random.seed(seed)
    rng.random(seed)
    before = rng.bit_generator.state
    check = checked(kind())
    assert check.verdict == "undecided"
    assert "draws random numbers" in str(check)
    assert rng.bit_generator.state == before


def test_an_order_that_is_drawn_changes_nothing():
    class Shuffled(Net):
        def step(self):
            i = np.random.permutation(6)
            self.update(self.x[i], self.y[i], self.rate)

    assert checked(Shuffled()).verdict == "right"
    assert checked(Shuffled(slip=True)).verdict != "right"


@pytest.mark.parametrize("where", ["list", "vars"])
def test_what_is_listed_is_judged_and_not_the_data_of_its_object(where):
    net = Net()
    held = [net.W1, net.W2] if where == "list" else vars(net)
    check = check_step(net.step, net.loss, held, 0.5)
    assert check.verdict == "right"
    assert len(check.names) == 2


@pytest.mark.parametrize("steps", [0, 1])
def test_a_velocity_that_nothing_reaches_is_judged_at_the_very_first_step(steps):
    W, v = np.array([[0.5, -1.0]]), np.zeros((1, 2))
    x, y = np.array([[1.0], [2.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])

    def step():
        v[...] = 0.9 * v - 0.1 * x.T @ (x @ W - y)
        W[...] += v

    for _ in range(steps):
        step()
    check = check_step(step, lambda: 0.5 * ((x @ W - y) ** 2).sum(), [W], 0.1)
    assert check.verdict == ("undecided" if steps else "right")
    assert "two steps from one state differ" in str(check)


def test_a_cost_that_is_no_number_is_told_so():
    net = Net()
    with pytest.raises((TypeError, ValueError), match="the cost must"):
        check_step(net.step, lambda: None, net, 0.5)


class Counts(Net):
    """Holds a size that its forward pass insists on."""

    def __init__(self, slip=False):
        super().__init__(slip)
        self.hidden = 4

    def output(self, x):
        a = super().output(x)
        assert self.h.shape[1] == self.hidden
        return a


@pytest.mark.parametrize("slip", [False, True])
def test_a_size_that_an_assertion_guards_is_no_parameter(slip):
    check = checked(Counts(slip))
    assert check.verdict == ("wrong" if slip else "right")
    assert check.names == ("W1", "W2")


class ShuffledMean(Net):
    """The batch in another order each time, and the mean where the cost has a sum."""

    def step(self):
        i = np.random.permutation(6)
        self.update(self.x[i], self.y[i], self.rate / 6)


def test_rounding_in_another_order_is_no_draw():
    assert checked(ShuffledMean()).verdict == "wrong"


class Grows(Net):
    """Broadcasts a row over the columns of its parameter, which then has more."""

    def step(self):
        super().step()
        self.W2 = self.W2 + 0.0 * np.ones((1, 3))

    def loss(self):
        return 0.5 * np.sum((self.output(self.x)[:, :1] - self.y) ** 2)


def test_a_parameter_that_gets_another_shape_is_wrong():
    check = checked(Grows())
    assert check.verdict == "wrong"
    assert "the step gives W2 another shape" in str(check)
    assert "the cost also reads W2" not in str(check)

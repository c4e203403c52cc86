"""A right step that keeps a state, draws or takes several updates is not accused."""

import numpy as np
import pytest

from backprop_explained import check_step

s = lambda z: 1 / (1 + np.exp(-z))


class Net:
    """Two layers, as people write them; `slip` is the mistake of the output layer."""

    rate = 0.5

    def __init__(self, slip=False):
        rng = np.random.default_rng(0)
        self.x, self.y = rng.normal(size=(6, 3)), rng.random((6, 1))
        self.W1, self.W2 = rng.normal(size=(3, 4)), rng.normal(size=(4, 1))
        self.slip = slip

    def output(self, x):
        self.h = s(x @ self.W1)
        return s(self.h @ self.W2)

    def loss(self):
        return 0.5 * np.sum((self.output(self.x) - self.y) ** 2)

    def gradients(self, x, y):
        a = self.output(x)
        delta = (a - y) * (s(a) * (1 - s(a)) if self.slip else a * (1 - a))
        return x.T @ ((delta @ self.W2.T) * self.h * (1 - self.h)), self.h.T @ delta

    def update(self, x, y, size):
        for W, dW in zip((self.W1, self.W2), self.gradients(x, y), strict=True):
            W -= size * dW

    def step(self):
        self.update(self.x, self.y, self.rate)


class Momentum(Net):
    def __init__(self, slip=False):
        super().__init__(slip)
        self.v1, self.v2 = np.zeros((3, 4)), np.zeros((4, 1))

    def step(self):
        first, second = self.gradients(self.x, self.y)
        self.v1 = 0.9 * self.v1 - self.rate * first
        self.v2 = 0.9 * self.v2 - self.rate * second
        self.W1, self.W2 = self.W1 + self.v1, self.W2 + self.v2


class Adam(Net):
    def __init__(self, slip=False):
        super().__init__(slip)
        self.m, self.v, self.t = [0, 0], [0, 0], 0

    def step(self):
        self.t += 1
        for i, dW in enumerate(self.gradients(self.x, self.y)):
            self.m[i] = 0.9 * self.m[i] + 0.1 * dW
            self.v[i] = 0.999 * self.v[i] + 0.001 * dW**2
            mean = self.m[i] / (1 - 0.9**self.t)
            size = np.sqrt(self.v[i] / (1 - 0.999**self.t))
            (self.W1, self.W2)[i][...] -= self.rate * mean / (size + 1e-8)


rng = np.random.default_rng(5)


class Drawn(Net):
    """A batch of two, drawn by a generator that no attribute holds."""

    def step(self):
        i = rng.choice(6, 2, replace=False)
        self.update(self.x[i], self.y[i], self.rate)


class DrawnByNumPy(Net):
    def step(self):
        i = np.random.permutation(6)[:2]
        self.update(self.x[i], self.y[i], self.rate)


class Epoch(Net):
    """One update for each example, with the step size of the class."""

    def step(self):
        for i in range(6):
            self.update(self.x[i : i + 1], self.y[i : i + 1], self.rate)


class EpochByHand(Net):
    """The same, with a size that is not the one in the attribute."""

    def step(self):
        for i in range(6):
            self.update(self.x[i : i + 1], self.y[i : i + 1], 0.5)


def checked(net):
    return check_step(net.step, net.loss, net, 0.5)


def trained(kind, slip, steps):
    net = kind(slip)
    for _ in range(steps):
        net.step()
    return net


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

    def epoch():
        for i in range(6):
            net.update(net.x[i : i + 1], net.y[i : i + 1], LEARNING_RATE)

    check = check_step(epoch, net.loss, net, 0.25)
    assert check.verdict == "right"
    assert "judged with LEARNING_RATE" in str(check)
    assert LEARNING_RATE == 0.25


def test_an_attribute_that_the_step_does_not_use_is_no_step_size():
    check = checked(EpochByHand())
    assert check.verdict == "undecided"
    assert "give it one example" in str(check)


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

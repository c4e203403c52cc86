"""Nielsen's network on the digits of scikit-learn, recorded.

The digits are 1,797 pictures of 8 × 8, in place of the 70,000 of 28 × 28 of MNIST.
`python -m sitebuild.evidence.digits` renews the record, in ten seconds; it needs
scikit-learn, which nothing else here does.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from backprop_explained import (
    SIGMOID,
    Activation,
    Cost,
    Gradients,
    Network,
    backward,
    descend,
    forward,
    predict,
    random_network,
    sigmoid_derivative,
    squared_error,
)
from backprop_explained.check.mistaken_pass import MakeGradients
from backprop_explained.notation import Array
from sitebuild.evidence import record

SIZES = [64, 30, 10]
BATCH = 10
ETA = 3.0
EPOCHS = 30
TRAINING = 1_437
SEEDS = range(20)
FROM_Z = SIGMOID._replace(slope=lambda z, a: sigmoid_derivative(z))


class Digits(NamedTuple):
    """Pictures as rows of numbers from 0 to 1, and the digit that each shows."""

    x: Array
    digit: Array


@cache
def load() -> Digits:
    """All digits, in the order of scikit-learn."""
    from sklearn.datasets import load_digits

    x, digit = load_digits(return_X_y=True)
    return Digits(x / 16, digit)


def start(seed: int) -> Network:
    """Weights and biases from the normal distribution, as his are."""
    return normal(SIZES, FROM_Z, seed)


def normal(sizes: list[int], row: Activation, seed: int) -> Network:
    """A network whose parameters are all from the normal distribution."""
    rng = np.random.default_rng(seed)
    network = random_network(sizes, row, rng)
    drawn = [rng.normal(size=p.shape) for p in network.parameters]
    return network.with_parameters(drawn)


def right(
    network: Network, x: Array, y: Array, cost: Cost, _: float | None = None
) -> Gradients:
    """The right gradient; a mistaken one may depend on the step size."""
    return backward(network, forward(network, x), y, cost)


def run(
    seed: int,
    epochs: int = EPOCHS,
    network: Network | None = None,
    make: MakeGradients = right,
    eta: float = ETA,
) -> list[int]:
    """How many of the test pictures are read correctly, before and after each epoch.

    The list is shorter where a gradient was no longer finite.
    """
    rng, training, test = _split(seed)
    after = network or start(seed)
    correct = [_correct(after, test)]
    for _ in range(epochs):
        after = _epoch(after, rng.permutation(training), make, eta)
        if after is None:
            break
        correct.append(_correct(after, test))
    return correct


def first_batch(seed: int) -> tuple[Array, Array]:
    """The pictures of the first step of a seed, and the outputs wanted."""
    rng, training, _ = _split(seed)
    return _batch(rng.permutation(training)[:BATCH])


def _split(seed: int) -> tuple[np.random.Generator, Array, Array]:
    rng = np.random.default_rng([seed, 1])
    order = rng.permutation(len(load().x))
    return rng, order[:TRAINING], order[TRAINING:]


def _batch(which: Array) -> tuple[Array, Array]:
    return load().x[which], np.eye(10)[load().digit[which]]


def _epoch(
    network: Network, order: Array, make: MakeGradients, eta: float
) -> Network | None:
    """One step a batch, by the mean of its gradients: hence the division."""
    for first in range(0, len(order), BATCH):
        x, y = _batch(order[first : first + BATCH])
        gradients = make(network, x, y, squared_error, eta / len(x))
        if gradients is None or not is_finite(gradients):
            return None
        network = descend(network, gradients, eta / len(x))
    return network


def is_finite(gradients: Gradients) -> bool:
    """Whether a step can be made with it."""
    return all(np.isfinite(array).all() for array in gradients.parameters)


def _correct(network: Network, which: Array) -> int:
    """The answer is the output that is largest."""
    answers = predict(network, load().x[which]).argmax(axis=1)
    return int((answers == load().digit[which]).sum())


def recorded() -> Array:
    """The record, of shape (seeds, epochs + 1): correct answers out of 360."""
    return np.array(record.read("digits"))


if __name__ == "__main__":
    record.write("digits", [run(seed) for seed in SEEDS])

"""Nielsen's network on the digits of scikit-learn, recorded.

The digits are 1,797 pictures of 8 × 8, in place of the 70,000 of 28 × 28 of MNIST.
`python -m sitebuild.evidence.digits` makes the record anew, in ten seconds; it needs
scikit-learn, which nothing else here does.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from backprop_explained import (
    SIGMOID,
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
from backprop_explained.notation import Array

RECORD = Path(__file__).parent / "records" / "digits.json"
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


def load() -> Digits:
    """All digits, in the order of scikit-learn."""
    from sklearn.datasets import load_digits

    x, digit = load_digits(return_X_y=True)
    return Digits(x / 16, digit)


def start(seed: int) -> Network:
    """Weights and biases from the normal distribution, as his are."""
    rng = np.random.default_rng(seed)
    network = random_network(SIZES, FROM_Z, rng)
    return network.with_parameters(
        [rng.normal(size=p.shape) for p in network.parameters]
    )


def right(network: Network, x: Array, y: Array, step_size: float) -> Gradients:
    """The right gradient; a mistaken one may depend on the step size."""
    return backward(network, forward(network, x), y, squared_error)


MakeGradients = Callable[[Network, Array, Array, float], Gradients]


def run(
    digits: Digits,
    seed: int,
    epochs: int = EPOCHS,
    network: Network | None = None,
    gradients: MakeGradients = right,
    eta: float = ETA,
) -> list[int]:
    """How many of the test pictures are read correctly, before and after each epoch.

    The list is shorter where a gradient was no longer finite.
    """
    rng, training, test = _split(digits, seed)
    network = network or start(seed)
    correct = [_correct(network, digits, test)]
    for _ in range(epochs):
        after = _epoch(network, digits, rng.permutation(training), gradients, eta)
        if after is None:
            return correct
        network = after
        correct.append(_correct(network, digits, test))
    return correct


def first_batch(digits: Digits, seed: int) -> tuple[Array, Array]:
    """The pictures of the first step of a seed, and the outputs wanted."""
    rng, training, _ = _split(digits, seed)
    return _batch(digits, rng.permutation(training)[:BATCH])


def _split(digits: Digits, seed: int) -> tuple[np.random.Generator, Array, Array]:
    rng = np.random.default_rng([seed, 1])
    order = rng.permutation(len(digits.x))
    return rng, order[:TRAINING], order[TRAINING:]


def _batch(digits: Digits, which: Array) -> tuple[Array, Array]:
    return digits.x[which], np.eye(10)[digits.digit[which]]


def _epoch(
    network: Network,
    digits: Digits,
    order: Array,
    make: MakeGradients,
    eta: float,
) -> Network | None:
    """One step a batch, by the mean of its gradients: hence the division."""
    for first in range(0, len(order), BATCH):
        x, y = _batch(digits, order[first : first + BATCH])
        gradients = make(network, x, y, eta / len(x))
        if not all(np.isfinite(array).all() for array in gradients.parameters):
            return None
        network = descend(network, gradients, eta / len(x))
    return network


def _correct(network: Network, digits: Digits, which: Array) -> int:
    """The answer is the output that is largest."""
    answers = predict(network, digits.x[which]).argmax(axis=1)
    return int((answers == digits.digit[which]).sum())


def recorded(record: Path = RECORD) -> Array:
    """The record, of shape (seeds, epochs + 1): correct answers out of 360."""
    return np.array(json.loads(record.read_text("utf-8")))


def main() -> None:
    digits = load()
    rows = [json.dumps(run(digits, seed)) for seed in SEEDS]
    RECORD.write_text("[\n" + ",\n".join(rows) + "\n]\n", "utf-8")


if __name__ == "__main__":
    main()

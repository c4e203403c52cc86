"""Nielsen's network on the digits of scikit-learn, recorded.

The digits are 1,797 pictures of 8 × 8, in place of the 70,000 of 28 × 28 of MNIST.
`python -m sitebuild.digits` makes the record anew, in ten seconds; it needs
scikit-learn, which nothing else here does.
"""

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

from backprop_explained import (
    SIGMOID,
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


def run(digits: Digits, seed: int, epochs: int = EPOCHS) -> list[int]:
    """How many of the test pictures are read correctly, before and after each epoch."""
    rng = np.random.default_rng([seed, 1])
    order = rng.permutation(len(digits.x))
    training, test = order[:TRAINING], order[TRAINING:]
    network = start(seed)
    correct = [_correct(network, digits, test)]
    for _ in range(epochs):
        network = _epoch(network, digits, rng.permutation(training))
        correct.append(_correct(network, digits, test))
    return correct


def _epoch(network: Network, digits: Digits, order: Array) -> Network:
    """One step a batch, by the mean of its gradients: hence the division."""
    wanted = np.eye(10)
    for first in range(0, len(order), BATCH):
        batch = order[first : first + BATCH]
        trace = forward(network, digits.x[batch])
        target = wanted[digits.digit[batch]]
        gradients = backward(network, trace, target, squared_error)
        network = descend(network, gradients, ETA / len(batch))
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

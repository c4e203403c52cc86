"""The line that is found for each known mistake, in one network with that line in it.

Each of `MISTAKES` says a line as people write it, and the one that is right.  The right
one is written into `PROGRAM`, then the other, and `find_first_wrong` is asked.  Names
that tell the layers apart have the same lines, and are asked once.

`python -m sitebuild.evidence.first_wrong_known` renews the record, in a minute; with
names, as of a new mistake, it runs these alone.
"""

import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from backprop_explained import MISTAKES, check_step, find_first_wrong
from sitebuild.evidence import record

RECORD = "first_wrong_known"

PROGRAM = """
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_derivative(z):
    return sigmoid(z) * (1 - sigmoid(z))


def relu(z):
    return np.maximum(0, z)


class activation:
    def function(z):
        return FUNCTION(z)

    def slope(z, a):
        return SLOPE


class Net:
    def __init__(self, sizes, rng):
        self.weights = [rng.normal(size=s) for s in zip(sizes, sizes[1:])]
        self.biases = [0.1 * rng.normal(size=n) for n in sizes[1:]]

    def forward(self, x):
        self.zs, self.outputs = [], [x]
        for W, b in zip(self.weights, self.biases):
            self.zs.append(self.outputs[-1] @ W + b)
            self.outputs.append(activation.function(self.zs[-1]))
        return self.outputs[-1]

    def cost(self, x, y):
        return np.sum((self.forward(x) - y) ** 2) / 2

    def train(self, x, y, step_size):
        a = self.forward(x)
        error = a - y
        for k in reversed(range(len(self.weights))):
            a_previous, z, a = self.outputs[k], self.zs[k], self.outputs[k + 1]
            W, b = self.weights[k], self.biases[k]
            delta = error * activation.slope(z, a)
            dW = a_previous.T @ delta
            db = delta.sum(axis=0)
            error = delta @ W.T
            W -= step_size * dW
            b -= step_size * db
"""

SLOPES = {"sigmoid": "a * (1 - a)", "np.tanh": "1 - a**2", "relu": "(a > 0) * 1.0"}


class Row(NamedTuple):
    """A mistake, the lines that were named, what to write, and what came of it."""

    name: str
    mistaken: list[int]
    named: list[int]
    advice: str
    repaired: bool


def function_of(name: str) -> str:
    if "for tanh" in name:
        return "np.tanh"
    return "relu" if "relu" in name else "sigmoid"


def sizes_of(name: str) -> tuple[int, ...]:
    """How many units: as many in all layers, where the mistake fits there alone."""
    return (3, 3, 3) if name in ("W for W.T", "output for input") else (3, 4, 2)


def text_of(name: str, *, mistaken: bool) -> str:
    """The program with the line of a mistake, or with the right one instead."""
    row, function = MISTAKES[name], function_of(name)
    text = PROGRAM.replace("FUNCTION", function).replace("SLOPE", SLOPES[function])
    wrong, right = row.code.split("; "), row.instead.split("; ")
    indent = " " * (8 if right == ["error = a - y"] else 12)
    for line in right:  # in the place of what is assigned to the same name
        start = f"{indent}{line.split(' ')[0]} "
        old = next(o for o in text.splitlines() if o.startswith(start))
        text = text.replace(f"{old}\n", f"{indent}{line}\n", 1)
    if not mistaken:
        return text
    old, new = ("".join(f"{indent}{n}\n" for n in lines) for lines in (right, wrong))
    assert text.count(old) == 1
    return text.replace(old, new)


def case(
    text: str, sizes: Sequence[int], examples: int = 5, step_size: float = 0.1
) -> tuple[Any, Any, Any, float]:
    names: dict[str, Any] = {}
    exec(text, names)
    rng = np.random.default_rng(0)
    net = names["Net"](sizes, rng)
    x, y = rng.normal(size=(examples, sizes[0])), rng.random((examples, sizes[-1]))
    return lambda: net.train(x, y, step_size), lambda: net.cost(x, y), net, step_size


def found(name: str) -> Row:
    right, text = (text_of(name, mistaken=mistaken) for mistaken in (False, True))
    pairs = zip(right.splitlines(), text.splitlines(), strict=True)
    mistaken = [n for n, (old, new) in enumerate(pairs, 1) if old != new]
    sizes = sizes_of(name)
    lines = find_first_wrong(*case(text, sizes), source=text).lines
    if not lines:
        return Row(name, mistaken, [], "", repaired=False)
    corrected = [line.corrected for line in lines if line.corrected]
    good = bool(corrected) and bool(check_step(*case(corrected[-1], sizes)))
    return Row(name, mistaken, sorted(lines[0].lines), lines[0].advice, good)


def alike(name: str) -> str:
    """The first mistake with the same lines."""
    row = MISTAKES[name]
    pairs = {(r.code, r.instead): n for n, r in reversed(MISTAKES.items())}
    return pairs[row.code, row.instead]


def rows() -> dict[str, Row]:
    kept = {row[0]: Row(*row) for row in record.read(RECORD)}
    return {name: kept[alike(name)] for name in MISTAKES if alike(name) in kept}


def cell(name: str) -> str:
    row = rows().get(name)
    if row is None:
        command = f'python -m sitebuild.evidence.first_wrong_known "{name}"'
        raise KeyError(f"not on record: run {command}")
    if not row.named or not {*row.named} <= {*row.mistaken}:
        return "another" if row.named else "none"
    return "found, corrected" if row.repaired else "found"


def main(*names: str) -> None:
    """Renew the record, or what goes by these names."""
    kept, todo = rows(), set(map(alike, names or MISTAKES))
    ordered = dict.fromkeys(map(alike, MISTAKES))
    record.write(RECORD, [found(n) if n in todo else kept[n] for n in ordered])


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Each mistake written out by hand, in a plain program that knows nothing of ours.

An entry of `BY_HAND` is the activation of the program's layers, and the lines that are
mistaken; each takes the place of the right line for the same name.
"""

import re

import numpy as np

STEP_SIZE = 0.5
RNG = np.random.default_rng(3)
GIVEN = {
    "x": RNG.normal(size=(5, 3)),
    "y": RNG.uniform(size=(5, 4)),
    "W1": RNG.normal(size=(3, 4)),
    "W2": RNG.normal(size=(4, 4)),
    "b1": RNG.normal(size=4),
    "b2": RNG.normal(size=4),
}

PROGRAM = """
z1 = x @ W1 + b1
a1 = s(z1)
z2 = a1 @ W2 + b2
a2 = s(z2)
error2 = a2 - y
delta2 = error2 * a2 * (1 - a2)
dW2 = a1.T @ delta2
db2 = delta2.sum(axis=0)
error1 = delta2 @ W2.T
delta1 = error1 * a1 * (1 - a1)
dW1 = x.T @ delta1
db1 = delta1.sum(axis=0)
"""

LAYERS = {
    "sigmoid": "",
    "tanh": """
        a1 = np.tanh(z1)
        a2 = np.tanh(z2)
        delta2 = error2 * (1 - a2**2)
        delta1 = error1 * (1 - a1**2)
    """,
    "relu": """
        a1 = np.maximum(z1, 0)
        delta1 = error1 * (z1 > 0)
    """,
}
"""The right lines of layers that are not sigmoids; after relu comes a sigmoid."""

A_OUTPUT = "delta2 = error2 * s(a2) * (1 - s(a2))"
A_HIDDEN = "delta1 = error1 * s(a1) * (1 - s(a1))"
Z_OUTPUT = "delta2 = error2 * z2 * (1 - z2)"
Z_HIDDEN = "delta1 = error1 * z1 * (1 - z1)"
NO_OUTPUT = "delta2 = error2"
NO_HIDDEN = "delta1 = error1"

BY_HAND = {
    "a where z belongs": ("sigmoid", A_OUTPUT, A_HIDDEN),
    "a where z belongs, output layer": ("sigmoid", A_OUTPUT),
    "a where z belongs, hidden layers": ("sigmoid", A_HIDDEN),
    "z where a belongs": ("sigmoid", Z_OUTPUT, Z_HIDDEN),
    "z where a belongs, output layer": ("sigmoid", Z_OUTPUT),
    "z where a belongs, hidden layers": ("sigmoid", Z_HIDDEN),
    "slope missing": ("sigmoid", NO_OUTPUT, NO_HIDDEN),
    "slope missing, output layer": ("sigmoid", NO_OUTPUT),
    "slope missing, hidden layers": ("sigmoid", NO_HIDDEN),
    "slope missing in what is passed down": ("sigmoid", "error1 = error2 @ W2.T"),
    "tanh's slope for the sigmoid, from a": (
        "sigmoid",
        "delta2 = error2 * (1 - a2**2)",
        "delta1 = error1 * (1 - a1**2)",
    ),
    "tanh's slope for the sigmoid, from z": (
        "sigmoid",
        "delta2 = error2 / np.cosh(z2) ** 2",
        "delta1 = error1 / np.cosh(z1) ** 2",
    ),
    "the sigmoid's slope for tanh, from a": (
        "tanh",
        "delta2 = error2 * a2 * (1 - a2)",
        "delta1 = error1 * a1 * (1 - a1)",
    ),
    "the sigmoid's slope for tanh, from z": (
        "tanh",
        "delta2 = error2 * s(z2) * (1 - s(z2))",
        "delta1 = error1 * s(z1) * (1 - s(z1))",
    ),
    "relu gated with >= on the output": ("relu", "delta1 = error1 * (a1 >= 0)"),
    "sign": ("sigmoid", "error2 = y - a2"),
    "factor 2": ("sigmoid", "error2 = 2 * (a2 - y)"),
    "factor 1/2": ("sigmoid", "error2 = (a2 - y) / 2"),
    "factor 1/m": ("sigmoid", "error2 = (a2 - y) / 5"),
    "updated weights": ("sigmoid", "error1 = delta2 @ (W2 - 0.5 * dW2).T"),
    "slope missing in what is passed down, updated weights": (
        "sigmoid",
        "error1 = error2 @ (W2 - 0.5 * dW2).T",
    ),
    "W for W.T": ("sigmoid", "error1 = delta2 @ W2"),
    "output for input": ("sigmoid", "dW2 = a2.T @ delta2"),
    "transposed": ("sigmoid", "dW2 = delta2.T @ a1", "dW1 = delta1.T @ x"),
    "bias gradient not summed": ("sigmoid", "db2 = delta2", "db1 = delta1"),
    "bias gradient averaged": (
        "sigmoid",
        "db2 = delta2.sum(axis=0) / 5",
        "db1 = delta1.sum(axis=0) / 5",
    ),
    "bias gradient summed over the layer": (
        "sigmoid",
        "db2 = np.repeat(delta2.sum(), 4)",
        "db1 = np.repeat(delta1.sum(), 4)",
    ),
}


def by_hand(layers, *mistaken):
    """What the program makes with these lines in it: weights, then biases."""
    program = PROGRAM
    for line in [*LAYERS[layers].strip().splitlines(), *mistaken]:
        name = line.split()[0]
        program, count = re.subn(rf"(?m)^{name} = .*$", line.strip(), program)
        assert count == 1, f"the program has no line for {name}"
    made = {"np": np, "s": lambda v: 1 / (1 + np.exp(-v))} | GIVEN
    exec(program, made)
    return [made[name] for name in ("dW1", "dW2", "db1", "db2")]

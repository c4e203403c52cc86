"""Each mistake written out by hand, in a plain program that knows nothing of ours.

An entry of `BY_HAND` is the activation of the program's layers, and the lines that are
mistaken; each takes the place of the right line for the same name.  A line with `#`
stands for two: that of layer 2 and that of layer 1.
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
    "sigmoid": (),
    "tanh": ("a# = np.tanh(z#)", "delta# = error# * (1 - a#**2)"),
    "relu": ("a1 = np.maximum(z1, 0)", "delta1 = error1 * (z1 > 0)"),
}
"""The right lines of layers that are not sigmoids; after relu comes a sigmoid."""

A, Z, NO = (
    f"delta# = error#{slope}"
    for slope in (" * s(a#) * (1 - s(a#))", " * z# * (1 - z#)", "")
)
BY_HAND = {
    "a where z belongs": ("sigmoid", A),
    "a where z belongs, output layer": ("sigmoid", A.replace("#", "2")),
    "a where z belongs, hidden layers": ("sigmoid", A.replace("#", "1")),
    "z where a belongs": ("sigmoid", Z),
    "z where a belongs, output layer": ("sigmoid", Z.replace("#", "2")),
    "z where a belongs, hidden layers": ("sigmoid", Z.replace("#", "1")),
    "slope missing": ("sigmoid", NO),
    "slope missing, output layer": ("sigmoid", NO.replace("#", "2")),
    "slope missing, hidden layers": ("sigmoid", NO.replace("#", "1")),
    "slope missing in what is passed down": ("sigmoid", "error1 = error2 @ W2.T"),
    "tanh's slope for the sigmoid, from a": (
        "sigmoid",
        "delta# = error# * (1 - a#**2)",
    ),
    "tanh's slope for the sigmoid, from z": (
        "sigmoid",
        "delta# = error# / np.cosh(z#) ** 2",
    ),
    "the sigmoid's slope for tanh, from a": ("tanh", "delta# = error# * a# * (1 - a#)"),
    "the sigmoid's slope for tanh, from z": (
        "tanh",
        "delta# = error# * s(z#) * (1 - s(z#))",
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
    "bias gradient not summed": ("sigmoid", "db# = delta#"),
    "bias gradient averaged": ("sigmoid", "db# = delta#.sum(axis=0) / 5"),
    "bias gradient summed over the layer": (
        "sigmoid",
        "db# = np.repeat(delta#.sum(), 4)",
    ),
}


def by_hand(layers, *mistaken):
    """What the program makes with these lines in it: weights, then biases."""
    program = PROGRAM
    lines = (*LAYERS[layers], *mistaken)
    for line in [one.replace("#", i) for one in lines for i in "21"]:
        name = line.split()[0]
        program, count = re.subn(rf"(?m)^{name} = .*$", line, program)
        assert count == 1, f"the program has no line for {name}"
    made = {"np": np, "s": lambda v: 1 / (1 + np.exp(-v))} | GIVEN
    exec(program, made)
    return [made[name] for name in ("dW1", "dW2", "db1", "db2")]

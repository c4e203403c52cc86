"""Lists of lists, and small functions that multiply, turn and add them."""

import math
import random


def matmul(a, b):
    return [[sum(x * y for x, y in zip(row, col)) for col in zip(*b)] for row in a]


def transpose(a):
    return [list(col) for col in zip(*a)]


def hadamard(a, b):
    return [[x * y for x, y in zip(p, q)] for p, q in zip(a, b)]


def subtract(a, b):
    return [[x - y for x, y in zip(p, q)] for p, q in zip(a, b)]


def scale(c, a):
    return [[c * x for x in row] for row in a]


def apply(f, a):
    return [[f(x) for x in row] for row in a]


def sigma(x):
    return 1 / (1 + math.exp(-x))


def sigma_prime(x):
    return sigma(x) * (1 - sigma(x))


def run(net, x):
    z1 = matmul(x, net[0])
    a1 = apply(sigma, z1)
    z2 = matmul(a1, net[1])
    return z1, a1, z2, apply(sigma, z2)


def error(net, x, t):
    out = run(net, x)[-1]
    return sum((p - q) ** 2 for r, s in zip(out, t) for p, q in zip(r, s)) / 2


def train(net, x, t, rate):
    z1, a1, z2, a2 = run(net, x)
    d2 = hadamard(subtract(a2, t), apply(sigma_prime, z2))
    d1 = hadamard(matmul(d2, transpose(net[1])), apply(sigma_prime, z1))
    g2 = matmul(transpose(a1), d2)
    g1 = matmul(transpose(x), d1)
    net[1] = subtract(net[1], scale(rate, g2))
    net[0] = subtract(net[0], scale(rate, g1))


def case(seed):
    rng = random.Random(seed)
    net = [
        [[rng.gauss(0, 1) for _ in range(3)] for _ in range(2)],
        [[rng.gauss(0, 1) for _ in range(2)] for _ in range(3)],
    ]
    x = [[rng.gauss(0, 1) for _ in range(2)] for _ in range(4)]
    t = [[rng.random() for _ in range(2)] for _ in range(4)]
    return lambda: train(net, x, t, 0.3), lambda: error(net, x, t), net, 0.3


MISTAKES = {
    "a where z belongs": (
        "apply(sigma_prime, z1))",
        "apply(sigma_prime, a1))",
    ),
    "slope missing": (
        "d2 = hadamard(subtract(a2, t), apply(sigma_prime, z2))",
        "d2 = subtract(a2, t)",
    ),
    "error turned": ("subtract(a2, t)", "subtract(t, a2)"),
    "step twice as long": ("scale(rate, g1)", "scale(2 * rate, g1)"),
    "the value for its slope": ("apply(sigma_prime, z1))", "apply(sigma, z1))"),
}

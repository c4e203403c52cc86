"""One long list of weights, and counting with indices, as a small C program does."""

import math
import random

NIPS, NHID, NOPS = 3, 4, 2


def act(a):
    return 1.0 / (1.0 + math.exp(-a))


def pdact(a):
    return a * (1.0 - a)


def pderr(a, b):
    return a - b


class Tiny:
    def __init__(self, rng):
        self.w = [rng.random() - 0.5 for _ in range(NHID * (NIPS + NOPS))]
        self.b = [rng.random() - 0.5 for _ in range(2)]
        self.h = [0.0] * NHID
        self.o = [0.0] * NOPS


def fprop(t, ins):
    for i in range(NHID):
        total = 0.0
        for j in range(NIPS):
            total += ins[j] * t.w[i * NIPS + j]
        t.h[i] = act(total + t.b[0])
    x = NHID * NIPS
    for i in range(NOPS):
        total = 0.0
        for j in range(NHID):
            total += t.h[j] * t.w[x + i * NHID + j]
        t.o[i] = act(total + t.b[1])


def toterr(t, ins, tg):
    fprop(t, ins)
    return sum(0.5 * (tg[i] - t.o[i]) ** 2 for i in range(NOPS))


def bprop(t, ins, tg, rate):
    fprop(t, ins)
    x = NHID * NIPS
    old = list(t.w)
    for i in range(NHID):
        total = 0.0
        for j in range(NOPS):
            a = pderr(t.o[j], tg[j])
            b = pdact(t.o[j])
            total += a * b * old[x + j * NHID + i]
            t.w[x + j * NHID + i] -= rate * a * b * t.h[i]
        for j in range(NIPS):
            t.w[i * NIPS + j] -= rate * total * pdact(t.h[i]) * ins[j]


def case(seed):
    rng = random.Random(seed)
    t = Tiny(rng)
    ins = [rng.uniform(-1, 1) for _ in range(NIPS)]
    tg = [rng.random() for _ in range(NOPS)]
    return (
        lambda: bprop(t, ins, tg, 0.5),
        lambda: toterr(t, ins, tg),
        {"w": t.w},
        0.5,
    )


MISTAKES = {
    "the slope of the hidden unit left out": (
        "rate * total * pdact(t.h[i]) * ins[j]",
        "rate * total * ins[j]",
    ),
    "an index turned": (
        "total += a * b * old[x + j * NHID + i]",
        "total += a * b * old[x + i * NOPS + j]",
    ),
    "the slope of the output left out": (
        "total += a * b * old",
        "total += a * old",
    ),
    "error turned": ("    return a - b", "    return b - a"),
    "slope for the value": ("b * t.h[i]\n", "b * pdact(t.h[i])\n"),
}

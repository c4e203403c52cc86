"""A state that moves by small steps of time under forces with weights in them."""

import numpy as np


class Flow:
    def __init__(self, rng, size=3, dt=0.25, steps=5):
        self.A = rng.normal(size=(size, size))
        self.c = 0.3 * rng.normal(size=size)
        self.start = rng.normal(size=size)
        self.dt, self.steps = dt, steps

    def force(self, x):
        return np.tanh(self.A @ x + self.c) - 0.5 * x

    def path(self):
        xs = [self.start]
        for _ in range(self.steps):
            xs.append(xs[-1] + self.dt * self.force(xs[-1]))
        return xs

    def misfit(self, goal):
        xs = self.path()
        return np.sum((xs[-1] - goal) ** 2) + 0.1 * sum(np.sum(x**2) for x in xs[1:])

    def sensitivity(self, goal):
        xs = self.path()
        lam = 2 * (xs[-1] - goal) + 0.2 * xs[-1]
        gA, gc = np.zeros_like(self.A), np.zeros_like(self.c)
        for n in range(self.steps - 1, -1, -1):
            x = xs[n]
            s = 1 - np.tanh(self.A @ x + self.c) ** 2
            push = self.dt * s * lam
            gA += np.outer(push, x)
            gc += push
            lam = lam + self.A.T @ push - 0.5 * self.dt * lam
            if n > 0:
                lam = lam + 0.2 * x
        return gA, gc, lam

    def relax(self, goal, rate):
        gA, gc, g0 = self.sensitivity(goal)
        self.A = self.A - rate * gA
        self.c = self.c - rate * gc
        self.start = self.start - rate * g0


def case(seed):
    rng = np.random.default_rng(seed)
    flow = Flow(rng)
    goal = rng.normal(size=3)
    where = flow
    return lambda: flow.relax(goal, 0.05), lambda: flow.misfit(goal), where, 0.05


MISTAKES = {
    "friction forgotten": (
        "lam = lam + self.A.T @ push - 0.5 * self.dt * lam",
        "lam = lam + self.A.T @ push",
    ),
    "step of time forgotten": ("push = self.dt * s * lam", "push = s * lam"),
    "the next state for this one": ("x = xs[n]", "x = xs[n + 1]"),
    "price of the path forgotten": (
        "            if n > 0:\n                lam = lam + 0.2 * x\n",
        "",
    ),
    "start of the path forgotten": (
        "lam = 2 * (xs[-1] - goal) + 0.2 * xs[-1]",
        "lam = 2 * (xs[-1] - goal)",
    ),
}

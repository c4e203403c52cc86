"""Complaints about gradient checks, each reproduced in a few lines, and the verdict.

The gradient is right in all of them but one: there a wrong one looked right.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from backprop_explained import GradientCheck, check_gradients
from sitebuild.evidence.sources import sources


class Complaint(NamedTuple):
    """Where it was made, what was complained of, and the same in a few lines."""

    where: str
    source: str
    what: str
    check: Callable[[], GradientCheck]

    @property
    def url(self) -> str:
        return sources()[self.source].address


COMPLAINTS: list[Complaint] = []
Check = Callable[[], GradientCheck]


def complaint(where: str, source: str, what: str) -> Callable[[Check], Check]:
    """What a check was complained of, which the function decorated makes again."""

    def listed(check: Check) -> Check:
        COMPLAINTS.append(Complaint(where, source, what, check))
        return check

    return listed


@complaint("PyTorch #5351", "pytorch-5351", "a linear layer in float32 fails")
def linear_in_float32() -> GradientCheck:
    rng = np.random.default_rng(123)
    x, W = rng.random((1, 2), np.float32), rng.random((2, 1), np.float32)
    return check_gradients(lambda p: np.float32(p[0]) @ W, [x], [W.T])


@complaint(
    "PyTorch #114234", "pytorch-114234", "relu fails next to 0: slope 1, difference ½"
)
def relu_near_0() -> GradientCheck:
    x = np.full((4, 4), 1e-30)
    return check_gradients(lambda p: np.maximum(p[0], 0).sum(), [x], [1.0 * (x > 0)])


@complaint(
    "PyTorch #114333",
    "pytorch-114333",
    "dropout fails, with numbers that make no sense",
)
def dropout() -> GradientCheck:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(8, 8))

    def cost(p: list[np.ndarray]) -> float:
        return float((p[0] * (rng.random(x.shape) > 0.2)).sum() / 0.8)

    return check_gradients(cost, [x], [np.ones_like(x)])


@complaint(
    "SciPy #7766",
    "scipy-7766",
    "the absolute error of a small gradient says nothing; "
    "here the gradient is twice too large",
)
def small_gradient() -> GradientCheck:
    x = np.linspace(-1, 1, 5)
    return check_gradients(lambda p: 1e-9 * np.sin(p[0]).sum(), [x], [2e-9 * np.cos(x)])


@complaint(
    "SciPy #10888", "scipy-10888", "painfully slow with many parameters; here 100,000"
)
def many_parameters() -> GradientCheck:
    x = np.random.default_rng(0).normal(size=100_000)
    return check_gradients(lambda p: np.sin(p[0]).sum(), [x], [np.cos(x)])


@complaint(
    "JAX #7742, as #39821 tells it",
    "jax-39821",
    "in half precision every right gradient fails",
)
def half_precision() -> GradientCheck:
    x = np.array([0.5, 1.0, 2.0], np.float16)
    return check_gradients(
        lambda p: np.sin(np.float16(p[0])).sum(dtype=np.float16), [x], [np.cos(x)]
    )


@complaint(
    "Data Science 72556",
    "data-science-72556",
    "mean square, 8 × 8: a huge step agrees better than a small one",
)
def mean_square_in_float32() -> GradientCheck:
    rng = np.random.default_rng(0)
    a, y = rng.random((2, 8, 8), np.float32)

    def cost(p: list[np.ndarray]) -> np.float32:
        return np.mean(((np.float32(p[0]) - y) ** 2).sum(axis=1) / np.float32(2 * 8))

    return check_gradients(cost, [a], [(a - y) / 64])


@complaint(
    "Tesseract #740",
    "tesseract-740",
    "no way to tell a wrong gradient from a noisy difference, "
    "with a solver that stops at 1e-9",
)
def stopped_solver() -> GradientCheck:
    """Newton's method would end exactly; this stops when a step is below 1e-9."""

    def solved(k: float) -> float:
        u, before = 1.0, 0.0
        while abs(u - before) > 1e-9:
            u, before = float(np.cos(k * u)), u
        return u

    k = 0.8
    u = solved(k)
    slope = -u * np.sin(k * u) / (1 + k * np.sin(k * u))
    return check_gradients(
        lambda p: solved(float(p[0][0])), [np.array([k])], [np.array([slope])]
    )


@complaint(
    "AutoGrad.jl #74",
    "autograd-jl-74",
    "a mean in float32 fails where the parameters start at 0",
)
def zeros_in_float32() -> GradientCheck:
    x = np.random.default_rng(0).normal(size=(14, 1024)).astype(np.float32)
    w = np.zeros((1, 1024), np.float32)
    return check_gradients(
        lambda p: np.mean(x + np.float32(p[0])), [w], [np.full(w.shape, 1 / 1024)]
    )


@complaint(
    "NLopt #328", "nlopt-328", "a plain sum of 1,000 squares fails in 72 entries"
)
def thousand_squares() -> GradientCheck:
    x, a = np.arange(1.0, 1001), np.random.default_rng(0).random(1000)
    return check_gradients(lambda p: ((p[0] - a) ** 2).sum(), [x], [2 * (x - a)])

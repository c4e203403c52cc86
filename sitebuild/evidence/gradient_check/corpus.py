"""Random networks whose right gradient is beyond doubt, each drawn from its number.

The right gradient is that of `backward` in extended precision, at the very numbers that
the cost reads.  `backward` is held against HIPS autograd and SymPy in
tests/package/test_backward.py, its activations and their slopes against mpmath in
tests/package/test_catalogue.py.  A network is drawn again where extended and double
precision disagree by more than 1e-9: there the gradient itself is in doubt.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from backprop_explained import (
    IDENTITY,
    SIGMOID,
    Activation,
    Cost,
    Network,
    cross_entropy,
    relative_error,
    squared_error,
    sum_of_squares,
)
from backprop_explained.notation import Array
from sitebuild.evidence.drawn_from import DRAWN_ACTIVATIONS
from sitebuild.evidence.gradient_check.cases import Case, right_gradient

SEED = 12
SIZE = 60 * len(DRAWN_ACTIVATIONS)
GROUPS = {
    "smooth": "float64, smooth activations",
    "corners": "float64, activations with kinks, none hit on purpose",
    "kink": "a unit exactly on a kink, float64 and float32",
    "float32": "float32",
    "noisy": "float64, with noise of 1e-12 to 1e-6 of the cost",
    "extreme": "float64, weights 1e-4 to 1e4 times the usual",
}
_CYCLE = (
    *("plain", "float32", "plain", "noisy", "plain"),
    *("kink", "plain", "extreme", "float32", "plain"),
)
COSTS = (squared_error, sum_of_squares, cross_entropy)
_KINKED = tuple(row for row in DRAWN_ACTIVATIONS if row.kinks)


def case(number: int) -> Case:
    """The network of this number; the same in every run."""
    rng = np.random.default_rng([SEED, number])
    kind = _CYCLE[number % len(_CYCLE)]
    for _ in range(200):
        drawn = _draw(number, kind, rng)
        if _beyond_doubt(drawn):
            return drawn
    raise ValueError(f"no network of number {number} has a gradient beyond doubt")


def _beyond_doubt(drawn: Case) -> bool:
    """Whether all is finite, and double precision agrees with extended."""
    with np.errstate(all="ignore"):
        if not math.isfinite(drawn.cost(drawn.parameters)):
            return False
        what = drawn.network, drawn.x, drawn.y, drawn.measure
        exact, double = (
            right_gradient(*what, precision).parameters
            for precision in (np.longdouble, np.float64)
        )
        largest = float(np.finfo(drawn.dtype).max) ** 0.4  # whose squares are finite
        return all(
            np.abs(one).max() < largest and relative_error(one, other) < 1e-9
            for one, other in zip(exact, double, strict=True)
        )


def _draw(number: int, kind: str, rng: np.random.Generator) -> Case:
    rows = _KINKED if kind == "kink" else DRAWN_ACTIVATIONS
    main = rows[number % len(rows)]
    depth = int(rng.integers(1, 7))
    widths = [_log_uniform(rng, 1, 64) for _ in range(depth + 1)]
    if rng.random() < 0.25:
        widths = [widths[0]] * (depth + 1)  # square: a wrong transpose goes unnoticed
    m = _log_uniform(rng, 1, 64)
    measure = COSTS[number // len(_CYCLE) % 3]
    if depth == 1 and kind == "kink":
        measure = squared_error  # the only layer is not a sigmoid
    activations = _activations(main, depth, measure, rng)
    network, x = _numbers(widths, m, activations, kind, rng)
    if kind == "kink":
        network, x = _on_a_kink(network, x, activations.index(main), main, rng)
    single = kind == "float32" or (kind == "kink" and number % 20 > 9)
    dtype = np.float32 if single else np.float64
    network = network.with_parameters([p.astype(dtype) for p in network.parameters])
    return _dressed(number, kind, network, x.astype(dtype), measure, rng)


def _dressed(
    number: int,
    kind: str,
    network: Network,
    x: Array,
    measure: Cost,
    rng: np.random.Generator,
) -> Case:
    """The network with targets, units and all that a cost may have besides."""
    m, dtype = len(x), x.dtype.type
    y = rng.random((m, network.weights[-1].shape[1])).astype(dtype)
    if rng.random() < 0.3:
        y = y.round()
    corners = any(row.kinks for row in network.activations)
    shapes = network.parameters
    return Case(
        number=number,
        group=("corners" if corners else "smooth") if kind == "plain" else kind,
        network=network,
        x=x,
        y=y,
        measure=measure,
        divisor=float(rng.choice([1, m, y.size])),
        units=tuple(2.0 ** rng.integers(-13, 14, len(shapes)))
        if kind in ("plain", "noisy") and rng.random() < 0.5
        else (1.0,) * len(shapes),
        dtype=dtype,
        order=str(rng.choice(["C", "F"])),
        noise=float(10 ** rng.uniform(-12, -6)) if kind == "noisy" else 0.0,
        as_float=bool(rng.random() < 0.5),
    )


def _log_uniform(rng: np.random.Generator, low: int, high: int) -> int:
    return int(np.exp(rng.uniform(np.log(low), np.log(high + 1))))


def _activations(
    main: Activation, depth: int, measure: Cost, rng: np.random.Generator
) -> list[Activation]:
    """The main one throughout, or among others; those of a domain come first."""
    whole = [row for row in DRAWN_ACTIVATIONS if row.domain == (-math.inf, math.inf)]
    limited = main not in whole
    mixed = limited or rng.random() < 0.3
    rows = [whole[i] for i in rng.integers(len(whole), size=depth)]
    rows = [main, *rows[1:]] if mixed else [main] * depth
    if measure is cross_entropy:
        rows = [*rows, SIGMOID][-depth:] if depth > 1 else [SIGMOID]
        rows[0] = main if depth > 1 else rows[0]
    elif not limited and rng.random() < 0.3 and depth > 1:
        rows[-1] = IDENTITY
    return rows


def _numbers(
    widths: Sequence[int],
    m: int,
    activations: Sequence[Activation],
    kind: str,
    rng: np.random.Generator,
) -> tuple[Network, Array]:
    """Weights, biases and inputs; positive ones where the domain asks for it."""
    x = rng.normal(size=(m, widths[0]))
    scale = 10 ** rng.uniform(-4, 4) if kind == "extreme" else 1.0
    weights = [
        scale * rng.normal(size=shape) / np.sqrt(shape[0]) for shape in pairwise(widths)
    ]
    biases = [scale * rng.normal(size=n) / 2 for n in widths[1:]]
    if activations[0].domain != (-math.inf, math.inf):
        x = rng.uniform(0.5, 1.5, size=x.shape)
        weights[0] = rng.uniform(0.2, 0.6, size=weights[0].shape) / widths[0]
        biases[0] = rng.uniform(0.1, 0.3, size=biases[0].shape)
    return Network(weights, biases, activations), x


def _on_a_kink(
    network: Network, x: Array, layer: int, row: Activation, rng: np.random.Generator
) -> tuple[Network, Array]:
    """A unit on the kink: for one example with nothing but zeros, or for all."""
    weights = [W.copy() for W in network.weights]
    biases = [b.copy() for b in network.biases]
    unit = int(rng.integers(biases[layer].size))
    biases[layer][unit] = rng.choice(row.kinks)
    if layer == 0 and rng.random() < 0.5:
        x = x.copy()
        x[0] = 0
    else:
        weights[layer][:, unit] = 0
    return Network(weights, biases, network.activations), x

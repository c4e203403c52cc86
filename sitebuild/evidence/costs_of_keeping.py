"""What a training step costs that keeps z, a, or both between its two passes.

Time is measured as a ratio to the step that keeps a alone, bytes are counted.
`python -m sitebuild.evidence.costs_of_keeping` renews the record, in three minutes on
an otherwise idle machine.

In each round all ways run once, in a new order, and are divided by the first of
them in the same round: what slows the machine down then slows both.
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.notation import Array
from sitebuild.evidence import record
from sitebuild.evidence.clock import Ratios, on_one_thread, race, ratios
from sitebuild.evidence.contestants import Size, task

ROUNDS = 401
STEP_SIZE = 1e-3
ALONE = (64, 4096)
"""The shape on which the slopes are timed with nothing around them."""


def sigma(z: Array) -> Array:
    """The plain formula; the checks of the package would outweigh a small network."""
    return 1 / (1 + np.exp(-z))


def _from_output(z: Array | None, a: Array) -> Array:
    return a * (1 - a)


class Way(NamedTuple):
    """What a step keeps of each layer, and how it then reads the slope."""

    keeps: str
    formula: str
    slope: Callable[[Any, Array], Array]


WAYS = {
    "a": Way("a", "a * (1 - a)", _from_output),
    "z and a": Way("z and a", "a * (1 - a)", _from_output),
    "once more": Way(
        "z and a", "s * (1 - s), s = σ(z)", lambda z, a: _from_output(z, sigma(z))
    ),
    "twice more": Way(
        "z and a", "σ(z) * (1 - σ(z))", lambda z, a: sigma(z) * (1 - sigma(z))
    ),
    "mirrored": Way("z and a", "a * σ(-z)", lambda z, a: a * sigma(-z)),
    "z": Way("z", "a * (1 - a), a = σ(z)", _from_output),
}
"""The first is the one that the others are divided by."""


SIZES = [
    Size((3, 4, 1), 4),
    Size((784, 30, 10), 10),
    Size((784, 512, 256, 10), 256),
    Size((64, 64, 64, 64), 4096),
]


class Kept(NamedTuple):
    """What is left of a layer when the forward pass is over."""

    z: Array | None
    a: Array | None

    @property
    def output(self) -> Array:
        """The output, computed again where it was not kept."""
        if self.a is not None:
            return self.a
        assert self.z is not None
        return sigma(self.z)


class Step:
    """One training step of one way; all ways start from the same numbers."""

    def __init__(self, size: Size, way: Way) -> None:
        start = task(size)
        self.way, self.x, self.y = way, start.x, start.y
        self.Ws, self.bs = start.copies

    def forward(self) -> list[Kept]:
        kept, a = [], self.x
        for W, b in zip(self.Ws, self.bs, strict=True):
            z = a @ W + b
            a = sigma(z)
            keeps = self.way.keeps.split()
            kept.append(Kept(z if "z" in keeps else None, a if "a" in keeps else None))
        return kept

    def backward(self, kept: Sequence[Kept]) -> tuple[list[Array], list[Array]]:
        """The slopes of ½ Σ (a − y)² in weights and biases."""
        dW, db = [], []
        a = kept[-1].output
        error = a - self.y
        for layer in reversed(range(len(kept))):
            delta = error * self.way.slope(kept[layer].z, a)
            a = kept[layer - 1].output if layer else self.x
            dW.append(a.T @ delta)
            db.append(delta.sum(axis=0))
            if layer:
                error = delta @ self.Ws[layer].T
        return dW[::-1], db[::-1]

    def __call__(self) -> None:
        dW, db = self.backward(self.forward())
        for parameter, slope in zip(self.Ws + self.bs, dW + db, strict=True):
            parameter -= STEP_SIZE * slope


@cache  # the table divides all of them by the first
def kept_bytes(size: Size, way: Way) -> int:
    """How many bytes a step holds for its backward pass, besides the input."""
    return sum(
        array.nbytes
        for layer in Step(size, way).forward()
        for array in layer
        if array is not None
    )


def slopes_alone(shape: tuple[int, int] = ALONE) -> dict[str, Callable[[], object]]:
    """The four formulas of the slope, ready to run on z and a of a shape."""
    z = np.random.default_rng(0).normal(size=shape)
    return {
        way.formula: partial(way.slope, z, sigma(z))
        for name, way in WAYS.items()
        if name not in ("z and a", "z")
    }


class Record(NamedTuple):
    """The ratios of each way in each network, and of the slopes alone."""

    numpy: str
    threads: int
    dtype: str
    rounds: int
    steps: dict[str, dict[str, Ratios]]
    alone: dict[str, Ratios]

    def median(self, size: Size, way: str) -> float:
        """The ratio that the page prints."""
        return self.steps[str(size)][way].median

    @property
    def spread(self) -> float:
        """The largest distance between two quartiles, as a share of the median."""
        rows = [*self.steps.values(), self.alone]
        return max((r.high - r.low) / r.median for row in rows for r in row.values())


def recorded() -> Record:
    content = Record(**record.read("costs_of_keeping"))
    steps = {size: ratios(row) for size, row in content.steps.items()}
    return content._replace(steps=steps, alone=ratios(content.alone))


def measure(rounds: int = ROUNDS) -> Record:
    steps = {
        str(size): race({name: Step(size, way) for name, way in WAYS.items()}, rounds)
        for size in SIZES
    }
    alone = race(slopes_alone(), rounds)
    return Record(np.__version__, 1, "float64", rounds, steps, alone)


if __name__ == "__main__":
    on_one_thread("sitebuild.evidence.costs_of_keeping")
    record.write("costs_of_keeping", measure()._asdict())

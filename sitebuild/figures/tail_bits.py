"""The output of the sigmoid in binary, and what a number of bits keeps of its slope."""

from functools import cache
from itertools import takewhile
from typing import Any, NamedTuple

import numpy as np

from sitebuild.figures.tail import EXACT, exact_slope

PLACES = 72
"""How many binary places are drawn: more than the widest format keeps near 1."""
FORMATS = {"fp8, e4m3": 4, "bfloat16": 8, "float16": 11, "float32": 24, "float64": 53}
STOPS = np.linspace(0.5, 40, 80)
"""Not 0: its output has one place, and 1 − a is not that with ones for zeros."""


class Kept(NamedTuple):
    """A slope as one format has it, and how many of its characters are right."""

    slope: str
    right: int


class Stop(NamedTuple):
    """One z: its output in binary, its slope, and both formulas in each format."""

    bits: str
    slope: str
    from_output: tuple[Kept, ...]
    mirrored: tuple[Kept, ...]


def exact_output(z: float) -> Any:
    """The sigmoid with all the digits that its places need."""
    return 1 / (1 + EXACT.exp(-EXACT.mpf(float(z))))


def rounded(value: Any, bits: int) -> Any:
    """The nearest number with so many significant bits.

    Examples
    --------
    >>> float(rounded(EXACT.mpf("0.7"), 3))
    0.75
    """
    if not value:
        return value
    unit = EXACT.ldexp(1, int(EXACT.floor(EXACT.log(value, 2))) + 1 - bits)
    return EXACT.nint(value / unit) * unit


def _written(value: Any) -> str:
    """Ten digits, which is more than most of the formats have."""
    if not value:
        return "0"
    digits, _, power = f"{float(value):.9e}".partition("e")
    return f"{digits}e{int(power)}".replace("-", "−").removesuffix("e0")


def _kept(value: Any, slope: str) -> Kept:
    text = _written(value)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(text, slope, strict=False))
    return Kept(text, len(list(same)))


@cache
def stops() -> tuple[Stop, ...]:
    """What the figure shows at each stop of its slider."""
    found = []
    for z in STOPS:
        a, left, slope = exact_output(z), exact_output(-z), _written(exact_slope(z))
        outputs, mirrored = [], []
        for bits in FORMATS.values():
            near = rounded(a, bits)
            outputs.append(_kept(rounded(near * (1 - near), bits), slope))
            both = near * rounded(left, bits)
            mirrored.append(_kept(rounded(both, bits), slope))
        places = int(EXACT.floor(EXACT.ldexp(a, PLACES)))
        found.append(Stop(f"{places:b}", slope, tuple(outputs), tuple(mirrored)))
    return tuple(found)

"""The output of the sigmoid in binary, and what a number of bits keeps of its slope."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from sitebuild.figures.tail import EXACT, exact_slope

PLACES = 72
"""How many binary places are drawn: more than the widest format keeps near 1."""
FORMATS = {"bfloat16": 8, "float16": 11, "float32": 24, "float64": 53}
STOPS = np.arange(1.0, 41.0)
"""Not 0: its output has one place, and 1 − a is not that with ones for zeros."""


class Stop(NamedTuple):
    """One z: its output in binary, its slope, and both formulas in each format."""

    bits: str
    slope: str
    from_output: tuple[str, ...]
    mirrored: tuple[str, ...]


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


@cache
def stops() -> tuple[Stop, ...]:
    """What the figure shows at each stop of its slider."""
    found = []
    for z in STOPS:
        a, left, slope = exact_output(z), exact_output(-z), _written(exact_slope(z))
        outputs, mirrored = [], []
        for bits in FORMATS.values():
            near = rounded(a, bits)
            outputs.append(_written(rounded(near * (1 - near), bits)))
            both = near * rounded(left, bits)
            mirrored.append(_written(rounded(both, bits)))
        places = int(EXACT.floor(EXACT.ldexp(a, PLACES)))
        found.append(Stop(f"{places:b}", slope, tuple(outputs), tuple(mirrored)))
    return tuple(found)

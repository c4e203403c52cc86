"""The far tail: the output in binary, cut where its format ends, at one z."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from sitebuild.figures import live_svg
from sitebuild.figures.live_difference import parted
from sitebuild.figures.live_svg import Scale, curve, number, tag, text_at
from sitebuild.figures.svg import signed
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


PLACE = Scale(0, PLACES, 9.1, 351.1)  # the left side of a binary place; no quarters
ROWS = {"a": 44.0, "z": 108.0}  # the feet of the places of a, and of σ(−z)
HIGH, LOW = 20.0, 3.0  # a one and a zero
NAMES = list(FORMATS)
FIRST = NAMES.index("float64"), list(STOPS).index(20)
_CAPTION = (
    "The output <var>a</var> in binary: a long bar is a one. Move <var>z</var> to the "
    "right: the ones in front push what there is to tell about the slope out over the "
    "end of the format. σ(−<var>z</var>) has zeros there instead, and zeros in front "
    "take no room. Digits in bold are right. Here <var>a</var> is rounded once, from "
    "its exact value."
)
_SEEN = (
    f"The first {PLACES} binary places of the output a, and below them those of "
    "σ(−z), which is 1 − a. A bracket over each row spans the places that the format "
    "keeps. In the row of a it starts at the first place; in that of σ(−z) it starts "
    "at the first one, wherever that is. The table holds the numbers."
)


def strokes(bits: str, foot: float, start: int, end: int) -> str:
    """The places from `start` on and before `end` as upright strokes."""
    half = (PLACE(1) - PLACE(0)) / 2
    pieces = [
        f"M{number(PLACE(k) + half)} {number(foot)}"
        f"V{number(foot - (HIGH if bits[k] == '1' else LOW))}"
        for k in range(start, min(end, len(bits)))
    ]
    return "".join(pieces)


def _bracket(foot: float, start: int, end: int, part: str) -> str:
    """Over the places that are kept, open at the right where they go on."""
    top, inside = foot - HIGH - 5, min(end, PLACES)
    xs = [PLACE(start), PLACE(start), PLACE(inside), PLACE(inside)]
    ys = [top + 4, top, top, top + 4 * (end <= PLACES)]
    return tag("path", d=curve(xs, ys), class_="bp-tie", data_part=part)


def leading(bits: str) -> int:
    """How many ones there are before the first zero."""
    return len(bits) - len(bits.lstrip("1"))


def counted(bits: int, ones: int) -> tuple[str, str]:
    """What stands under both rows."""
    left, s = bits - ones, "" if ones == 1 else "s"
    if left > 0:
        said = f"{bits} bits: {ones} one{s} in front, and {left} more"
    else:
        said = f"{bits} bits: only ones, " + ("rounded to 1" if left else "no more")
    return said, f"{bits} bits, all of them after {ones} zero{s} in front"


def _row(name: str, label: str, bits: str, kept: tuple[int, int], said: str) -> str:
    foot, (start, end) = ROWS[name], kept
    lead = leading(bits) if name == "a" else start
    parts = {
        "front": (0, min(lead, end) if name == "a" else start, "bp-front"),
        "kept": (min(lead, end), end, ""),
        "lost": (end, PLACES, "bp-lost"),
    }
    drawn = [text_at(label, PLACE.start, foot - HIGH - 9, f"bp-{name}")]
    for part, (one, other, class_) in parts.items():
        d = strokes(bits, foot, one, other)
        classes = f"bp-bits bp-{name} {class_}".strip()
        drawn.append(tag("path", d=d, class_=classes, data_part=f"{name}-{part}"))
    drawn.append(_bracket(foot, start, end, f"{name}-bracket"))
    below = text_at(said, PLACE.start, foot + 15, part=f"{name}-said")
    return "".join([*drawn, below])


def _drawing(at: int, format_: int) -> str:
    stop, bits = stops()[at], FORMATS[NAMES[format_]]
    flipped = stop.bits.translate(str.maketrans("01", "10"))
    ones = leading(stop.bits)
    of_a, of_z = counted(bits, ones)
    return live_svg.drawing(
        ROWS["z"] + 20,
        _SEEN,
        _row("a", "a = σ(z)", stop.bits, (0, bits), of_a),
        _row("z", "1 − a = σ(−z)", flipped, (ones, ones + bits), of_z),
        data_place=PLACE.written,
        data_rows=" ".join(map(number, [*ROWS.values(), HIGH, LOW])),
    )


def _value(text: str, exact: str, part: str) -> str:
    right, rest = parted(text, exact)
    bold = tag("b", right, data_part=f"{part}-right")
    return bold + tag("span", rest, class_="bp-shared", data_part=f"{part}-rest")


def _table(at: int, format_: int) -> str:
    stop = stops()[at]
    rows = [
        ("the slope", tag("span", stop.slope, data_part="slope")),
        ("a(1 − a)", _value(stop.from_output[format_], stop.slope, "from-output")),
        ("σ(z)σ(−z)", _value(stop.mirrored[format_], stop.slope, "mirrored")),
    ]
    return live_svg.table(
        "", (live_svg.row(name, tag("td", value)) for name, value in rows)
    )


def _slider(name: str, label: str, last: int, value: int) -> str:
    about = {"id": f"tail-{name}", "data_part": name}
    shown = tag("span", label, data_part=f"{name}-label")
    above = tag("label", shown, for_=f"tail-{name}")
    inside = above, live_svg.slider(0, last, 1, value, about)
    return tag("div", *inside, class_="bp-controls bp-one-slider bp-fixed")


def _stops_written() -> str:
    """All that the module needs, with a bar between stops: short, so that it loads."""
    return "|".join(
        " ".join([f"{int(bits, 2):x}", slope, *outputs, *mirrored])
        for bits, slope, outputs, mirrored in stops()
    )


@cache
def tail(at: int = FIRST[1], format_: int = FIRST[0]) -> str:
    """The figure at one stop in one format; with its module, at any."""
    return live_svg.live(
        "bp-tail",
        "bits-of-the-tail",
        _CAPTION,
        _drawing(at, format_),
        _slider("z", f"z = {signed(float(STOPS[at]), 0)}", len(STOPS) - 1, at),
        _slider("format", NAMES[format_], len(NAMES) - 1, format_),
        live_svg.SAID,
        _table(at, format_),
        data_stops=_stops_written(),
        data_formats=" ".join(f"{name} {bits}" for name, bits in FORMATS.items()),
    )

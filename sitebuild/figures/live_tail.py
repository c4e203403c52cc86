"""The far tail: the output in binary, cut where its format ends, at one z."""

from functools import cache

from sitebuild.figures.live_difference import parted
from sitebuild.figures.live_svg import Scale, control, curve, live, number, tag
from sitebuild.figures.svg import signed
from sitebuild.figures.tail_bits import FORMATS, PLACES, STOPS, stops

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
    drawn = [tag("text", label, x=PLACE.start, y=foot - HIGH - 9, class_=f"bp-{name}")]
    for part, (one, other, class_) in parts.items():
        d = strokes(bits, foot, one, other)
        classes = f"bp-bits bp-{name} {class_}".strip()
        drawn.append(tag("path", d=d, class_=classes, data_part=f"{name}-{part}"))
    drawn.append(_bracket(foot, start, end, f"{name}-bracket"))
    at = {"x": PLACE.start, "y": foot + 15, "data_part": f"{name}-said"}
    return "".join(drawn) + tag("text", said, **at)


def _drawing(at: int, format_: int) -> str:
    stop, bits = stops()[at], FORMATS[NAMES[format_]]
    flipped = stop.bits.translate(str.maketrans("01", "10"))
    ones = leading(stop.bits)
    of_a, of_z = counted(bits, ones)
    return tag(
        "svg",
        _row("a", "a = σ(z)", stop.bits, (0, bits), of_a),
        _row("z", "1 − a = σ(−z)", flipped, (ones, ones + bits), of_z),
        viewBox=f"0 0 360 {ROWS['z'] + 20:g}",
        class_="bp-drawing",
        role="img",
        aria_label=_SEEN,
        data_part="drawing",
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
    written = (
        tag("tr", tag("th", name, scope="row"), tag("td", value))
        for name, value in rows
    )
    return tag("table", tag("tbody", *written), class_="bp-values")


def _slider(name: str, label: str, last: int, value: int) -> str:
    about = {"type": "range", "id": f"tail-{name}", "data_part": name}
    limits = {"min": "0", "max": f"{last}", "step": "1", "value": f"{value}"}
    shown = tag("span", label, data_part=f"{name}-label")
    inside = tag("label", shown, for_=f"tail-{name}") + control(
        "input", **about, **limits
    )
    return tag("div", inside, class_="bp-controls bp-one-slider bp-fixed")


def _stops_written() -> str:
    """All that the module needs, with a bar between stops: short, so that it loads."""
    return "|".join(
        " ".join([f"{int(bits, 2):x}", slope, *outputs, *mirrored])
        for bits, slope, outputs, mirrored in stops()
    )


@cache
def tail(at: int = FIRST[1], format_: int = FIRST[0]) -> str:
    """The figure at one stop in one format; with its module, at any."""
    said = tag("p", role="status", class_="bp-said", data_part="said")
    return live(
        "bp-tail",
        "bits-of-the-tail",
        _CAPTION,
        _drawing(at, format_),
        _slider("z", f"z = {signed(float(STOPS[at]), 0)}", len(STOPS) - 1, at),
        _slider("format", NAMES[format_], len(NAMES) - 1, format_),
        said,
        _table(at, format_),
        data_stops=_stops_written(),
        data_formats=" ".join(f"{name} {bits}" for name, bits in FORMATS.items()),
    )

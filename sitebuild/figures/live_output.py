"""When the output is enough: any activation, its slope over z and over the output."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from backprop_explained import ACTIVATIONS
from sitebuild.figures import live_svg
from sitebuild.figures.live_svg import Scale, Value, curve, tag, text_at
from sitebuild.figures.output_stops import COUNT, Course, courses, pieces
from sitebuild.figures.svg import signed

FIRST = list(ACTIVATIONS).index("silu")
_CAPTION = (
    "On the left an activation, on the right its slope over the output. Where the "
    "upright line meets the curve on the right in more than one height, one output "
    "has different slopes, and no formula in <var>a</var> can tell which. Choose an "
    "activation, and move <var>z</var>."
)
LEFT, RIGHT, UP = (30.0137, 170.0137), (216.0137, 350.0137), (150.0137, 24.0137)
"""Where the two graphs stand: z, the output on its level axis, and what stands up.

A little off, so that no corner is half-way between two tenths, which one language
rounds up and the other to the even one.
"""
REACH = 22.0
"""How far a tangent reaches to either side of its point, in units of the drawing."""
_SEEN = (
    "The activation over z, with the tangent at z and a level line at its output. "
    "Beside it the slope over the output: a curve on which z has a point. Where "
    "another place has the same output and another slope, both graphs show it as a "
    "hollow point. The table holds the numbers."
)


def _scales(course: Course) -> dict[str, Scale]:
    return {
        "z": Scale(*course.z, *LEFT),
        "up": Scale(*course.a_range, *UP),
        "a": Scale(*course.a_range, *RIGHT),
        "slope": Scale(*course.slope_range, *UP),
    }


def _over_output(course: Course, at: dict[str, Scale]) -> str:
    """The slope over the output, which starts again where it jumps at a kink."""
    return "".join(
        curve([at["a"](a) for a, _ in piece], [at["slope"](s) for _, s in piece])
        for piece in pieces(course)
    )


def _short(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def _frame(at: dict[str, Scale]) -> str:
    """The axes through 0, their names, and the numbers at their ends."""
    drawn, low_and_high = [], ("low", "high")
    for name, (start, end) in [("up", LEFT), ("slope", RIGHT)]:
        zero, scale = at[name](0), at[name]
        drawn.append(_line([start, end, zero, zero], "bp-axis", f"{name}-zero"))
        values = zip(low_and_high, UP, (scale.low, scale.high), strict=True)
        for which, y, value in values:
            text, part = _short(value), f"{name}-{which}"
            drawn.append(text_at(text, start - 5, y + 4, "bp-end bp-faint", part))
    bottom = UP[0] + 16
    for name, places in [("z", LEFT), ("a", RIGHT)]:
        values = zip(low_and_high, places, (at[name].low, at[name].high), strict=True)
        for which, x, value in values:
            class_ = f"bp-faint bp-{'start' if which == 'low' else 'end'}"
            drawn.append(text_at(_short(value), x, bottom, class_, f"{name}-{which}"))
        drawn.append(text_at(name, sum(places) / 2, bottom, f"bp-middle bp-{name}"))
    drawn.append(text_at("a = f(z)", LEFT[0], UP[1] - 10, "bp-start bp-a"))
    drawn.append(text_at("slope", RIGHT[0], UP[1] - 10, "bp-start"))
    return "".join(drawn)


def _line(ends: Iterable[float], class_: str, part: str, hidden: bool = False) -> str:
    places = dict(zip(("x1", "x2", "y1", "y2"), ends, strict=True))
    return tag("line", **places, class_=class_, data_part=part, data_hidden=hidden)


def _circle(x: float, y: float, part: str, **how: Value) -> str:
    return tag("circle", cx=x, cy=y, r=5.0, data_part=part, **how)


def _marks(course: Course, k: int, at: dict[str, Scale]) -> str:
    """The place at z and, hollow, the other one that has its output."""
    z, a, slope = place_of(course, k), course.a[k], course.slope[k]
    pair = course.pairs.get(k)
    z2, slope2 = pair or (z, slope)
    gone = pair is None
    away = gone or not course.z[0] <= z2 <= course.z[1]
    x, y = at["a"](a), at["up"](a)
    ring, dot = {"class_": "bp-ring"}, {"class_": "bp-dot"}
    tangent, pair_tangent = (
        live_svg.tangent((at["z"], at["up"]), (where, a), steep, REACH).values()
        for where, steep in ((z, slope), (z2, slope2))
    )
    return "".join(
        [
            _line([*LEFT, y, y], "bp-guide bp-a", "level"),
            _line([x, x, *UP], "bp-guide bp-a", "upright"),
            _line(pair_tangent, "bp-tangent", "pair-tangent", hidden=away),
            _line(tangent, "bp-tangent", "tangent"),
            _circle(at["z"](z2), y, "pair", **ring, data_hidden=away),
            _circle(x, at["slope"](slope2), "pair-slope", **ring, data_hidden=gone),
            _circle(at["z"](z), y, "point", **dot),
            _circle(x, at["slope"](slope), "point-slope", **dot),
        ]
    )


def place_of(course: Course, k: int) -> float:
    low, high = course.z
    return low + (high - low) * k / (COUNT - 1)


def _drawing(course: Course, k: int) -> str:
    at = _scales(course)
    zs = [at["z"](place_of(course, k)) for k in range(COUNT)]
    over_z = curve(zs, [at["up"](a) for a in course.a])
    over_a = _over_output(course, at)
    return live_svg.drawing(
        UP[0] + 22,
        _SEEN,
        _frame(at),
        tag("path", d=over_z, class_="bp-curve bp-soft", data_part="over-z"),
        tag("path", d=over_a, class_="bp-curve bp-soft", data_part="over-a"),
        _marks(course, k, at),
        class_="bp-drawing bp-slope",
    )


def verdict(course: Course, k: int) -> tuple[str, bool]:
    """What is to be said at a stop, and whether the output is enough there."""
    if k in course.pairs:
        return "✗ one output, and different slopes: a witness", False
    if course.pairs:
        return "✓ one slope for this output, but not for every output", True
    if course.formula:
        return f"✓ one slope for each output: {course.formula}", True
    return "✓ one slope for each output", True


def _table(course: Course, k: int) -> str:
    pair = course.pairs.get(k)
    cells = {
        "z": (signed(place_of(course, k), 2), signed(pair.z, 2) if pair else "–"),
        "output a": (signed(course.a[k]), signed(course.a[k]) if pair else "–"),
        "slope": (signed(course.slope[k]), signed(pair.slope) if pair else "–"),
    }
    rows = []
    for (name, values), letter in zip(cells.items(), "zas", strict=True):
        found = (
            tag("td", value, data_part=f"{where}-{letter}")
            for value, where in zip(values, ("here", "there"), strict=True)
        )
        rows.append(live_svg.row(name, *found))
    heads = ("", "at z", "same output")
    return live_svg.table(
        tag("tr", *(tag("th", text, scope="col") for text in heads)), rows
    )


def _controls(course: Course, k: int) -> str:
    groups = []
    for label, wanted in [("the output is enough", False), ("it is not", True)]:
        names = [
            (f"{n}", c.name) for n, c in enumerate(courses()) if bool(c.pairs) == wanted
        ]
        listed = live_svg.options(names, f"{courses().index(course)}")
        groups.append(tag("optgroup", *listed, label=label))
    about = {"id": "output-f", "data_part": "chosen", "autocomplete": "off"}
    choice = tag("select", *groups, **about)
    button = {"type": "button", "class_": "bp-button", "data_part": "witness"}
    go = tag("button", "Witness", **button, disabled=course.best is None)
    first = tag("label", "activation", for_="output-f") + choice + go
    about = {"id": "output-z", "data_part": "slider"}
    inside = (
        tag("label", "move ", tag("var", "z"), for_="output-z"),
        live_svg.slider(0, COUNT - 1, 1, k, about),
    )
    sliding = tag("div", *inside, class_="bp-controls bp-one-slider")
    return tag("div", first, class_="bp-controls bp-buttons") + sliding


def _changes(values: Iterable[float], unit: float = 1e-3) -> str:
    """In whole units, each as the change from the one before: that is shorter."""
    whole = [round(value / unit) for value in values]
    pairs = zip([0, *whole], whole, strict=False)
    return " ".join(f"{now - before}" for before, now in pairs)


def _as_data(course: Course) -> list[Any]:
    """Without what the module can count."""
    return [
        course.z,
        _changes(course.a),
        _changes(course.slope),
        course.kinks,
        _changes(course.pairs, 1),
        _changes(pair.z for pair in course.pairs.values()),
        _changes(pair.slope for pair in course.pairs.values()),
        course.best,
        course.a_range,
        course.slope_range,
        course.formula,
    ]


@cache
def output(chosen: int = FIRST, at: int | None = None) -> str:
    """The figure for one activation at one stop; with its module, for any."""
    course = courses()[chosen]
    k = at if at is not None else course.best or 0
    said, good = verdict(course, k)
    words = {"role": "status", "class_": "bp-verdict" + " bp-bad" * (not good)}
    return live_svg.live(
        "bp-output",
        "any-activation",
        _CAPTION,
        _controls(course, k),
        _drawing(course, k),
        tag("p", said, **words, data_part="said"),
        _table(course, k),
        data_courses=live_svg.compact([*map(_as_data, courses())]),
        data_ends=" ".join(f"{end:.4f}" for end in (*LEFT, *RIGHT, *UP, REACH)),
    )

"""When the output is enough: any activation, its slope over z and over the output."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from backprop_explained import ACTIVATIONS
from sitebuild.figures.live_svg import control, live, tag
from sitebuild.figures.output_drawn import LEFT, REACH, RIGHT, UP, drawing, place_of
from sitebuild.figures.output_stops import COUNT, Course, courses
from sitebuild.figures.svg import signed

FIRST = list(ACTIVATIONS).index("silu")
_CAPTION = (
    "On the left an activation, on the right its slope over the output. Where the "
    "upright line meets the curve on the right in more than one height, one output "
    "has different slopes, and no formula in <var>a</var> can tell which. Choose an "
    "activation, and move <var>z</var>."
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
    for (name, values), row in zip(cells.items(), "zas", strict=True):
        found = (
            tag("td", value, data_part=f"{where}-{row}")
            for value, where in zip(values, ("here", "there"), strict=True)
        )
        rows.append(tag("tr", tag("th", name, scope="row"), *found))
    heads = ("", "at z", "same output")
    head = tag("tr", *(tag("th", text, scope="col") for text in heads))
    return tag("table", tag("thead", head) + tag("tbody", *rows), class_="bp-values")


def _controls(course: Course, k: int) -> str:
    groups = []
    for label, wanted in [("the output is enough", False), ("it is not", True)]:
        options = [
            tag("option", c.name, value=f"{n}", selected=c is course)
            for n, c in enumerate(courses())
            if bool(c.pairs) == wanted
        ]
        groups.append(tag("optgroup", *options, label=label))
    about = {"id": "output-f", "data_part": "chosen", "autocomplete": "off"}
    choice = tag("select", *groups, **about)
    button = {"type": "button", "class_": "bp-button", "data_part": "witness"}
    go = tag("button", "Witness", **button, disabled=course.best is None)
    first = tag("label", "activation", for_="output-f") + choice + go
    limits = {"min": "0", "max": f"{COUNT - 1}", "step": "1", "value": f"{k}"}
    slider = control("input", type="range", id="output-z", data_part="slider", **limits)
    label = tag("label", "move ", tag("var", "z"), for_="output-z")
    return tag("div", first, class_="bp-controls bp-buttons") + tag(
        "div", label, slider, class_="bp-controls bp-one-slider"
    )


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
    words = {
        "role": "status",
        "class_": f"bp-verdict {'' if good else 'bp-bad'}".strip(),
    }
    written = json.dumps(
        list(map(_as_data, courses())), ensure_ascii=False, separators=(",", ":")
    )
    return live(
        "bp-output",
        "any-activation",
        _CAPTION,
        _controls(course, k),
        drawing(course, k),
        tag("p", said, **words, data_part="said"),
        _table(course, k),
        data_courses=written,
        data_ends=" ".join(f"{end:.4f}" for end in (*LEFT, *RIGHT, *UP, REACH)),
    )

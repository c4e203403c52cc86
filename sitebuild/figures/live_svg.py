"""What the figures that move are drawn with.

The build draws the whole figure, controls included; the module in the reader's browser
moves the parts that carry a `data-part`.  So without scripts and in print the figure is
there, and nothing shifts when the module arrives.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from backprop_explained.notation import Array

MODULES = Path(__file__).parents[2] / "docs" / "javascripts"

Value = str | float | bool | None
Given = Mapping[str, Value]


def tag(name: str, /, *children: str, **attributes: Value) -> str:
    """An element: `class_="x"` is class="x", `data_part` data-part; None is left out.

    Examples
    --------
    >>> tag("text", "z", x=1.0, class_="bp-small", data_on=True)
    '<text x="1" class="bp-small" data-on>z</text>'
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    return f"<{name}{written}>{''.join(children)}</{name}>"


def _attribute(key: str, value: Value) -> str:
    if value is None or value is False:
        return ""
    name = key if key == "viewBox" else key.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    text = value if isinstance(value, str) else number(value)
    return f' {name}="{escape(text)}"'


def control(**attributes: Value) -> str:
    """An input of a form, which has no end tag and forgets what was typed into it."""
    return tag("input", **attributes, autocomplete="off").removesuffix("</input>")


def slider(
    low: float,
    high: float,
    step: float,
    at: float,
    first: Given | None = None,
    **more: Value,
) -> str:
    """A slider between two ends; `first` are the attributes before its numbers."""
    numbers = {"min": low, "max": high, "step": step, "value": at}
    limits = {name: f"{number:g}" for name, number in numbers.items()}
    return control(type="range", **(first or {}), **limits, **more)


def options(names: Iterable[tuple[str, str]], chosen: str) -> list[str]:
    """What a list has: the values, and what they are called."""
    return [tag("option", n, value=key, selected=key == chosen) for key, n in names]


SAID = tag("p", role="status", class_="bp-said", data_part="said")
"""Here a module says what has changed."""


def row(name: str, *cells: str, class_: str | None = None) -> str:
    """A row of a table, with its name in front."""
    return tag("tr", tag("th", name, scope="row"), *cells, class_=class_)


def table(head: str, rows: Iterable[str], class_: str = "bp-values") -> str:
    """The numbers of a figure; without a head if it is empty."""
    above = tag("thead", head) if head else ""
    return tag("table", above, tag("tbody", *rows), class_=class_)


def text_at(
    words: str, x: float, y: float, class_: str = "", part: str = "", **more: Value
) -> str:
    about = {"class_": class_ or None, "data_part": part or None}
    return tag("text", words, x=x, y=y, **about, **more)


def drawing(
    height: float, said: str, *parts: str, class_: str = "bp-drawing", **data: Value
) -> str:
    """A drawing of the usual width, and what it says to those who cannot see it."""
    about = {"class_": class_, "role": "img", "aria_label": said}
    box = f"0 0 360 {height:g}"
    return tag("svg", *parts, viewBox=box, **about, data_part="drawing", **data)


def number(value: float, decimals: int = 2) -> str:
    """At most so many decimals: a coordinate.

    Examples
    --------
    >>> number(1.0), number(2.346)
    ('1', '2.35')
    """
    return f"{value:.{decimals}f}".rstrip("0").rstrip(".")


class Scale(NamedTuple):
    """Where a value stands in the drawing; the module reads it as four numbers.

    Examples
    --------
    >>> Scale(0, 2, 10, 30)(1), Scale(0, 2, 10, 30).written
    (20.0, '0 2 10 30')
    """

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    @property
    def written(self) -> str:
        return " ".join(map(number, self))


def tangent(
    at: tuple[Scale, Scale], point: tuple[float, float], slope: float, reach: float
) -> dict[str, float]:
    """The ends of a line through a point, this far to either side of it as drawn."""
    (x, y), (z, a) = at, point
    along, up = x(1) - x(0), slope * (y(1) - y(0))
    run = reach / math.hypot(along, up)
    ends = {"x1": x(z) - run * along, "x2": x(z) + run * along}
    return ends | {"y1": y(a) - run * up, "y2": y(a) + run * up}


def curve(xs: Iterable[float] | Array, ys: Iterable[float] | Array) -> str:
    """The `d` of a path through points of the drawing, to a tenth: nobody sees more.

    Examples
    --------
    >>> curve([0, 1], [2, 3.5])
    'M0 2L1 3.5'
    """
    pairs = zip(xs, ys, strict=True)
    return "M" + "L".join(f"{number(x, 1)} {number(y, 1)}" for x, y in pairs)


def compact(tree: Any) -> str:
    """What a module is given."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


def live(
    element: str, figure: str, caption: str, *parts: str, **attributes: Value
) -> str:
    """The figure inside its custom element; Markdown leaves a div alone.

    Raises
    ------
    ValueError
        If no module of that name defines the element: nothing would move.
    """
    module = MODULES / f"{element.removeprefix('bp-')}.mjs"
    definition = f'customElements.define("{element}", '
    if not module.is_file() or definition not in module.read_text("utf-8"):
        raise ValueError(
            f"nothing moves {element}: write {definition}…) in "
            f"docs/javascripts/{module.name}"
        )
    inside = "".join(parts) + tag("figcaption", caption)
    whole = tag("figure", inside, class_="bp-figure", id=figure)
    wrapped = tag(element, whole, **attributes)
    return tag("div", wrapped, class_="bp-live", data_search_exclude=True)


class Step(NamedTuple):
    """One step: what is done, in words, and its arithmetic for one of the numbers.

    A part of the drawing with `data_step` is there from that step on, and one with
    `data_until` as well is there up to that step.
    """

    does: str
    example: str


def controls(last: int) -> str:
    """Buttons and a slider for the steps 0 to `last`; at first it is at the last."""
    buttons = [
        tag("button", text, type="button", class_="bp-button", data_part=part)
        for text, part in [("Start", "first"), ("Back", "back"), ("Next", "next")]
    ]
    about = {"aria_label": "step", "data_part": "slider"}
    sliding = slider(0, last, 1, last, about)
    return tag("div", *buttons, sliding, class_="bp-controls bp-buttons")


def sentences(steps: Sequence[Step]) -> str:
    """What each step does; the one in sight is read out as it changes."""
    written, last = [], len(steps) - 1
    for k, (does, example) in enumerate(steps):
        said = f"{k} of {last}. {does}", example
        inside = "".join(tag("span", escape(text, quote=False)) for text in said)
        hidden = k != last
        written.append(tag("p", inside, data_sentence=f"{k}", data_hidden=hidden))
    return tag("div", *written, class_="bp-steps", role="status", data_part="said")

"""What the figures that move are drawn with.

The build draws the whole figure, controls included; the module in the reader's browser
moves the parts that carry a `data-part`.  So without scripts and in print the figure is
there, and nothing shifts when the module arrives.
"""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import NamedTuple

from backprop_explained.notation import Array

MODULES = Path(__file__).parents[2] / "docs" / "javascripts"

Value = str | float | bool | None


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


def control(name: str, /, **attributes: Value) -> str:
    """An element of a form that has no end tag, and forgets what was typed into it."""
    return tag(name, **attributes, autocomplete="off").removesuffix(f"</{name}>")


def text_at(
    words: str, x: float, y: float, class_: str, part: str | None = None
) -> str:
    """A text in a drawing."""
    return tag("text", words, x=x, y=y, class_=class_, data_part=part)


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


def curve(xs: Iterable[float] | Array, ys: Iterable[float] | Array) -> str:
    """The `d` of a path through points of the drawing, to a tenth: nobody sees more.

    Examples
    --------
    >>> curve([0, 1], [2, 3.5])
    'M0 2L1 3.5'
    """
    pairs = zip(xs, ys, strict=True)
    return "M" + "L".join(f"{number(x, 1)} {number(y, 1)}" for x, y in pairs)


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

"""A matplotlib figure as inline SVG that follows the colours of the page.

Figures are drawn in sentinel colours, which become CSS variables, so that one picture
serves the light and the dark scheme.
"""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.text import Text
from matplotlib.ticker import LogFormatterSciNotation

from sitebuild.colours import COLOURS

# what each colour means is said in sitebuild/colours.py
_SENTINELS = {f"#0102{i:02x}": name for i, name in enumerate(COLOURS, start=3)}
INK, FAINT, GRID, Z, A, RIGHT, WRONG = _SENTINELS
PAPER = "#0102ff"
_VARIABLES = {colour: f"--bp-{name}" for colour, name in _SENTINELS.items()}
_VARIABLES[PAPER] = "--md-default-bg-color"
MIDDLE = {"ha": "center", "va": "center"}

_REFERENCE, _ID = r'(href="#|url\(#)([^")]+)', r'(\bid="|href="#|url\(#)([^")]+)'

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SVG = "http://www.w3.org/2000/svg"
_GROUP, _PATH = f"{{{_SVG}}}g", f"{{{_SVG}}}path"
ElementTree.register_namespace("", _SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")

Point = tuple[float, float]

_LETTER = re.compile(r"(output )?[za][₀-₉]?( = [fσ]\(z\))?")
"""A text that names z or a, and is drawn in the colour of what it names first."""

STYLE = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 11,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "axes.titlecolor": INK,
    "axes.titlesize": 11,
    "axes.grid": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "legend.frameon": False,
    "lines.linewidth": 1.8,
}


@contextmanager
def drawn(height: float, columns: int = 1) -> Iterator[tuple[Figure, Any]]:
    """A figure of a height in inches and its axes, in the site's style."""
    with mpl.style.context(["default", STYLE]):
        figure = Figure(figsize=(4.7, height), layout="constrained")
        yield figure, figure.subplots(1, columns)


@contextmanager
def sketch(height: float, x: Point, y: Point) -> Iterator[tuple[Figure, Axes]]:
    """As `drawn`, bare, with the limits of its axes."""
    with drawn(height) as (drawing, axes):
        bare(axes, xlim=x, ylim=y)
        yield drawing, axes


def bare(axes: Axes, **limits: Point) -> None:
    """No frame and no ticks, and a circle is round: for what is a drawing, no plot."""
    axes.set(aspect="equal", **limits)
    axes.axis("off")


def note(
    axes: Axes, text: str, point: Point, shift: Sequence[float], **how: Any
) -> None:
    """Text beside a point, shifted by so many points of the printer."""
    axes.annotate(text, point, shift, textcoords="offset points", **how)


def node(
    axes: Axes, at: Point, radius: float, text: str, colour: str = INK, **edge: float
) -> None:
    """A circle with a text in it, which stands a little lower where it says `low`."""
    low = edge.pop("low", 0)
    how = {"fc": PAPER, "ec": INK, "lw": 1.4} | edge
    axes.add_patch(Circle(at, radius, **how))
    axes.text(at[0], at[1] - low, text, color=colour, **MIDDLE)


def arrow(axes: Axes, start: Point, end: Point, colour: str = INK, **how: Any) -> None:
    """An arrow that reaches from one place to the other."""
    style = {
        "arrowstyle": "-|>",
        "color": colour,
        "lw": 1.3,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    axes.annotate("", end, start, arrowprops=style | how)


def signed(value: float, digits: int = 3) -> str:
    """A number with the minus sign of print, and no minus before 0.

    Examples
    --------
    >>> signed(-2.0), signed(-0.0001)
    ('−2.000', '0.000')
    """
    return f"{value:z.{digits}f}".replace("-", "−")


def power(exponent: int) -> str:
    """A power of ten, as text.

    Examples
    --------
    >>> power(-11)
    '10⁻¹¹'
    """
    return f"10{str(exponent).translate(_RAISED)}"


class _Powers(LogFormatterSciNotation):
    """The labels of a logarithmic axis as text: a formula takes long to set."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        label = super().__call__(x, pos)
        exponent = re.fullmatch(r"\$\\mathdefault\{10\^\{(-?\d+)\}\}\$", label)
        return power(int(exponent[1])) if exponent else label


def _name_powers(drawing: Figure) -> None:
    for axes in drawing.axes:
        for axis in (axes.xaxis, axes.yaxis):
            if isinstance(axis.get_major_formatter(), LogFormatterSciNotation):
                axis.set_major_formatter(_Powers())


def as_svg(drawing: Figure, name: str, caption: str, description: str) -> str:
    """The figure as HTML: inline SVG with a text alternative, and a visible caption."""
    for text in drawing.findobj(Text):
        found = _LETTER.fullmatch(text.get_text())
        if found and text.get_color() == INK:
            text.set_color(Z if found[0][0] == "z" else A)
    _name_powers(drawing)
    svg = _draw(drawing)
    for colour, variable in _VARIABLES.items():
        svg = svg.replace(colour, f"var({variable})")
    # the `*` selector of its style would style the whole page
    idle = r"<metadata>.*?</metadata>|<!--.*?-->|<defs>\s*<style.*?</style>\s*</defs>"
    svg = _numbered(re.sub(idle, "", svg, flags=re.DOTALL), name)
    for side in ("height", "width"):
        svg = re.sub(rf'(<svg [^>]*?)\b{side}="[^"]*"', r"\1", svg, count=1)
    about = f'role="img" aria-labelledby="{name}-title" stroke-linejoin="round"'
    title = f'<title id="{name}-title">{escape(description)}</title>'
    svg = re.sub(r"<svg ([^>]*>)", rf"<svg {about} \1{title}", svg, count=1)
    svg = _slim(re.sub(r">\s+<", "><", svg))
    return (
        f'<figure class="bp-figure" id="{name}">{svg}'
        f"<figcaption>{caption}</figcaption></figure>"
    )


def _numbered(svg: str, name: str) -> str:
    """Ids that say nothing: matplotlib's change with the last digit of a coordinate."""
    wanted = dict.fromkeys(target for _, target in re.findall(_REFERENCE, svg))
    numbers = {old: f"{name}-{n}" for n, old in enumerate(wanted, start=1)}
    return re.sub(_ID, lambda id_: id_[1] + numbers.get(id_[2], id_[2]), svg)


def _draw(drawing: Figure) -> str:
    buffer = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with mpl.style.context(["default", STYLE]):
        _lay_out(drawing)
        drawing.savefig(buffer, format="svg", transparent=True, metadata=nothing)
    text = buffer.getvalue()
    return re.sub(r'="[^"]*"', _rounded, text[text.index("<svg") :])


def _lay_out(drawing: Figure) -> None:
    """Place the axes now; else all is drawn twice, the first time for that alone."""
    if engine := drawing.get_layout_engine():
        FigureCanvasSVG(drawing)  # whose texts are as wide as those of the file
        drawing.set_dpi(FigureCanvasSVG.fixed_dpi)
        engine.execute(drawing)
        drawing.set_layout_engine(None)


def _rounded(attribute: re.Match[str]) -> str:
    """Coordinates to a hundredth of a point: nobody sees more."""
    return re.sub(r"\d+\.\d{3,}", lambda n: f"{float(n[0]):.2f}", attribute[0])


def _slim(svg: str) -> str:
    r"""The same picture: without idle names and groups, and with short paths.

    Examples
    --------
    >>> path = '<path d="M 1 2 \nL 3 4 \n" style="stroke: red"/>'
    >>> _slim(f'<svg xmlns="http://www.w3.org/2000/svg"><g id="a">{path}</g></svg>')
    '<svg><path d="M1 2L3 4" style="stroke: red" /></svg>'
    """
    root = ElementTree.fromstring(svg)
    _clean(root, set(re.findall(r'(?:#|labelledby=")([\w-]+)', svg)))
    text = ElementTree.tostring(root, encoding="unicode")
    return re.sub(rf'\s*xmlns="{_SVG}"', "", text, count=1)


def _clean(element: ElementTree.Element, wanted: set[str]) -> None:
    kept: list[ElementTree.Element] = []
    for child in element:
        _clean(child, wanted)
        if child.get("id") not in {None, *wanted}:
            del child.attrib["id"]
        if child.tag == _PATH and "d" in child.attrib:
            child.set("d", _short(child.attrib["d"]))
        if child.tag == _GROUP and not child.attrib:
            kept += list(child)
        elif not _is_unseen(child):
            kept.append(child)
    element[:] = kept


def _short(d: str) -> str:
    """A path without the spaces that no letter needs."""
    return re.sub(r" ?([A-Za-z]) ?", r"\1", re.sub(r"\s+", " ", d)).strip()


def _is_unseen(element: ElementTree.Element) -> bool:
    """The ground of a figure or of axes, which is the page's own."""
    return element.tag == _PATH and element.get("style") in ("fill: none", "fill:none")

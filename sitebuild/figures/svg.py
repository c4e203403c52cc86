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

import matplotlib as mpl
import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import LogFormatterSciNotation

from sitebuild.colours import COLOURS
from sitebuild.figures.slim import slim

# what each colour means is said in sitebuild/colours.py
_SENTINELS = {f"#0102{i:02x}": name for i, name in enumerate(COLOURS, start=3)}
INK, FAINT, GRID, Z, A, RIGHT, WRONG = _SENTINELS
PAPER = "#0102ff"

_VARIABLES = {colour: f"--bp-{name}" for colour, name in _SENTINELS.items()}
_VARIABLES[PAPER] = "--md-default-bg-color"

_REFERENCE, _ID = r'(href="#|url\(#)([^")]+)', r'(\bid="|href="#|url\(#)([^")]+)'

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

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
def drawn(
    height: float, width: float = 4.7, columns: int = 1
) -> Iterator[tuple[Figure, Any]]:
    """A figure of a size in inches and its axes, to be drawn on in the site's style."""
    with mpl.style.context(["default", STYLE]):
        figure = Figure(figsize=(width, height), layout="constrained")
        yield figure, figure.subplots(1, columns)


def bare(axes: Axes, **limits: tuple[float, float]) -> None:
    """No frame and no ticks, and a circle is round: for what is a drawing, no plot."""
    axes.set(aspect="equal", **limits)
    axes.axis("off")


def note(
    axes: Axes,
    text: str,
    point: tuple[float, float],
    shift: Sequence[float],
    **how: Any,
) -> None:
    """Text beside a point, shifted by so many points of the printer."""
    axes.annotate(text, point, shift, textcoords="offset points", **how)


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
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.DOTALL)
    # its `*` selector would style the whole page
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", svg, flags=re.DOTALL)
    svg = _numbered(svg, name)
    svg = re.sub(r'(<svg [^>]*?)\bheight="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg [^>]*?)\bwidth="[^"]*"', r"\1", svg, count=1)
    svg = svg.replace(
        "<svg ",
        f'<svg role="img" aria-labelledby="{name}-title" stroke-linejoin="round" ',
        1,
    )
    title = f'<title id="{name}-title">{escape(description)}</title>'
    svg = re.sub(r"(<svg[^>]*>)", rf"\1{title}", svg, count=1)
    svg = slim(re.sub(r">\s+<", "><", svg))
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

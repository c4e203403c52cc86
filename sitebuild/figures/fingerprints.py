"""The tables and the figure of the mistakes, made from their record."""

from collections.abc import Iterator
from functools import cache

from matplotlib.axes import Axes

from backprop_explained import MISTAKES
from sitebuild.evidence import first_wrong_known, markdown, marks
from sitebuild.evidence.fingerprints import DigitsRun, PostRun
from sitebuild.evidence.ways import CONTROLS, POST, RIGHT, SETTINGS
from sitebuild.figures.svg import FAINT, INK, PAPER, WRONG, as_svg, drawn, note

NOT_MADE = "–"
LINE = "../how-to/which-line-is-wrong.md"
JOINED = "\u2060"  # no line breaks here


def lines(name: str) -> str:
    """The line as people write it, and the one that is right."""
    row = MISTAKES[name]
    return f"Wrong: `{row.code}`<br>Right: `{row.instead}`"


def table(*names: str, setting: str = "sigmoid") -> str:
    """A row for each of these gradients.

    The post's column has a dash where none can be made on the post's data, so that the
    tables of the page have the same columns.  The last one says what `find_first_wrong`
    makes of it.
    """
    rows = [[*_row(name, setting), _found(name)] for name in names]
    head = "| the gradient | relative error | starts that learned | digits read, % "
    rule = "| :-- | --: | --: | --: | :-- |"
    return markdown.table(f"{head}| [its line]({LINE}) |", rule, rows)


def _found(name: str) -> str:
    """What `find_first_wrong` says of a network with the line of a mistake in it."""
    return first_wrong_known.cell(name) if name in MISTAKES else NOT_MADE


def _row(name: str, setting: str) -> list[str]:
    on_post = marks.post().get(name) if setting == "sigmoid" else None
    runs = marks.on_digits(setting).get(name)
    return [
        name,
        _error(on_post or runs),
        about(name, POST) + _learned(on_post),
        about(name, setting) + _accuracy(runs),
    ]


def about(name: str, setting: str) -> str:
    """What stands before a figure that hangs on the last bit."""
    return "≈ " if name in marks.unsteady(setting) else ""


def _error(runs: tuple[PostRun, ...] | tuple[DigitsRun, ...] | None) -> str:
    error = marks.median(runs, "error") if runs else None
    if error is None:
        return NOT_MADE
    return f"{error:.2f}" if error > 1e-3 else "0"


def _learned(runs: tuple[PostRun, ...] | None) -> str:
    if runs is None:
        return NOT_MADE
    lost = marks.overflowed(runs)
    return f"{marks.learned_starts(runs)}" + (f", {lost} overflow" if lost else "")


def _accuracy(runs: tuple[DigitsRun, ...] | None, *, whole: bool = True) -> str:
    if runs is None:
        return NOT_MADE
    ends = marks.accuracy(runs)
    if ends.mean is None:
        return "overflow"
    extremes = f" ({ends.least:.1f}{JOINED}–{JOINED}{ends.most:.1f})"
    return f"{ends.mean:.1f}" + extremes * whole


def all_of_them() -> str:
    """Every way that was run on the digits with sigmoids, the best first."""
    head = "| the gradient | relative error | cosine | learned | median cost "
    means = dict(_means())
    names = sorted(marks.on_digits(), key=lambda name: -means.get(name, 0))
    rule = "|:--|--:|--:|--:|--:|--:|"
    return markdown.table(f"{head}| digits, % |", rule, map(_long_row, names))


def _long_row(name: str) -> list[str]:
    on_post, runs = marks.post().get(name), marks.on_digits().get(name)
    cosine = marks.median(on_post or runs or (), "cosine")
    cost = marks.median(on_post, "cost") if on_post else None
    return [
        name,
        _error(on_post or runs),
        NOT_MADE if cosine is None else f"{cosine:.2f}".replace("-", "−"),
        about(name, POST) + _learned(on_post) + _bar(on_post),
        NOT_MADE if cost is None else f"{about(name, POST)}{cost:.2g}",
        about(name, "sigmoid") + _accuracy(runs, whole=False),
    ]


def _bar(runs: tuple[PostRun, ...] | None) -> str:
    """A bar as long as the share of the starts that learned, to a twentieth."""
    share = 5 * round(20 * marks.learned_starts(runs) / len(runs)) if runs else 0
    return f'<i class="bp-bar" style="width: {share}%"></i>' if share else ""


def other_networks() -> str:
    """What was run on the digits with other networks and steps."""
    rows = [
        [setting, name, _error(runs), about(name, setting) + _accuracy(runs)]
        for setting in list(SETTINGS)[1:]
        for name, runs in marks.on_digits(setting).items()
    ]
    head = "| network | the gradient | relative error | digits, % |"
    return markdown.table(head, "|:--|:--|--:|--:|", rows)


def better() -> list[str]:
    """The mistakes that read more digits than the right gradient, in the mean."""
    right = marks.accuracy(marks.on_digits()[RIGHT]).mean or 0
    return [name for name, mean in _means() if mean > right and name in MISTAKES]


def _means() -> Iterator[tuple[str, float]]:
    for name, runs in marks.on_digits().items():
        mean = marks.accuracy(runs).mean
        if mean is not None:
            yield name, mean


_SHORTER = {
    "slope missing in what is passed down": "none in what goes down",
    "bias gradient summed over the layer": "bias summed over the layer",
    "bias gradient averaged": "bias averaged",
    "tanh's slope for the sigmoid": "tanh's slope",
    "hidden layers": "hidden layer",
}
_MISREAD = [3, 5, 10, 20, 50, 100]
"""Where the axis has numbers, in %."""


def _shorter(name: str) -> str:
    for long, short in _SHORTER.items():
        name = name.replace(long, short)
    return name


def _line(axes: Axes, height: int, name: str, mean: float) -> None:
    """Mean and range of one gradient, with its name where there is room."""
    ends = marks.accuracy(marks.on_digits()[name])
    least, most = 100 - (ends.most or mean), 100 - (ends.least or mean)
    wrong = name != RIGHT and name not in CONTROLS
    colour = WRONG if wrong else FAINT if name in CONTROLS else INK
    axes.plot([least, most], [height] * 2, color=colour, lw=1.4)
    face = PAPER if wrong else colour
    axes.plot(100 - mean, height, "o", ms=5, mec=colour, mfc=face, mew=1.4)
    left = most < 92  # the axis runs from right to left
    at, shift, side = (most, -5, "right") if left else (least, 5, "left")
    weight = {"fontweight": "bold"} if name == RIGHT else {}
    how = {"ha": side, "va": "center", "color": colour, **weight}
    note(axes, _shorter(name), (at, height), (shift, 0), **how)


@cache
def accuracies() -> str:
    """The digits misread, mean and range, one line a gradient."""
    ordered = sorted(_means(), key=lambda pair: pair[1])
    starts = len(marks.on_digits()[RIGHT])
    with drawn(0.21 * len(ordered) + 0.6) as (drawing, axes):
        for height, (name, mean) in enumerate(ordered):
            _line(axes, height, name, mean)
        axes.axvline(100 - dict(ordered)[RIGHT], color=FAINT, lw=0.8, zorder=0)
        axes.set(xscale="log", xlim=(450, 2.4), yticks=[])
        axes.set(xticks=_MISREAD, xticklabels=_MISREAD, xlabel="digits misread, %")
        axes.minorticks_off()
        axes.spines["left"].set_visible(False)
    return as_svg(
        drawing,
        "accuracies",
        f"All but one of these gradients are wrong, yet {len(better())} mistakes "
        "misread fewer digits than the right one, in the mean. Dots are means of "
        f"{starts} starts, hollow where a mistake was made; lines go from the worst to "
        "the best.",
        "A line and a dot for each gradient, in order of its mean accuracy: "
        + ", ".join(f"{name} {mean:.1f}" for name, mean in reversed(ordered))
        + " percent.",
    )

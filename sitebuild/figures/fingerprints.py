"""The tables and the figure of the mistakes, made from their record."""

from collections.abc import Iterator
from functools import cache

from backprop_explained import MISTAKES
from sitebuild.evidence import first_wrong_known
from sitebuild.evidence.fingerprints import DigitsRun, PostRun
from sitebuild.evidence.marks import (
    accuracy,
    learned_starts,
    median,
    on_digits,
    overflowed,
    post,
    unsteady,
)
from sitebuild.evidence.ways import CONTROLS, POST, RIGHT, SETTINGS
from sitebuild.figures.svg import FAINT, OTHER, WRONG, as_svg, drawn
from sitebuild.figures.svg import RIGHT as BLUE

NOT_MADE = "–"
LINE = "../how-to/which-line-is-wrong.md"
JOINED = "\u2060"  # no line breaks here


def lines(name: str) -> str:
    """The line as people write it, and the one that is right."""
    row = MISTAKES[name]
    return f"Wrong: `{row.code}`<br>Right: `{row.instead}`"


def table(*names: str, setting: str = "sigmoid") -> str:
    """A row for the right gradient, and one for each of these mistakes.

    The post's column is there if one of them can be made on the post's data.  The last
    one says what `find_first_wrong` makes of it.
    """
    with_post = setting == "sigmoid" and any(name in post() for name in names)
    header = ["the gradient", "its error", "starts that learned", "digits read, %"]
    found = f"[its line]({LINE})"
    rows = [[*_row(name, setting), _line(name)] for name in (RIGHT, *names)]
    table = [[*header, found], [":--", "--:", "--:", "--:", ":--"], *rows]
    return "\n".join(_joined(row if with_post else row[:2] + row[3:]) for row in table)


def _line(name: str) -> str:
    """What `find_first_wrong` says of a network with the line of a mistake in it."""
    return first_wrong_known.cell(name) if name in MISTAKES else NOT_MADE


def _joined(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _row(name: str, setting: str) -> list[str]:
    on_post = post().get(name) if setting == "sigmoid" else None
    runs = on_digits(setting).get(name)
    return [
        name,
        _error(on_post or runs),
        about(name, POST) + _learned(on_post),
        about(name, setting) + _accuracy(runs),
    ]


def about(name: str, setting: str) -> str:
    """What stands before a figure that hangs on the last bit."""
    return "≈ " if name in unsteady(setting) else ""


def _error(runs: tuple[PostRun, ...] | tuple[DigitsRun, ...] | None) -> str:
    error = median(runs, "error") if runs else None
    if error is None:
        return NOT_MADE
    return f"{error:.2f}" if error > 1e-3 else "0"


def _learned(runs: tuple[PostRun, ...] | None) -> str:
    if runs is None:
        return NOT_MADE
    lost = overflowed(runs)
    return f"{learned_starts(runs)}" + (f", {lost} overflow" if lost else "")


def _accuracy(runs: tuple[DigitsRun, ...] | None, *, whole: bool = True) -> str:
    if runs is None:
        return NOT_MADE
    ends = accuracy(runs)
    if ends.mean is None:
        return "overflow"
    extremes = f" ({ends.least:.1f}{JOINED}–{JOINED}{ends.most:.1f})"
    return f"{ends.mean:.1f}" + extremes * whole


def all_of_them() -> str:
    """Every way that was run on the post or, with sigmoids, on the digits."""
    header = [
        "| the gradient | error | cosine | learned | median cost | digits, % |",
        "|:--|--:|--:|--:|--:|--:|",
    ]
    names = [n for n in on_digits() if n not in CONTROLS]
    return "\n".join([*header, *map(_long_row, [*names, *CONTROLS])])


def _long_row(name: str) -> str:
    on_post, runs = post().get(name), on_digits().get(name)
    cosine = median(on_post or runs or (), "cosine")
    cost = median(on_post, "cost") if on_post else None
    cells = [
        name,
        _error(on_post or runs),
        NOT_MADE if cosine is None else f"{cosine:.2f}".replace("-", "−"),
        about(name, POST) + _learned(on_post),
        NOT_MADE if cost is None else f"{about(name, POST)}{cost:.2g}",
        about(name, "sigmoid") + _accuracy(runs, whole=False),
    ]
    return _joined(cells)


def other_networks() -> str:
    """What was run on the digits with other networks and steps."""
    header = ["| network | the gradient | error | digits, % |", "|:--|:--|--:|--:|"]
    rows = [
        _joined([setting, name, _error(runs), about(name, setting) + _accuracy(runs)])
        for setting in list(SETTINGS)[1:]
        for name, runs in on_digits(setting).items()
    ]
    return "\n".join([*header, *rows])


def better() -> list[str]:
    """The mistakes that read more digits than the right gradient, in the mean."""
    right = accuracy(on_digits()[RIGHT]).mean or 0
    return [name for name, mean in _means() if mean > right and name in MISTAKES]


def _means() -> Iterator[tuple[str, float]]:
    for name, runs in on_digits().items():
        mean = accuracy(runs).mean
        if mean is not None:
            yield name, mean


LEAST = 75
"""Where the figure begins, in %; what ends below it is named in the caption."""

_SHORTER = {
    "slope missing in what is passed down": "none in what goes down",
    "bias gradient summed over the layer": "bias summed over the layer",
    "bias gradient averaged": "bias averaged",
    "tanh's slope for the sigmoid": "tanh's slope",
    "hidden layers": "hidden layer",
}


def _shorter(name: str) -> str:
    for long, short in _SHORTER.items():
        name = name.replace(long, short)
    return name


@cache
def accuracies() -> str:
    """The accuracy on the digits, mean and range, one line a gradient."""
    ordered = sorted(_means(), key=lambda pair: pair[1])
    means = [(name, mean) for name, mean in ordered if mean > LEAST]
    left_out = [name for name, mean in ordered if mean <= LEAST]
    starts = len(on_digits()[RIGHT])
    with drawn(0.21 * len(means) + 0.6) as (drawing, axes):
        for height, (name, mean) in enumerate(means):
            ends = accuracy(on_digits()[name])
            colour = BLUE if name == RIGHT else OTHER if name in CONTROLS else WRONG
            axes.plot([ends.least, ends.most], [height] * 2, color=colour, lw=1.4)
            axes.plot(mean, height, "o", ms=5, color=colour)
        axes.axvline(dict(means)[RIGHT], color=FAINT, lw=0.8, zorder=0)
        axes.set(yticks=range(len(means)), xlim=(LEAST, 100.2))
        axes.set(yticklabels=[_shorter(name) for name, _ in means])
        axes.set(xlabel="digits read correctly, %")
        axes.tick_params(axis="y", labelsize=9.5, length=0)
        axes.grid(visible=False, axis="y")
    return as_svg(
        drawing,
        "accuracies",
        f"All but one of these gradients are wrong, yet {len(better())} mistakes read "
        f"more digits than the right one, in the mean. Dots are means of {starts} "
        "starts, "
        f"lines go from the worst to the best; far below {LEAST} % are "
        f"“{'” and “'.join(left_out)}”.",
        "A line and a dot for each gradient, in order of its mean accuracy: "
        + ", ".join(f"{name} {mean:.1f}" for name, mean in reversed(ordered))
        + " percent.",
    )

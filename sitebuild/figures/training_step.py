"""What a training step costs with the size of the network, drawn from the record."""

from functools import cache
from itertools import pairwise

from matplotlib.axes import Axes

from sitebuild.checks.numerals import in_words
from sitebuild.evidence.contestants import Size
from sitebuild.evidence.training_step import BENCHES, PRODUCTS, recorded
from sitebuild.figures.svg import FAINT, INK, RIGHT, as_svg, drawn

_MARKS = {  # colour, marker, line: told apart without colour too
    "`train`": (RIGHT, "o", "-"),
    "PyTorch eager": (FAINT, "s", "--"),
    "JAX, one jit call per step": (FAINT, "^", ":"),
    PRODUCTS: (FAINT, "v", "-."),
}


def multiplications(size: Size) -> int:
    """How many multiplications the matrix products of one step make."""
    first, *others = (n_in * n_out for n_in, n_out in pairwise(size.widths))
    return size.batch * (2 * first + 3 * sum(others))


@cache
def step_by_size() -> str:
    """Ratio to the plain step, against the multiplications of a step."""
    with drawn(3.0) as (drawing, axes):
        _lines(axes)
        axes.set(xscale="log", xlabel="multiplications per step")
        axes.set(yscale="log", ylabel="time, plain NumPy = 1")
        axes.set_yticks([0.25, 0.5, 1, 2, 4, 8], ["¼", "½", "1", "2", "4", "8"])
        axes.minorticks_off()
        drawing.legend(loc="outside upper left", ncols=2)
    return as_svg(
        drawing,
        "step-by-size",
        "For a small network the number of calls decides, and a library that does "
        "more for each call takes longer. For a large one the matrix products decide, "
        "and all come together near the plain step.",
        f"{in_words(len(_MARKS)).capitalize()} lines over the multiplications per "
        "step, on logarithmic axes. PyTorch starts far above 1 and falls towards 1. "
        "JAX and train stay near 1. The matrix products alone rise from a small "
        "fraction towards 1.",
    )


def _lines(axes: Axes) -> None:
    sizes = sorted((bench.size for bench in BENCHES), key=multiplications)
    across = [multiplications(size) for size in sizes]
    axes.axhline(1, color=INK, lw=1)
    for name, (colour, marker, line) in _MARKS.items():
        up = [recorded().steps[str(size)][name].median for size in sizes]
        label = name.replace("`", "")
        axes.plot(across, up, marker=marker, ls=line, color=colour, label=label)

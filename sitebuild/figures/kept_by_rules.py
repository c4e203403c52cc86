"""What a framework keeps for the derivatives of its activations, one mark each."""

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sitebuild.figures.svg import PAPER, A, Z, as_svg, sketch

_SIDE, _PITCH = 0.78, 1.0
_IN_A_ROW = 18


def _marks(
    axes: Axes, y: float, count: int, label: str, colour: str, face: str
) -> float:
    """A row of squares, or several, below their label; where the next may begin."""
    axes.text(0, y, label, color=colour, va="center")
    y -= 1.15
    for n in range(count):
        row, column = divmod(n, _IN_A_ROW)
        corner = column * _PITCH, y - row * _PITCH
        box = Rectangle(corner, _SIDE, _SIDE, fc=face, ec=colour, lw=1.6)
        axes.add_patch(box)
    return y - (count - 1) // _IN_A_ROW * _PITCH - 0.75


def kept(output: int, must: int, might: int) -> str:
    """How many rules keep the output, z because they must, and z all the same."""
    with sketch(1.75, (-0.2, _IN_A_ROW + 0.2), (-6.3, 0.6)) as (drawing, axes):
        y = _marks(axes, 0, output, "the output", A, A)
        y = _marks(axes, y, must, "z, because it must", Z, Z)
        _marks(axes, y, might, "z, though the output would do", Z, PAPER)
    whole = output + must + might
    return as_svg(
        drawing,
        "kept-by-rules",
        f"Of {whole} activations of PyTorch, {output} keep their output. {must} must "
        f"keep z; the other {might} could do without it.",
        f"Rows of squares, one per activation: {output} full ones for those that keep "
        f"the output, {must} for those that must keep z, and {might} hollow ones for "
        "those that keep z though the output would do.",
    )

"""A layer in matrices, and a network of layers, as boxes."""

from functools import cache

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from backprop_explained import Network
from sitebuild.checks.numerals import in_words
from sitebuild.figures.svg import FAINT, GRID, INK, MIDDLE, A, Z, arrow, as_svg, sketch

_UNIT = 0.36  # the side of an entry
_STEP = 3.05  # from one layer to the next

_Part = tuple[str, tuple[int, int], str]  # a name, a shape and a colour


def _array(axes: Axes, part: _Part, x: float, y: float) -> float:
    """An array as a grid, its name above it; the x of its right side."""
    name, (rows, columns), colour = part
    for i in range(rows):
        for j in range(columns):
            corner = x + j * _UNIT, y + (rows / 2 - i - 1) * _UNIT
            axes.add_patch(Rectangle(corner, _UNIT, _UNIT, fc=GRID, ec=colour, lw=1))
    right, half = x + columns * _UNIT, rows / 2 * _UNIT
    middle = (x + right) / 2
    axes.text(middle, y + half + 0.28, name, color=colour, **MIDDLE)
    axes.text(middle, y - half - 0.26, f"{rows} × {columns}", color=FAINT, **MIDDLE)
    return right


def _product(axes: Axes, y: float, *parts: _Part) -> None:
    """The first array is the product of the others, from the left."""
    x = 0.3
    for part, sign in zip(parts, "=@ ", strict=True):
        x = _array(axes, part, x, y) + 0.42
        axes.text(x, y, sign, **MIDDLE)
        x += 0.42


def products(examples: int, inputs: int, neurons: int) -> str:
    m, n, k = examples, inputs, neurons
    a, of_a = "previous a", "∂C/∂(previous a)"
    delta = "δ", (m, k), INK
    with sketch(4.9, (0, 7.4), (-5.2, 3.1)) as (drawing, axes):
        _product(axes, 1.6, ("z", (m, k), Z), (a, (m, n), A), ("W", (n, k), INK))
        _product(axes, -1.25, ("∂C/∂W", (n, k), INK), (f"{a}ᵀ", (n, m), A), delta)
        _product(axes, -4.0, (of_a, (m, n), INK), delta, ("Wᵀ", (k, n), INK))
    rows = in_words(m)
    return as_svg(
        drawing,
        "layer-products",
        "Each derivative has the shape of what it belongs to, and a transpose is what "
        "makes the shapes fit: the inner sizes must agree, and are summed over. In the "
        f"second product that is the sum over the {rows} examples.",
        f"Matrix products as grids. z, {m} by {k}, is the previous a, {m} by "
        f"{n}, times W, {n} by {k}. The derivative with respect to W, {n} by {k}, is "
        f"the previous a transposed, {n} by {m}, times delta, {m} by {k}. The "
        f"derivative with respect to the previous a, {m} by {n}, is delta times W "
        f"transposed, {k} by {n}.",
    )


def _layer(axes: Axes, x: float, number: int, shape: tuple[int, int]) -> None:
    """One layer: what the forward pass keeps, and the backward pass finds."""
    axes.add_patch(Rectangle((x, -1.55), 1.9, 3.1, fc="none", ec=INK, lw=1.2))
    middle = x + 0.95
    axes.text(middle, 1.85, f"layer {number}", **MIDDLE)
    axes.text(middle, 1.2, "z", color=Z, **MIDDLE)
    axes.text(middle, 0.72, f"W {shape[0]} × {shape[1]}", color=FAINT, **MIDDLE)
    for y, name in [(-0.3, "δ"), (-0.78, "∂C/∂W"), (-1.26, "∂C/∂b")]:
        axes.text(middle, y, name, **MIDDLE)
    axes.plot([x, x + 1.9], [0.2, 0.2], color=GRID, lw=1)


def _handed_over(axes: Axes, n: int) -> None:
    """What goes from the layer of this number to the next, and what comes back."""
    end, start = n * _STEP - 0.05, n * _STEP - 1.1
    name, colour = ("a", A) if n else ("x", INK)
    axes.text((start + end) / 2, 1.32, name, color=colour, **MIDDLE)
    arrow(axes, (start, 0.95), (end, 0.95), colour)
    if n:
        axes.text((start + end) / 2, -0.4, "∂C/∂a", **MIDDLE)
        arrow(axes, (end, -0.78), (start, -0.78), INK)


@cache
def _network(layers: tuple[tuple[int, int], ...]) -> str:
    with sketch(2.1, (-1.35, _STEP * len(layers) + 0.35), (-1.8, 2.15)) as (
        drawing,
        axes,
    ):
        for n, shape in enumerate(layers):
            _layer(axes, n * _STEP, n + 1, shape)
        for n in range(len(layers) + 1):
            _handed_over(axes, n)
        axes.text(_STEP * len(layers) + 0.15, 0.08, "C", **MIDDLE)
    count = in_words(len(layers))
    return as_svg(
        drawing,
        "layer-by-layer",
        "Forward above, backward below. A layer is handed its error ∂C/∂a from the "
        "right, and finds its own derivatives with what it kept: z, its weights and "
        "the output of the layer below. Then it hands an error to the left.",
        f"{count.capitalize()} boxes in a row, one per layer. Arrows to the right "
        "carry the input x and the outputs a, and end in the cost C. Arrows to the "
        "left carry ∂C/∂a from C down to the first layer, which hands nothing on. In "
        "each box stand z, the shape of W, and below them δ, ∂C/∂W and ∂C/∂b.",
    )


def layer_by_layer(network: Network) -> str:
    """The layers of a network, with what goes right and what comes back."""
    return _network(tuple(W.shape for W in network.weights))

r"""The known mistakes of a backward pass, each as a function that makes one.

A row of [MISTAKES][backprop_explained.check.mistakes.MISTAKES] holds the mistake's
name, what it is, the line as people write it, the line that is right, and
`gradients`: the gradient that comes out.  Its arguments are
`(network, x, y, cost, step_size)`; where the mistake cannot be made (no hidden
layer, no square one, …) it returns `None`.
"""

from collections.abc import Callable
from typing import NamedTuple

import backprop_explained.check.mistaken_lines as lines
from backprop_explained.check.mistaken_pass import RIGHT, MistakenPass, mistaken


class Mistake(NamedTuple):
    """A mistake that a backward pass can hold.

    Attributes
    ----------
    name : str
        What verdicts call it.
    description : str
        What is wrong, in one line.
    code : str
        The line as people write it.
    page : str
        The page that explains it, as a path from the root of the site.
    gradients : callable
        `(network, x, y, cost, step_size) -> Gradients`, or `None` where the mistake
        cannot be made; `step_size` may be `None`.
    instead : str
        The line that is right.

    Examples
    --------
    >>> mistake = MISTAKES["a where z belongs"]
    >>> mistake.code
    'delta = error * sigmoid_derivative(a)'
    >>> mistake.instead
    'delta = error * sigmoid_derivative(z)'
    """

    name: str
    description: str
    code: str
    page: str
    gradients: MistakenPass
    instead: str


A_PAGE = "learn/mixed-up.md#the-output-passed-to-sx-1-sx"
Z_PAGE = "learn/mixed-up.md#z-passed-to-x-1-x"
_FINGERPRINTS = "the-question/mistakes-and-their-fingerprints.md"
MISSING_PAGE = f"{_FINGERPRINTS}#slope-missing"
BELOW_PAGE = f"{_FINGERPRINTS}#slope-missing-below"
ANOTHER_PAGE = f"{_FINGERPRINTS}#another-slope"
RELU_PAGE = f"{_FINGERPRINTS}#relu-gate"
UPDATED_PAGE = f"{_FINGERPRINTS}#updated-too-early"
FACTOR_PAGE = f"{_FINGERPRINTS}#sign-and-factors"
SHAPE_PAGE = f"{_FINGERPRINTS}#transposes-and-biases"


FACTORS: dict[str, Callable[[int], float]] = {
    "sign": lambda m: -1.0,
    "factor 2": lambda m: 2.0,
    "factor 1/2": lambda m: 0.5,
    "factor 1/m": lambda m: 1 / m,
}
"""Those that are the right gradient times a number, made from the batch size."""

_SLOPES = [
    (
        "a where z belongs",
        "the output is passed to a derivative written for z, in",
        "delta = error * sigmoid_derivative(a)",
        A_PAGE,
        lines.a_for_z,
        "delta = error * sigmoid_derivative(z)",
    ),
    (
        "z where a belongs",
        "z is passed to a derivative written for the output, in",
        "delta = error * z * (1 - z)",
        Z_PAGE,
        lines.z_for_a,
        "delta = error * a * (1 - a)",
    ),
    (
        "slope missing",
        "the slope of the activation is left out in",
        "delta = error",
        MISSING_PAGE,
        lines.slope_missing,
        "delta = error * activation.slope(z, a)",
    ),
]
_PLACES = [
    ("", "every layer", lines.in_every_layer),
    (", output layer", "the output layer", lines.in_output_layer),
    (", hidden layers", "the hidden layers", lines.in_hidden_layers),
]
_TANH_LINE = "delta = error * (1 - a**2)"
_SIGMOID_LINE = "delta = error * a * (1 - a)"

_ROWS = [
    *(
        Mistake(
            f"{name}{suffix}",
            f"{what} {place}",
            code,
            page,
            mistaken(delta=where(line)),
            instead,
        )
        for suffix, place, where in _PLACES
        for name, what, code, page, line, instead in _SLOPES
    ),
    Mistake(
        "slope missing in what is passed down",
        "the error goes down without the slope of the layer that it leaves",
        "error = error @ W.T",
        BELOW_PAGE,
        mistaken(error=lines.without_slope),
        "error = delta @ W.T",
    ),
    Mistake(
        "tanh's slope for the sigmoid, from a",
        "a sigmoid layer gets the slope of tanh, read off the output",
        _TANH_LINE,
        ANOTHER_PAGE,
        mistaken(delta=lines.tanh_slope_from_a),
        _SIGMOID_LINE,
    ),
    Mistake(
        "tanh's slope for the sigmoid, from z",
        "a sigmoid layer gets the slope of tanh, read off z",
        "delta = error * (1 - np.tanh(z) ** 2)",
        ANOTHER_PAGE,
        mistaken(delta=lines.tanh_slope_from_z),
        _SIGMOID_LINE,
    ),
    Mistake(
        "the sigmoid's slope for tanh, from a",
        "a tanh layer gets the slope of the sigmoid, read off the output",
        _SIGMOID_LINE,
        ANOTHER_PAGE,
        mistaken(delta=lines.sigmoid_slope_from_a),
        _TANH_LINE,
    ),
    Mistake(
        "the sigmoid's slope for tanh, from z",
        "a tanh layer gets the slope of the sigmoid, read off z",
        "delta = error * sigmoid_derivative(z)",
        ANOTHER_PAGE,
        mistaken(delta=lines.sigmoid_slope_from_z),
        _TANH_LINE,
    ),
    Mistake(
        "relu gated with >= on the output",
        "the output of relu is never below 0, so this gate lets everything through",
        "delta = error * (a >= 0)",
        RELU_PAGE,
        mistaken(delta=lines.gate_always_open),
        "delta = error * (a > 0)",
    ),
    Mistake(
        "sign",
        "the gradient points downhill, or y - a stands where a - y belongs",
        "error = y - a",
        FACTOR_PAGE,
        mistaken(**lines.times(FACTORS["sign"])),
        "error = a - y",
    ),
    Mistake(
        "factor 2",
        "twice the right gradient: a 2 that this cost does not have",
        "error = 2 * (a - y)",
        FACTOR_PAGE,
        mistaken(**lines.times(FACTORS["factor 2"])),
        "error = a - y",
    ),
    Mistake(
        "factor 1/2",
        "half the right gradient: a 2 of this cost is missing, or a ½ is too much",
        "error = (a - y) / 2",
        FACTOR_PAGE,
        mistaken(**lines.times(FACTORS["factor 1/2"])),
        "error = a - y",
    ),
    Mistake(
        "factor 1/m",
        "averaged over the batch, where the cost is a sum over the batch",
        "dW = a_previous.T @ delta / len(x)",
        FACTOR_PAGE,
        mistaken(**lines.times(FACTORS["factor 1/m"])),
        "dW = a_previous.T @ delta",
    ),
    Mistake(
        "updated weights",
        "the error is passed down through weights that have already taken their step",
        "W -= step_size * dW; error = delta @ W.T",
        UPDATED_PAGE,
        mistaken(error=lines.through_updated_weights),
        "error = delta @ W.T; W -= step_size * dW",
    ),
    Mistake(
        "slope missing in what is passed down, updated weights",
        "the error goes down without a slope, through weights that have moved",
        "W -= step_size * dW; error = error @ W.T",
        BELOW_PAGE,
        mistaken(error=lines.without_slope_through_updated_weights),
        "error = delta @ W.T; W -= step_size * dW",
    ),
    Mistake(
        "W for W.T",
        "the error is passed down through W, untransposed; only a square W allows it",
        "error = delta @ W",
        SHAPE_PAGE,
        mistaken(error=lines.untransposed),
        "error = delta @ W.T",
    ),
    Mistake(
        "output for input",
        "a layer's own output stands where its input belongs, in each square layer",
        "dW = a.T @ delta",
        SHAPE_PAGE,
        mistaken(dW=lines.output_for_input),
        "dW = a_previous.T @ delta",
    ),
    Mistake(
        "transposed",
        "the gradient of each weight array is transposed",
        "dW = delta.T @ a_previous",
        SHAPE_PAGE,
        mistaken(dW=lines.transposed),
        "dW = a_previous.T @ delta",
    ),
    Mistake(
        "bias gradient not summed",
        "the bias has one gradient for each example, not their sum",
        "db = delta",
        SHAPE_PAGE,
        mistaken(db=lines.not_summed),
        "db = delta.sum(axis=0)",
    ),
    Mistake(
        "bias gradient averaged",
        "the gradient of the bias is a mean over the batch, that of the weights a sum",
        "db = delta.mean(axis=0)",
        SHAPE_PAGE,
        mistaken(db=lines.mean_of_delta),
        "db = delta.sum(axis=0)",
    ),
    Mistake(
        "bias gradient summed over the layer",
        "the gradient of the bias is summed over the outputs as well",
        "db = delta.sum()",
        SHAPE_PAGE,
        mistaken(db=lines.summed_over_the_layer),
        "db = delta.sum(axis=0)",
    ),
]

MISTAKES: dict[str, Mistake] = {row.name: row for row in _ROWS}
"""The table: name to mistake."""

CONSTANT_FACTOR = Mistake(
    "constant factor",
    "the right gradient times one number",
    "dW = factor * a_previous.T @ delta",
    FACTOR_PAGE,
    mistaken(dW=RIGHT["dW"]),
    "dW = a_previous.T @ delta",
)
"""Not in the table: any number will do, so a verdict states which."""

PENALTY = Mistake(
    "penalty",
    "the gradient of the penalty on the weights is not that of this cost's penalty",
    "dW = a_previous.T @ delta",
    FACTOR_PAGE,
    mistaken(dW=RIGHT["dW"]),
    "dW = a_previous.T @ delta + 2 * penalty * W",
)
"""Nor is this: only the cost says whether there is a penalty, and how large it is."""

SLOPE_LEFT_IN = Mistake(
    "slope left in, output layer",
    "behind a cross-entropy, the slope of the output has cancelled already in a - y",
    "delta = (a - y) * a * (1 - a)",
    "learn/where-did-the-slope-go.md",
    mistaken(delta=lines.slope_left_in),
    "delta = a - y",
)
"""Nor this: it is one only where the cost is a cross-entropy."""

BIAS_LEFT_OUT = Mistake(
    "bias gradient missing",
    "the bias has no gradient and stays as it is",
    "W -= step_size * dW",
    SHAPE_PAGE,
    mistaken(db=lines.none_at_all),
    "W -= step_size * dW; b -= step_size * delta.sum(axis=0)",
)
"""Nor this: a bias may be kept as it is on purpose."""

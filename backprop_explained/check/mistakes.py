r"""The known mistakes of a backward pass, each as a function that makes one.

A row of [MISTAKES][backprop_explained.check.mistakes.MISTAKES] holds the mistake's
name, what it is, the line as people write it, the line that is right, and
`gradients`: the gradient that comes out.  Its arguments are
`(network, x, y, cost, step_size)`; where the mistake cannot be made (no hidden
layer, no square one, …) it returns `None`.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from backprop_explained.activations import (
    Activation,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
)
from backprop_explained.backprop import backward_unchecked, forward_unchecked
from backprop_explained.costs import Cost
from backprop_explained.network import Gradients, Network
from backprop_explained.notation import Array

Slope = Callable[[Array, Array], Array]
MakeGradients = Callable[[Network, Array, Array, Cost, float | None], Gradients | None]


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
    gradients: MakeGradients
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


class _Rules(NamedTuple):
    """The four lines of a backward pass, each open to a mistake.

    `slopes` and `passed` hold one slope a layer: for its own gradient, and for what
    goes down.  `down` is `(delta, W, dW) -> error`, `dW` is `(a_previous, a, W, delta)
    -> dC/dW`, `db` is `delta -> dC/db`.
    """

    slopes: Sequence[Slope]
    passed: Sequence[Slope]
    down: Callable[[Array, Array, Array], Array]
    dW: Callable[[Array, Array, Array, Array], Array]
    db: Callable[[Array], Array]


def _right(network: Network) -> _Rules:
    slopes = [row.slope for row in network.activations]
    return _Rules(
        slopes,
        slopes,
        down=lambda delta, W, dW: delta @ W.T,
        dW=lambda a_previous, a, W, delta: a_previous.T @ delta,
        db=lambda delta: delta.sum(axis=0),
    )


def _backward(
    network: Network, x: Array, y: Array, cost: Cost, rules: _Rules
) -> Gradients:
    """The backward pass of the network module, line by line, with other rules."""
    trace = forward_unchecked(network, x)
    error = cost.slope(trace.output, y)
    weights, biases = [], []
    for layer in reversed(range(len(network.weights))):
        W, z = network.weights[layer], trace.zs[layer]
        a_previous, a = trace.activations[layer : layer + 2]
        delta = error * rules.slopes[layer](z, a)
        weights.append(rules.dW(a_previous, a, W, delta))
        biases.append(rules.db(delta))
        passed = error * rules.passed[layer](z, a)
        error = rules.down(passed, W, weights[-1])
    return Gradients(weights[::-1], biases[::-1] if network.biases else [])


# ---- the slope


def _read_from_output(row: Activation) -> Slope | None:
    """The derivative of `z`, handed `a`."""
    derivative = row.derivative
    return derivative and (lambda z, a: derivative(a))


def _read_from_z(row: Activation) -> Slope | None:
    """The derivative of `a`, handed `z`."""
    derivative = row.derivative_from_output
    return derivative and (lambda z, a: derivative(z))


def _ones(row: Activation) -> Slope | None:  # noqa: ARG001
    return lambda z, a: np.ones_like(a)


def _of(name: str, slope: Slope) -> Callable[[Activation], Slope | None]:
    """Another slope, for the activation of this name alone."""
    return lambda row: slope if row.name == name else None


def _every_layer(depth: int) -> Iterable[int]:
    return range(depth)


def _output_layer(depth: int) -> Iterable[int]:
    return [depth - 1] if depth > 1 else []  # alone, it is every layer


def _hidden_layers(depth: int) -> Iterable[int]:
    return range(depth - 1)


def _with_slopes(
    mistaken: Callable[[Activation], Slope | None],
    where: Callable[[int], Iterable[int]],
    network: Network,
    x: Array,
    y: Array,
    cost: Cost,
    step_size: float | None,  # noqa: ARG001
) -> Gradients | None:
    """The gradient with the slope of some layers mistaken."""
    right = _right(network)
    slopes = list(right.slopes)
    changed = False
    for layer in where(len(slopes)):
        slope = mistaken(network.activations[layer])
        if slope is not None:
            slopes[layer], changed = slope, True
    if not changed:
        return None
    return _backward(network, x, y, cost, right._replace(slopes=slopes, passed=slopes))


def _slope_missing_below(
    network: Network, x: Array, y: Array, cost: Cost, _: float | None
) -> Gradients | None:
    if len(network.weights) == 1:
        return None
    rules = _right(network)._replace(passed=_all_ones(network))
    return _backward(network, x, y, cost, rules)


def _all_ones(network: Network) -> list[Slope]:
    return [lambda z, a: np.ones_like(a)] * len(network.weights)


# ---- a factor


def _right_gradient(
    network: Network, x: Array, y: Array, cost: Cost, _: float | None = None
) -> Gradients:
    return backward_unchecked(network, forward_unchecked(network, x), y, cost)


def _times(
    factor: Callable[[int], float],
    network: Network,
    x: Array,
    y: Array,
    cost: Cost,
    _: float | None,
) -> Gradients | None:
    """The right gradient times a factor that may depend on the batch size."""
    f = factor(len(x))
    if f == 1:
        return None
    right = _right_gradient(network, x, y, cost)
    return Gradients([f * g for g in right.weights], [f * g for g in right.biases])


# ---- what is passed down, and what the slope meets


def _updated_weights(
    network: Network, x: Array, y: Array, cost: Cost, step_size: float | None
) -> Gradients | None:
    if step_size is None or len(network.weights) == 1:
        return None
    return _backward(network, x, y, cost, _after_the_step(network, step_size))


def _after_the_step(network: Network, step_size: float) -> _Rules:
    return _right(network)._replace(
        down=lambda delta, W, dW: delta @ (W - step_size * dW).T
    )


def _slope_missing_and_updated(
    network: Network, x: Array, y: Array, cost: Cost, step_size: float | None
) -> Gradients | None:
    if step_size is None or len(network.weights) == 1:
        return None
    rules = _after_the_step(network, step_size)
    return _backward(network, x, y, cost, rules._replace(passed=_all_ones(network)))


def _is_square(W: Array) -> bool:
    return bool(W.shape[0] == W.shape[1] > 1)


def _not_transposed(
    network: Network, x: Array, y: Array, cost: Cost, _: float | None
) -> Gradients | None:
    if not any(map(_is_square, network.weights[1:])):
        return None
    rules = _right(network)._replace(
        down=lambda delta, W, dW: delta @ (W if _is_square(W) else W.T)
    )
    return _backward(network, x, y, cost, rules)


def _output_for_input(
    network: Network, x: Array, y: Array, cost: Cost, _: float | None
) -> Gradients | None:
    if not any(W.shape[0] == W.shape[1] for W in network.weights):
        return None
    rules = _right(network)._replace(
        dW=lambda a_previous, a, W, delta: (
            (a if W.shape[0] == W.shape[1] else a_previous).T @ delta
        )
    )
    return _backward(network, x, y, cost, rules)


def _transposed(
    network: Network, x: Array, y: Array, cost: Cost, _: float | None
) -> Gradients:
    right = _right_gradient(network, x, y, cost)
    return Gradients([dW.T for dW in right.weights], right.biases)


# ---- the biases


def _with_db(
    db: Callable[[Array], Array],
    network: Network,
    x: Array,
    y: Array,
    cost: Cost,
    _: float | None,
) -> Gradients | None:
    if not network.biases:
        return None
    return _backward(network, x, y, cost, _right(network)._replace(db=db))


def _not_summed(
    network: Network, x: Array, y: Array, cost: Cost, step_size: float | None
) -> Gradients | None:
    if len(x) == 1:
        return None  # one example needs no sum
    return _with_db(lambda delta: delta, network, x, y, cost, step_size)


# ---- the table


_PLACES = [
    ("", "every layer", _every_layer),
    (", output layer", "the output layer", _output_layer),
    (", hidden layers", "the hidden layers", _hidden_layers),
]


def _slope_mistakes() -> list[Mistake]:
    rows = []
    for suffix, place, where in _PLACES:
        rows.append(
            Mistake(
                f"a where z belongs{suffix}",
                f"the output is passed to a derivative written for z, in {place}",
                "delta = error * sigmoid_derivative(a)",
                A_PAGE,
                partial(_with_slopes, _read_from_output, where),
                "delta = error * sigmoid_derivative(z)",
            )
        )
        rows.append(
            Mistake(
                f"z where a belongs{suffix}",
                f"z is passed to a derivative written for the output, in {place}",
                "delta = error * z * (1 - z)",
                Z_PAGE,
                partial(_with_slopes, _read_from_z, where),
                "delta = error * a * (1 - a)",
            )
        )
        rows.append(
            Mistake(
                f"slope missing{suffix}",
                f"the slope of the activation is left out in {place}",
                "delta = error",
                MISSING_PAGE,
                partial(_with_slopes, _ones, where),
                "delta = error * activation.slope(z, a)",
            )
        )
    return rows


_TANH_LINE = "delta = error * (1 - a**2)"
_SIGMOID_LINE = "delta = error * a * (1 - a)"

_ROWS = [
    *_slope_mistakes(),
    Mistake(
        "slope missing in what is passed down",
        "the error goes down without the slope of the layer that it leaves",
        "error = error @ W.T",
        BELOW_PAGE,
        _slope_missing_below,
        "error = delta @ W.T",
    ),
    Mistake(
        "tanh's slope for the sigmoid, from a",
        "a sigmoid layer gets the slope of tanh, read off the output",
        _TANH_LINE,
        ANOTHER_PAGE,
        partial(_with_slopes, _of("sigmoid", lambda z, a: 1 - a**2), _every_layer),
        _SIGMOID_LINE,
    ),
    Mistake(
        "tanh's slope for the sigmoid, from z",
        "a sigmoid layer gets the slope of tanh, read off z",
        "delta = error * (1 - np.tanh(z) ** 2)",
        ANOTHER_PAGE,
        partial(
            _with_slopes, _of("sigmoid", lambda z, a: 1 - np.tanh(z) ** 2), _every_layer
        ),
        _SIGMOID_LINE,
    ),
    Mistake(
        "the sigmoid's slope for tanh, from a",
        "a tanh layer gets the slope of the sigmoid, read off the output",
        _SIGMOID_LINE,
        ANOTHER_PAGE,
        partial(
            _with_slopes,
            _of("tanh", lambda z, a: sigmoid_derivative_from_output(a)),
            _every_layer,
        ),
        _TANH_LINE,
    ),
    Mistake(
        "the sigmoid's slope for tanh, from z",
        "a tanh layer gets the slope of the sigmoid, read off z",
        "delta = error * sigmoid_derivative(z)",
        ANOTHER_PAGE,
        partial(
            _with_slopes, _of("tanh", lambda z, a: sigmoid_derivative(z)), _every_layer
        ),
        _TANH_LINE,
    ),
    Mistake(
        "relu gated with >= on the output",
        "the output of relu is never below 0, so this gate lets everything through",
        "delta = error * (a >= 0)",
        RELU_PAGE,
        partial(_with_slopes, _of("relu", lambda z, a: 1.0 * (a >= 0)), _every_layer),
        "delta = error * (a > 0)",
    ),
    Mistake(
        "sign",
        "the gradient points downhill, or y - a stands where a - y belongs",
        "error = y - a",
        FACTOR_PAGE,
        partial(_times, lambda m: -1.0),
        "error = a - y",
    ),
    Mistake(
        "factor 2",
        "twice the right gradient: a 2 that this cost does not have",
        "error = 2 * (a - y)",
        FACTOR_PAGE,
        partial(_times, lambda m: 2.0),
        "error = a - y",
    ),
    Mistake(
        "factor 1/2",
        "half the right gradient: a 2 of this cost is missing, or a ½ is too much",
        "error = (a - y) / 2",
        FACTOR_PAGE,
        partial(_times, lambda m: 0.5),
        "error = a - y",
    ),
    Mistake(
        "factor 1/m",
        "averaged over the batch, where the cost is a sum over the batch",
        "dW = a_previous.T @ delta / len(x)",
        FACTOR_PAGE,
        partial(_times, lambda m: 1 / m),
        "dW = a_previous.T @ delta",
    ),
    Mistake(
        "updated weights",
        "the error is passed down through weights that have already taken their step",
        "W -= step_size * dW; error = delta @ W.T",
        UPDATED_PAGE,
        _updated_weights,
        "error = delta @ W.T; W -= step_size * dW",
    ),
    Mistake(
        "slope missing in what is passed down, updated weights",
        "the error goes down without a slope, through weights that have moved",
        "W -= step_size * dW; error = error @ W.T",
        BELOW_PAGE,
        _slope_missing_and_updated,
        "error = delta @ W.T; W -= step_size * dW",
    ),
    Mistake(
        "W for W.T",
        "the error is passed down through W, untransposed; only a square W allows it",
        "error = delta @ W",
        SHAPE_PAGE,
        _not_transposed,
        "error = delta @ W.T",
    ),
    Mistake(
        "output for input",
        "a layer's own output stands where its input belongs, in each square layer",
        "dW = a.T @ delta",
        SHAPE_PAGE,
        _output_for_input,
        "dW = a_previous.T @ delta",
    ),
    Mistake(
        "transposed",
        "the gradient of each weight array is transposed",
        "dW = delta.T @ a_previous",
        SHAPE_PAGE,
        _transposed,
        "dW = a_previous.T @ delta",
    ),
    Mistake(
        "bias gradient not summed",
        "the bias has one gradient for each example, not their sum",
        "db = delta",
        SHAPE_PAGE,
        _not_summed,
        "db = delta.sum(axis=0)",
    ),
    Mistake(
        "bias gradient averaged",
        "the gradient of the bias is a mean over the batch, that of the weights a sum",
        "db = delta.mean(axis=0)",
        SHAPE_PAGE,
        partial(_with_db, lambda delta: delta.mean(axis=0)),
        "db = delta.sum(axis=0)",
    ),
    Mistake(
        "bias gradient summed over the layer",
        "the gradient of the bias is summed over the outputs as well",
        "db = delta.sum()",
        SHAPE_PAGE,
        partial(_with_db, lambda delta: np.full(delta.shape[1], delta.sum())),
        "db = delta.sum(axis=0)",
    ),
]

MISTAKES: dict[str, Mistake] = {row.name: row for row in _ROWS}
"""The table: name to mistake."""

FACTORS = ("sign", "factor 2", "factor 1/2", "factor 1/m")
"""Those that are the right gradient times a number."""

CONSTANT_FACTOR = Mistake(
    "constant factor",
    "the right gradient times one number",
    "dW = factor * a_previous.T @ delta",
    FACTOR_PAGE,
    _right_gradient,
    "dW = a_previous.T @ delta",
)
"""Not in the table: any number will do, so a verdict states which."""

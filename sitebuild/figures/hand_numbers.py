"""One pass by hand through Mazur's network: every number, in the order of its step."""

from backprop_explained import SIGMOID, backward, forward
from backprop_explained.published import MAZUR
from sitebuild.checks.numerals import as_character
from sitebuild.figures.stepping import Step
from sitebuild.figures.svg import signed

TRACE = forward(MAZUR.start, MAZUR.x)
GRADIENTS = backward(MAZUR.start, TRACE, MAZUR.y, MAZUR.cost)
X, Y = MAZUR.x[0], MAZUR.y[0]
(W_HIDDEN, W_OUTPUT), (B_HIDDEN, B_OUTPUT) = MAZUR.start.weights, MAZUR.start.biases
Z_HIDDEN, Z_OUTPUT = (z[0] for z in TRACE.zs)
_, A_HIDDEN, A_OUTPUT = (a[0] for a in TRACE.activations)
HALF = as_character(MAZUR.cost([[1.0]], [[0.0]]))
COST = MAZUR.cost(TRACE.output, MAZUR.y)
ERROR_OUTPUT = MAZUR.cost.slope(TRACE.output, MAZUR.y)[0]
SLOPE_OUTPUT, SLOPE_HIDDEN = (
    SIGMOID.derivative_from_output(a) for a in (A_OUTPUT, A_HIDDEN)
)
DELTA_OUTPUT = ERROR_OUTPUT * SLOPE_OUTPUT
ERROR_HIDDEN = W_OUTPUT @ DELTA_OUTPUT
DELTA_HIDDEN = ERROR_HIDDEN * SLOPE_HIDDEN


def five(value: float) -> str:
    """A number as the figure has it."""
    return signed(float(value), 5)


def _sum(terms: list[tuple[float, float]], rest: str, total: float) -> str:
    """Products that are added up, and what comes out."""
    parts = [f"{_short(one)} × {_short(other)}" for one, other in terms]
    return f"{' + '.join(parts)}{rest} = {five(total)}".replace("+ −", "− ")


def _short(value: float) -> str:
    """As it was given where it was given, else with five digits."""
    text = f"{float(value):g}"
    return text.replace("-", "−") if len(text) <= 5 else five(value)


STEPS = [
    Step(
        "The input, the weights and the biases are given.", "Forward: what is z of h₁?"
    ),
    Step(
        "Each hidden neuron weighs its inputs, and adds its bias.",
        "z of h₁ = "
        + _sum(
            list(zip(W_HIDDEN[:, 0], X, strict=True)),
            f" + {_short(B_HIDDEN[0])}",
            Z_HIDDEN[0],
        ),
    ),
    Step(
        "It passes the sum through the sigmoid.",
        f"a of h₁ = σ({five(Z_HIDDEN[0])}) = {five(A_HIDDEN[0])}",
    ),
    Step(
        "The outputs weigh what the hidden neurons give.",
        "z of o₁ = "
        + _sum(
            list(zip(W_OUTPUT[:, 0], A_HIDDEN, strict=True)),
            f" + {_short(B_OUTPUT[0])}",
            Z_OUTPUT[0],
        ),
    ),
    Step(
        "They pass it through the sigmoid.",
        f"a of o₁ = σ({five(Z_OUTPUT[0])}) = {five(A_OUTPUT[0])}",
    ),
    Step(
        f"The cost adds up {HALF} (a − y)² of both outputs.",
        "C = "
        + " + ".join(
            f"{HALF} ({five(a)} − {_short(y)})²"
            for a, y in zip(A_OUTPUT, Y, strict=True)
        )
        + f" = {five(COST)}",
    ),
    Step(
        "Back: the derivative of C with respect to an output is a − y.",
        f"∂C/∂a of o₁ = {five(A_OUTPUT[0])} − {_short(Y[0])} = {five(ERROR_OUTPUT[0])}",
    ),
    Step(
        "The derivative of the sigmoid is a(1 − a).",
        f"of o₁: {five(A_OUTPUT[0])} × (1 − {five(A_OUTPUT[0])}) = "
        f"{five(SLOPE_OUTPUT[0])}",
    ),
    Step(
        "Their product is δ = ∂C/∂z.",
        f"δ of o₁ = {five(ERROR_OUTPUT[0])} × {five(SLOPE_OUTPUT[0])} = "
        f"{five(DELTA_OUTPUT[0])}",
    ),
    Step(
        "The derivative for a weight is δ of its right end times a of its left.",
        f"for h₁ → o₁: {five(DELTA_OUTPUT[0])} × {five(A_HIDDEN[0])} = "
        f"{five(GRADIENTS.weights[1][0, 0])}",
    ),
    Step(
        "Down to the hidden neurons: what comes back over both weights is added up.",
        "∂C/∂a of h₁ = "
        + _sum(list(zip(DELTA_OUTPUT, W_OUTPUT[0], strict=True)), "", ERROR_HIDDEN[0]),
    ),
    Step(
        "Times the derivative of their own sigmoid, it is their δ.",
        f"δ of h₁ = {five(ERROR_HIDDEN[0])} × {five(SLOPE_HIDDEN[0])} = "
        f"{five(DELTA_HIDDEN[0])}",
    ),
    Step(
        "δ times the input is the derivative for a weight of the first layer.",
        f"for x₁ → h₁: {five(DELTA_HIDDEN[0])} × {_short(X[0])} = "
        f"{five(GRADIENTS.weights[0][0, 0])}",
    ),
]

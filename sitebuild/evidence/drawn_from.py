"""What the random networks and errors of the records are drawn from, by name.

A new row of `ACTIVATIONS` or `MISTAKES` would move every draw, and the records with it;
so it is not among these.  To take it in, add its name here and renew the records of
`diagnosis`, `gradient_check.trials`, `gradient_check.achievable` and
`gradient_check.peers`.
"""

from backprop_explained import ACTIVATIONS, MISTAKES

_ACTIVATIONS = (
    *("sigmoid", "tanh", "relu", "identity", "leaky_relu", "leaky_relu_negative"),
    *("abs", "relu6", "hard_tanh", "hard_sigmoid", "hardswish", "softshrink"),
    *("elu", "celu", "selu", "softplus", "log_sigmoid", "squareplus", "softsign"),
    *("arctan", "asinh", "tanhshrink", "silu", "gelu", "gelu_tanh", "mish"),
    *("exp", "expm1", "sinh", "log", "sqrt", "reciprocal", "tan"),
    *("cube", "square", "sin", "gaussian"),
)
_MISTAKES = (
    *("a where z belongs", "z where a belongs", "slope missing"),
    *("a where z belongs, output layer", "z where a belongs, output layer"),
    "slope missing, output layer",
    *("a where z belongs, hidden layers", "z where a belongs, hidden layers"),
    "slope missing, hidden layers",
    "slope missing in what is passed down",
    "tanh's slope for the sigmoid, from a",
    "tanh's slope for the sigmoid, from z",
    "the sigmoid's slope for tanh, from a",
    "the sigmoid's slope for tanh, from z",
    "relu gated with >= on the output",
    *("sign", "factor 2", "factor 1/2", "factor 1/m", "updated weights"),
    "slope missing in what is passed down, updated weights",
    *("W for W.T", "output for input", "transposed"),
    *("bias gradient not summed", "bias gradient averaged"),
    "bias gradient summed over the layer",
)

DRAWN_ACTIVATIONS = tuple(ACTIVATIONS[name] for name in _ACTIVATIONS)
DRAWN_MISTAKES = tuple(MISTAKES[name] for name in _MISTAKES)

"""What the symbols of the formulas mean where a page does not say otherwise.

A meaning is a Python expression in other symbols, in the names of the page, of the
package and of NumPy.  `random`, `fraction` and `index` draw numbers that are new at
every point at which a formula is tried; `partial` is a derivative, measured along the
meanings.
The letters and their shapes are those of the notation page.
"""

_NAMES = {
    "sigma": "sigmoid",
    "delta": "partial('C', 'z')",
    "C": "squared_error([[a]], [[y]])",
    "a": "sigmoid(z)",
    "y": "fraction()",
    "diag": "np.diag",
    "epsilon": "np.finfo(float).eps",
    "σ": "sigmoid",
    "s": "sigmoid",
}
NEURON = _NAMES | {
    "x": "random()",
    "w": "random()",
    "b": "random()",
    "z": "random()",
}
"""One neuron, one example: all are numbers."""

LAYER = _NAMES | {
    "C": "squared_error(a, y)",
    "a_previous": "random(5, 3)",
    "W": "random(3, 2)",
    "b": "random(2)",
    "z": "a_previous @ W + b",
    "y": "fraction(5, 2)",
}
"""A layer for examples as rows."""

COLUMNS = _NAMES | {
    "C": "squared_error(a.T, y.T)",
    "a_previous": "random(3, 1)",
    "W": "random(2, 3)",
    "b": "random(2, 1)",
    "z": "W @ a_previous + b",
    "y": "fraction(2, 1)",
}
"""A layer for one example as a column, as in other books."""

SETS = {"neuron": NEURON, "layer": LAYER, "columns": COLUMNS}
"""What a declaration may name instead of single symbols."""

SLOPES = (
    "sigmoid_derivative",
    "sigmoid_derivative_from_output",
    "ACTIVATIONS['tanh'].derivative",
)
"""What a formula in a code span may be without a declaration."""

"""Code in any language, judged by its numbers: nine slopes, or a whole gradient."""

import re

import numpy as np

from backprop_explained.activations import SIGMOID, Activation
from backprop_explained.catalogue import ACTIVATIONS
from backprop_explained.check.probes import is_slope
from backprop_explained.check.readings import Reading
from backprop_explained.check.resemblance import a_factor
from backprop_explained.check.subject import listed
from backprop_explained.check.takes import Argument, ArgumentVerdict
from backprop_explained.check.whole_gradient import check_json
from backprop_explained.notation import Array

__all__ = ["INPUTS", "check_json", "check_numbers"]

INPUTS = (-4.0, -2.5, -1.2, -0.5, 0.25, 0.8, 1.5, 2.5, 4.0)
"""The nine numbers at which a derivative is evaluated, in whatever language."""


def check_numbers(text: str, activation: Activation = SIGMOID) -> ArgumentVerdict:
    """Tell which argument a derivative takes, by its values at `INPUTS`.

    Parameters
    ----------
    text : str
        The nine results in the order of `INPUTS`, separated by spaces, commas or lines.
    activation : Activation
        Whose slope it should be.

    Returns
    -------
    ArgumentVerdict
        Print it.

    Raises
    ------
    ValueError
        If there are not nine numbers; the message names the line and the number.

    Examples
    --------
    >>> results = [x * (1 - x) for x in INPUTS]
    >>> print(check_numbers(" ".join(map(str, results))))
    takes the output: pass `a`, not `z`
    >>> check_numbers("0.1, oops")
    Traceback (most recent call last):
    ValueError: line 1, number 2: expected a number such as 0.25, not 'oops'
    """
    values, x = _numbers(text), np.array(INPUTS)
    if names := _read_from(values, x, activation):
        argument = Argument.EITHER if len(names) == 2 else Argument(names[0])
        return ArgumentVerdict(argument, activation.name)
    told = [
        a_factor([Reading(name, values)], slope)
        for name, slope in _slopes(activation, x)
    ]
    if is_slope(values, np.asarray(activation.function(x))).all():
        told.append("it is the activation itself, not its slope")
    for row in ACTIVATIONS.values():
        if names := _read_from(values, x, row):
            told.append(f"it is the slope of {row.name}, from {listed(names, 'or')}")
    told.append(f"at {x[0]:g} it gives {values[0]:g}")
    resembles = next(filter(None, told))
    return ArgumentVerdict(Argument.NEITHER, activation.name, resembles)


def _slopes(activation: Activation, x: Array) -> list[tuple[str, Array]]:
    functions = [("z", activation.derivative), ("a", activation.derivative_from_output)]
    with np.errstate(all="ignore"):
        found = [(n, np.asarray(f(x), dtype=float)) for n, f in functions if f]
    return [(name, slope) for name, slope in found if np.isfinite(slope).all()]


def _read_from(values: Array, x: Array, row: Activation) -> list[str]:
    return [name for name, s in _slopes(row, x) if is_slope(values, s).all()]


def _numbers(text: str) -> Array:
    values = []
    for i, line in enumerate(text.splitlines(), 1):
        words = [word for word in re.split(r"[\s,;\[\](){}]+", line) if word]
        for j, word in enumerate(words, 1):
            try:
                value = float(word)
            except ValueError:
                value = float("nan")
            if not np.isfinite(value):
                raise ValueError(
                    f"line {i}, number {j}: expected a number such as 0.25, "
                    f"not {word!r}"
                )
            values.append(value)
    if len(values) != len(INPUTS):
        raise ValueError(
            f"expected {len(INPUTS)} numbers, one for each of the inputs, but found "
            f"{len(values)}; write decimals with a point"
        )
    return np.array(values)

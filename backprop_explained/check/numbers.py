"""Code in any language, judged by its numbers: nine slopes, or a whole gradient."""

import json
import re
from itertools import product
from typing import Any

import numpy as np

from backprop_explained.activations import SIGMOID, Activation
from backprop_explained.catalogue import ACTIVATIONS
from backprop_explained.check.diagnosis import diagnose_gradients
from backprop_explained.check.probes import is_slope
from backprop_explained.check.readings import Reading
from backprop_explained.check.report import Diagnosis
from backprop_explained.check.resemblance import a_factor
from backprop_explained.check.takes import Argument, ArgumentVerdict
from backprop_explained.costs import cross_entropy, squared_error, sum_of_squares
from backprop_explained.network import Network
from backprop_explained.notation import Array

INPUTS = (-4.0, -2.5, -1.2, -0.5, 0.25, 0.8, 1.5, 2.5, 4.0)
"""The nine numbers at which a derivative is evaluated, in whatever language."""

COSTS = {c.name: c for c in (squared_error, sum_of_squares, cross_entropy)}

KEYS = ("weights", "inputs", "targets", "gradients")


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
            quoted = " or ".join(f"`{name}`" for name in names)
            told.append(f"it is the slope of {row.name}, from {quoted}")
    told.append(f"at {x[0]:g} it gives {values[0]:g}")
    resembles = next(filter(None, told))
    return ArgumentVerdict(Argument.NEITHER, activation.name, resembles)


def _slopes(activation: Activation, x: Array) -> list[tuple[str, Array]]:
    functions = [
        ("z", activation.derivative),
        ("a", activation.derivative_from_output),
    ]
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


def check_json(text: str) -> tuple[str, Diagnosis]:
    """Say which mistake is in a whole gradient, given as JSON.

    Parameters
    ----------
    text : str
        An object with `weights`, `inputs`, `targets`, `gradients` and, if there are
        any, `biases`; `gradients` has the weights' of every layer, then the biases'.
        `activation` and `cost` name others than sigmoid and squared_error.

    Returns
    -------
    layout : str
        How the shapes were read.
    diagnosis : Diagnosis
        Print it.

    Raises
    ------
    ValueError
        If it is no such JSON; the message says which line, or which entry.

    Examples
    --------
    >>> layout, diagnosis = check_json('''{"weights": [[[0.5], [-1.0]]],
    ...     "inputs": [[1, 2]], "targets": [[1]], "gradients": [[[0.5], [1]]]}''')
    >>> layout
    'examples are rows, weights are (in, out)'
    >>> diagnosis.correct
    False
    """
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(
            f"line {error.lineno}, character {error.colno}: {error.msg}"
        ) from error
    if not isinstance(given, dict) or any(key not in given for key in KEYS):
        raise ValueError(f"expected an object with the keys {', '.join(KEYS)}")
    activation = _named(given, "activation", ACTIVATIONS, "sigmoid")
    cost = _named(given, "cost", COSTS, "squared_error")
    arrays = {
        key: [_matrix(v, f"{key}[{i}]") for i, v in enumerate(_list(given, key))]
        for key in ("weights", "gradients", "biases")
    }
    x, y = (_matrix(given[key], key) for key in ("inputs", "targets"))
    flip, columns, layout = _layout(arrays["weights"], x, y)
    weights = [W.T if flip else W for W in arrays["weights"]]
    biases = [b.ravel() for b in arrays["biases"]]
    network = Network(weights, biases or None, activation)
    diagnosis = diagnose_gradients(
        network,
        x,
        y,
        arrays["gradients"],
        cost,
        layout="out_in" if flip else "in_out",
        examples="columns" if columns else "rows",
    )
    return layout, diagnosis


def _named(given: dict[str, Any], key: str, known: dict[str, Any], usual: str) -> Any:
    name = given.get(key, usual)
    if not isinstance(name, str) or name not in known:
        raise ValueError(f"{key}: expected one of {', '.join(known)}, not {name!r}")
    return known[name]


def _list(given: dict[str, Any], key: str) -> list[Any]:
    value = given.get(key, [])
    if not isinstance(value, list):
        raise ValueError(f"{key}: expected a list with one array per layer")
    return value


def _matrix(value: Any, place: str) -> Array:
    _insist_on_numbers(value, place)
    try:
        return np.array(value, dtype=np.float64)
    except ValueError as error:
        raise ValueError(f"{place}: expected rows of equal length") from error


def _insist_on_numbers(value: Any, place: str) -> None:
    if isinstance(value, list):
        for i, entry in enumerate(value):
            _insist_on_numbers(entry, f"{place}[{i}]")
    elif isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{place}: expected a number, not {value!r}")


def _layout(weights: list[Array], x: Array, y: Array) -> tuple[bool, bool, str]:
    """How the shapes fit together: W transposed, examples as columns, and in words."""
    if not weights or any(array.ndim != 2 for array in [*weights, x, y]):
        raise ValueError(
            "weights, inputs and targets: expected matrices, as lists of rows"
        )
    fitting = []
    for columns, flip in product((False, True), repeat=2):
        ins, outs = (1, 0) if flip else (0, 1)
        widths = [x.shape[0 if columns else 1], *(W.shape[outs] for W in weights)]
        ends = y.shape[0 if columns else 1]
        fits = [W.shape[ins] for W in weights] == widths[:-1] and ends == widths[-1]
        if fits and x.shape[columns] == y.shape[columns]:
            side = "columns" if columns else "rows"
            order = "(out, in)" if flip else "(in, out)"
            text = f"examples are {side}, weights are {order}"
            fitting.append((flip, columns, text))
    if not fitting:
        shapes = ", ".join(str(array.shape) for array in [x, *weights, y])
        raise ValueError(
            f"the shapes of inputs, weights and targets do not fit together: {shapes}"
        )
    flip, columns, text = fitting[0]
    others = "".join(f"; {other} would fit too" for *_, other in fitting[1:])
    return flip, columns, text + others

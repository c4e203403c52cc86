"""A whole gradient as JSON, from code in any language: a verdict and a diagnosis."""

from collections.abc import Iterator
from typing import NamedTuple

from backprop_explained.check.arrangement import (
    Arrangement,
    Shapes,
    arrangements,
    batches,
    targets,
)
from backprop_explained.check.diagnosis import diagnose_gradients
from backprop_explained.check.json_given import Given
from backprop_explained.check.report import Diagnosis
from backprop_explained.network import Network
from backprop_explained.notation import Array


def check_json(text: str) -> tuple[str, Diagnosis]:
    """Say which mistake is in a whole gradient, given as JSON.

    Parameters
    ----------
    text : str
        An object with `weights`, `inputs`, `targets`, `gradients` and, if there are
        any, `biases`; `gradients` has the weights' of every layer, then the biases'.
        `activation` names a row of `ACTIVATIONS` for all layers, or one per layer, of
        which the last may be `softmax`; `cost` names a cost of the package, and
        `mean_over` says "entries" or "examples" where it is a mean.  `step_size` and
        `outputs` are those of `diagnose_gradients`.

    Returns
    -------
    layout : str
        How the shapes were read.
    diagnosis : Diagnosis
        Print it.

    Raises
    ------
    ValueError
        If it is no such JSON; the message says which line and which number of it, and
        what was expected there.

    Examples
    --------
    >>> layout, diagnosis = (
    ...     check_json('''{"weights": [[[0.5], [-1.0]]],
    ...     "inputs": [[1, 2]], "targets": [[1]],
    ...     "gradients": [[[0.5], [1]]]}''')
    ... )
    >>> layout
    'examples are rows, weights are (in, out)'
    >>> diagnosis.correct
    False
    >>> check_json('''{"weights": [[[0.5], [-1.0]]],
    ...     "inputs": [[1, "2"]], "targets": [[1]],
    ...     "gradients": [[[0.5], [1]]]}''')
    Traceback (most recent call last):
    ValueError: line 2, number 2 (inputs[0][1]): expected a number, not '2'
    """
    given = Given(text)
    weights = given.arrays("weights")
    x, y = given.array("inputs"), given.array("targets")
    found = list(_fitting([W.shape for W in weights], x, y))
    if not found:
        raise ValueError(_unfit(given, weights, x, y))
    read = [(layout, _diagnosis(given, layout, weights)) for layout in found]
    chosen, diagnosis = next((pair for pair in read if pair[1]), read[0])
    others = dict.fromkeys(one.words for one in found if one.words != chosen.words)
    told = "; ".join([chosen.words, *(f"{words} would fit too" for words in others)])
    return told, diagnosis


def _diagnosis(given: Given, layout: "_Layout", weights: list[Array]) -> Diagnosis:
    biases = [b.ravel() for b in given.arrays("biases")]
    outputs = given.array("outputs") if "outputs" in given.tree else None
    if outputs is not None and layout.columns:
        outputs = outputs.T
    rows, cost, size = given.activations(len(weights)), given.cost(), given.step_size()
    gradients = given.arrays("gradients")
    try:
        return diagnose_gradients(
            Network(layout.way.read_weights(weights), biases or None, rows),
            *(layout.x, layout.y, gradients, cost),
            outputs=outputs,
            step_size=size,
            layout="out_in" if layout.way.flip else "in_out",
        )
    except ValueError as error:
        raise ValueError(f"{given.places.of('gradients')}: {error}") from error


class _Layout(NamedTuple):
    """How the shapes fit together: data as rows, which array is what, in words."""

    x: Array
    y: Array
    columns: bool
    way: Arrangement
    words: str


def _unfit(given: Given, weights: list[Array], x: Array, y: Array) -> str:
    arrays: list[tuple[tuple[str | int, ...], Array]] = [(("inputs",), x)]
    arrays += [(("weights", i), W) for i, W in enumerate(weights)]
    arrays += [(("targets",), y)]
    parts = [f"{given.places.of(*path)} {array.shape}" for path, array in arrays]
    return f"the shapes do not fit together: {', '.join(parts)}"


def _fitting(shapes: Shapes, x: Array, y: Array) -> Iterator[_Layout]:
    """Each way in which the weights, in their order, lead from inputs to targets."""
    order = tuple(range(len(shapes)))
    for xs, ys, columns in batches(x, y):
        for target in targets(ys, shapes[-1:]):
            widths = xs.shape[1], target.shape[1]
            for way in arrangements(shapes, *widths, folds=(None,)):
                if way.weights == order:
                    side = "columns" if columns else "rows"
                    turned = "(out, in)" if way.flip else "(in, out)"
                    words = f"examples are {side}, weights are {turned}"
                    yield _Layout(xs, target, columns, way, words)

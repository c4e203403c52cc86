"""The gradients of a network that somebody wrote: a verdict on each."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained.backprop import backward, forward, predict
from backprop_explained.check.diagnosis import diagnose_gradients
from backprop_explained.check.given import names_of
from backprop_explained.check.gradient import check_gradients
from backprop_explained.check.mistakes import MISTAKES
from backprop_explained.check.report import Diagnosis
from backprop_explained.check.suspects import Match
from backprop_explained.check.verdict import ArrayCheck
from backprop_explained.costs import Cost, squared_error
from backprop_explained.network import Network
from backprop_explained.notation import Array, as_array
from backprop_explained.practise.grade import Grade, is_blank
from backprop_explained.practise.values import (
    are,
    listing,
    still_missing,
    those,
    what_is_wrong,
)


def grade_gradients(
    gradients: Mapping[str, Any],
    cost: Any,
    parameters: Mapping[str, ArrayLike],
    *,
    known: Mapping[str, Mapping[str, ArrayLike]] | None = None,
) -> Grade:
    """Grade the gradients of any cost, by central differences of it.

    Parameters
    ----------
    gradients : mapping
        The answer: an array for each name, `...` where it is not written yet.
    cost : callable
        `cost(parameters)` of a list of arrays, as for `check_gradients`.
    parameters : mapping
        Where the gradients were taken, under the names of the gradients.
    known : mapping of mapping, optional
        Wrong gradients that are expected, under the sentence that each deserves.

    Returns
    -------
    Grade
        Right where each array is; else the word for each.

    Examples
    --------
    >>> at = {"dw": [3.0], "db": [1.0]}
    >>> cost = lambda p: ((2 * p[0] + p[1]) ** 2).sum() / 2
    >>> given = {"dw": [14.0], "db": [7.0]}
    >>> print(grade_gradients(given, cost, at).verdict)
    Right: each agrees with the differences of the cost.
    >>> given = {"dw": [7.0], "db": [7.0]}
    >>> print(grade_gradients(given, cost, at).verdict)
    db is right; dw is right except for a factor 0.5.
    >>> given = {"dw": [14.0], "db": ...}
    >>> print(grade_gradients(given, cost, at))
    dw is right; db is still to be written.
      dw  right
      db  missing
    """
    arrays, words, faults = _read(gradients, parameters)
    checks = _checked(cost, parameters, arrays)
    for name, one in checks.items():
        words[name] = "right" if one.verdict in ("right", "kink") else "wrong"
    if set(words.values()) == {"right"}:
        right = "Right: each agrees with the differences of the cost."
        return Grade(True, right, words)
    if faults:
        return Grade(False, faults[0], words)
    if "missing" in words.values():
        return Grade(False, still_missing(words), words)
    for sentence, wrong in (known or {}).items():
        if all(np.allclose(arrays[name], wrong[name]) for name in words):
            so_far = _right_so_far(words)
            start = sentence if so_far else sentence[:1].upper() + sentence[1:]
            return Grade(False, f"{so_far}{start}", words)
    return Grade(False, _sentence(words, arrays, checks), words)


def grade_network(
    gradients: Mapping[str, Any],
    network: Network,
    x: ArrayLike,
    y: ArrayLike,
    cost: Cost = squared_error,
    *,
    step_size: float | None = None,
    planted: str = "",
) -> Grade:
    """Grade the gradients of a network that is known: the mistake gets its name.

    Parameters
    ----------
    gradients : mapping
        The answer, under names such as "dW1" and "db1", layer by layer.
    network : Network
        The network.
    x, y : array_like of shape (m, n)
        The batch.
    cost : Cost
        The cost.
    step_size : float, optional
        The step of the update, for the mistakes that depend on it.
    planted : str
        The mistake that the exercise has put in: it is not named, for it is to be
        found.

    Returns
    -------
    Grade
        Right where each array is; else the word for each, and the mistake that makes
        them, where it is known.

    Examples
    --------
    >>> network = Network([[[0.5], [-1.0]]], [[0.25]])
    >>> x, y = [[1.0, 2.0]], [[1.0]]
    >>> from backprop_explained import backward, forward
    >>> trace = forward(network, x)
    >>> right = backward(network, trace, y, squared_error)
    >>> dW1, db1 = right.weights[0], right.biases[0]
    >>> given = {"dW1": 2 * dW1, "db1": 2 * db1}
    >>> print(grade_network(given, network, x, y).verdict)
    dW1 and db1 are wrong: twice the right gradient: a 2 that this cost does not have.
    """
    names = [f"d{name}" for name in names_of(network, len(network.parameters))]
    parameters = dict(zip(names, network.parameters, strict=True))
    arrays, words, faults = _read(gradients, parameters)
    if faults or "missing" in words.values():
        at = {name: parameters[name] for name in gradients}
        return grade_gradients(gradients, _cost_of(network, x, y, cost), at)
    given = [arrays[name] for name in names]
    found = diagnose_gradients(network, x, y, given, cost, step_size=step_size)
    wrong = {f"d{name}" for name in found.wrong}
    words = {name: "wrong" if name in wrong else "right" for name in gradients}
    if found.correct:
        right = "Right: each agrees with the differences of the cost."
        return Grade(True, right, words)
    if not found.matches:
        truth = backward(network, forward(network, x), y, cost).parameters
        right_ones = dict(zip(names, truth, strict=True))
        return Grade(False, _unknown(words, arrays, right_ones), words)
    return Grade(False, _named(found, words, planted), words)


def _unknown(
    words: Mapping[str, str], arrays: Mapping[str, Array], right: Mapping[str, Array]
) -> str:
    """What is wrong where no known mistake is: a sign or a factor, or which arrays."""
    wrong = those(words, "wrong")
    given, should = ([of[name] for name in wrong] for of in (arrays, right))
    several = len(wrong) > 1
    said = what_is_wrong(listing(wrong), given, should, several=several)
    return _right_so_far(words) + said


def _cost_of(network: Network, x: ArrayLike, y: ArrayLike, cost: Cost) -> Any:
    """The cost as a function of the parameters, in the order of their gradients."""

    def of_layers(layer_by_layer: list[Array]) -> Any:
        weights, biases = layer_by_layer[::2], layer_by_layer[1::2]
        moved = Network(weights, biases, network.activations)
        return cost.value(predict(moved, x), as_array(y, "y"))

    return of_layers


def _named(found: Diagnosis, words: dict[str, str], planted: str) -> str:
    said = f"{_right_so_far(words)}{are(those(words, 'wrong'))} wrong"
    others = [match for match in found.matches if match.mistake.name != planted]
    if not (others and (found.together or planted not in found.mistakes)):
        return f"{said}."
    whys = [_why(match) for match in others]
    joined = ", and ".join(dict.fromkeys(whys)) if found.together else whys[0]
    return f"{said}: {joined}."


def _why(match: Match) -> str:
    named = match.mistake.name in MISTAKES
    return match.mistake.description if named else match.name


def _right_so_far(words: Mapping[str, str]) -> str:
    right = those(words, "right")
    return f"{are(right)} right; " if right else ""


def _read(
    gradients: Mapping[str, Any], parameters: Mapping[str, ArrayLike]
) -> tuple[dict[str, Array], dict[str, str], list[str]]:
    """The arrays that can be judged, a word for each name, and faults of shape."""
    arrays: dict[str, Array] = {}
    words: dict[str, str] = {}
    faults: list[str] = []
    for name, parameter in parameters.items():
        value = gradients.get(name, ...)
        if is_blank(value):
            words[name] = "missing"
            continue
        given, like = np.asarray(value, float), np.asarray(parameter, float)
        if given.shape in ((1, *like.shape), (*like.shape, 1)) and like.ndim == 1:
            given = given.reshape(like.shape)
        if given.shape != like.shape:
            words[name] = "wrong"
            faults.append(what_is_wrong(name, [given], [like]))
            continue
        arrays[name], words[name] = given, "wrong"
    return arrays, words, faults


def _checked(
    cost: Any, parameters: Mapping[str, ArrayLike], arrays: Mapping[str, Array]
) -> dict[str, ArrayCheck]:
    """The checks of those that can be judged, the other parameters held."""
    if not arrays:
        return {}

    def of_these(moved: Sequence[Array]) -> Any:
        all_of_them = {**parameters, **dict(zip(arrays, moved, strict=True))}
        return cost([np.asarray(value, float) for value in all_of_them.values()])

    at = [np.asarray(parameters[name], float) for name in arrays]
    check = check_gradients(of_these, at, list(arrays.values()), method="entries")
    return dict(zip(arrays, check.arrays, strict=True))


def _sentence(
    words: Mapping[str, str],
    arrays: Mapping[str, Array],
    checks: Mapping[str, ArrayCheck],
) -> str:
    """The first that is wrong, beside what the differences say."""
    for name, one in checks.items():
        if words[name] == "wrong" and one.numerical is not None:
            return _right_so_far(words) + what_is_wrong(
                name, [arrays[name]], [one.numerical]
            )
    return f"{_right_so_far(words)}the rest is not right yet."

"""Say which mistake is in a gradient.

The gradient is held against the right one, and against each known mistake of
[MISTAKES][backprop_explained.check.mistakes.MISTAKES].  The right one is our backward
pass only where central differences of the cost agree with it at this very point.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained.activations import Activation
from backprop_explained.check.gradient import (
    STEP,
    GradientCheck,
    check_gradients,
    relative_error,
)
from backprop_explained.check.mistakes import (
    CONSTANT_FACTOR,
    FACTORS,
    MISTAKES,
    Mistake,
)
from backprop_explained.costs import Cost, as_target, squared_error
from backprop_explained.network import (
    Gradients,
    Network,
    Trace,
    as_input,
    backward_unchecked,
    check_cost,
    forward_unchecked,
)
from backprop_explained.notation import Array, as_array

Layout = Literal["in_out", "out_in"]
Examples = Literal["rows", "columns"]


class _Tolerance(NamedTuple):
    """How far an entry may be off: a part of itself, and of the largest one."""

    own: float
    largest: float
    least: float


FLOAT64 = _Tolerance(1e-6, 1e-11, 0.0)
"""1e-6 as in the gradient check; 1e-11 for what is left where a sum cancels."""

FLOAT32 = _Tolerance(1e-4, 1e-5, float(np.finfo(np.float32).tiny))
"""A thousand roundings of an entry, and a hundred of the largest one."""

KINK = 1e-4
"""Nearer to a kink than this, differences may straddle it, and cannot judge."""


class Match(NamedTuple):
    """A known mistake whose gradient, times a factor, is the one given.

    Attributes
    ----------
    mistake : Mistake
        The row of the table.
    factor : float
        1 where the two are equal.
    factor_name : str
        The factor in words, such as "1/m = 0.125"; empty where it is 1.

    Examples
    --------
    >>> Match(MISTAKES["sign"], 1.0, "").mistake.name
    'sign'
    """

    mistake: Mistake
    factor: float
    factor_name: str

    @property
    def name(self) -> str:
        """The name of the mistake, with its factor where there is one."""
        if not self.factor_name:
            return self.mistake.name
        if self.mistake is CONSTANT_FACTOR:
            return f"the right gradient times {self.factor_name}"
        return f"{self.mistake.name}, times {self.factor_name}"


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """The verdict on a gradient: true if it is right, and it prints as a report.

    Attributes
    ----------
    correct : bool
        Whether it is the gradient of the cost.
    matches : tuple of Match
        The known mistakes that make it; empty if it is right, or wrong and unknown.
    errors : tuple of float
        The relative error of each array against the right gradient, weights then
        biases; NaN where the shape is another or an entry is not finite.
    arrays : tuple of str
        What each array is: `"W1"` is the weights of layer 1.
    wrong : tuple of str
        The arrays that are not right.
    worst : str
        The entry that differs most, in words; empty if all are right.
    check : GradientCheck
        The central differences against our own backward pass.
    notes : tuple of str
        What else the reader should know.

    Examples
    --------
    >>> from backprop_explained import backward, forward
    >>> network = Network([[[0.5], [-1.0]]], [[0.0]])
    >>> gradients = backward(network, forward(network, [[1, 2]]), [[1]], squared_error)
    >>> bool(diagnose_gradients(network, [[1, 2]], [[1]], gradients))
    True
    """

    correct: bool
    matches: tuple[Match, ...]
    errors: tuple[float, ...]
    arrays: tuple[str, ...]
    wrong: tuple[str, ...]
    worst: str
    check: GradientCheck
    notes: tuple[str, ...]

    @property
    def mistakes(self) -> tuple[str, ...]:
        """The names of the mistakes in `matches`."""
        return tuple(match.mistake.name for match in self.matches)

    def __bool__(self) -> bool:
        return self.correct

    def __str__(self) -> str:
        table = [
            f"  {name:<4}relative error {error:.1e}  "
            f"{'wrong' if name in self.wrong else 'right'}"
            for name, error in zip(self.arrays, self.errors, strict=True)
        ]
        worst = [f"  {self.worst}"] if self.worst else []
        notes = [f"note: {note}" for note in self.notes]
        reasons = chain.from_iterable(map(_reasons, self.matches))
        return "\n".join([self._summary(), *table, *worst, *reasons, *notes])

    def _summary(self) -> str:
        if self.correct:
            return "gradient: right"
        where = f"wrong in {', '.join(self.wrong)}"
        if not self.matches:
            return f"gradient: {where}; wrong, and unknown: no known mistake makes it"
        names = " or ".join(f"“{match.name}”" for match in self.matches)
        some = "; all of these make it here" if len(self.matches) > 1 else ""
        return f"gradient: {where}: {names}{some}"


def _reasons(match: Match) -> Iterator[str]:
    """What, why and how to mend it, line by line."""
    mistake = match.mistake
    yield f"“{match.name}”"
    yield f"  why:    {mistake.description}"
    yield f"  change: {mistake.code}"
    yield f"  to:     {mistake.instead}"
    yield f"  read:   {mistake.page}"


def diagnose_gradients(
    network: Network,
    x: ArrayLike,
    y: ArrayLike,
    gradients: Gradients | Sequence[ArrayLike],
    cost: Cost = squared_error,
    *,
    step_size: float | None = None,
    layout: Layout = "in_out",
    examples: Examples = "rows",
) -> Diagnosis:
    """Say whether a gradient is right and, if not, which known mistake made it.

    Parameters
    ----------
    network : Network
        Your parameters and activations; weights are `(n_in, n_out)` here, so give
        `W.T` where yours are `(n_out, n_in)`.
    x : array_like of shape (m, n_0)
        The batch.
    y : array_like of shape (m, n_L)
        What the output should have been.
    gradients : Gradients or sequence of array_like of the same shapes
        Yours: the weights' of every layer, then the biases' of every layer.  The
        biases' may be left out, and are then not judged.  A bias gradient of shape
        `(1, n_out)` or `(n_out, 1)` counts as `(n_out,)`.
    cost : Cost
        What they are the gradient of, summed over examples and outputs.
    step_size : float, optional
        The step of your update, for the mistakes that depend on it.
    layout : "in_out" or "out_in"
        Whether your weight gradients are `(n_in, n_out)` or `(n_out, n_in)`.
    examples : "rows" or "columns"
        `"columns"` for `x` of shape `(n_0, m)` and `y` of shape `(n_L, m)`.

    Returns
    -------
    Diagnosis
        True if right; print it for which mistake, where, why and the line to change.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If shapes or lengths do not fit, an entry of the data is NaN or infinite, or
        an option is none of its values.

    Notes
    -----
    A mistake is named only if its gradient equals the given one in every entry, to
    1e-6 (1e-4 in float32), or does so times one factor, which is then stated.  One
    constant is all that a factor may be: if the mistake times ½ or 1/m, say, fits,
    nothing else is looked for.

    Examples
    --------
    >>> from backprop_explained import SIGMOID, backward, forward, sigmoid_derivative
    >>> slope = lambda z, a: sigmoid_derivative(a)
    >>> W = [[[0.8, 0.1], [-0.6, 0.4]], [[0.3], [-0.9]]]
    >>> yours = Network(W, activations=SIGMOID._replace(slope=slope))
    >>> x, y = [[0.5, 1.0], [1.0, -1.0]], [[1], [0]]
    >>> gradients = backward(yours, forward(yours, x), y, squared_error)
    >>> print(diagnose_gradients(Network(W), x, y, gradients))
    gradient: wrong in W1, W2: “a where z belongs”
      W1  relative error ...  wrong
      W2  relative error ...  wrong
      worst: W2[...] is ..., but should be ...
    “a where z belongs”
      why:    the output is passed to a derivative written for z, in every layer
      change: delta = error * sigmoid_derivative(a)
      to:     delta = error * sigmoid_derivative(z)
      read:   learn/mixed-up.md#the-output-passed-to-sx-1-sx
    """
    _one_of("layout", layout, get_args(Layout))
    _one_of("examples", examples, get_args(Examples))
    check_cost(cost, None)
    _check_step_size(step_size)
    if examples == "columns":
        x, y = as_array(x, "x").T, as_array(y, "y").T
    x = as_input(network, x).astype(np.float64)
    target = as_target(y, forward_unchecked(network, x).output).astype(np.float64)
    network, suspects = _mend(_in_float64(network), x)
    given, transposed = _read(network, gradients, layout, len(x))
    judge = _judge(network, x, target, cost, len(given))
    tolerance = FLOAT32 if _is_short(given) else FLOAT64
    given = [array.astype(np.float64) for array in given]
    names = _names(network, len(given))
    wrong = [i for i, g in enumerate(given) if not judge.accepts(i, g, tolerance)]
    matches: list[Match] = []
    if wrong:
        candidates = _candidates(network, x, target, cost, step_size)
        factors = _factors(len(x), target.shape[1], step_size)
        matches = _matches(given, judge.right, candidates, factors, tolerance)
    if transposed:
        matches.insert(0, Match(MISTAKES["transposed"], 1.0, ""))
        wrong = sorted({*range(len(network.weights)), *wrong})
    notes = [
        *suspects,
        *judge.notes,
        *_notes(network, given, names, transposed),
        *_step_note(network, wrong, matches, step_size),
    ]
    return Diagnosis(
        not wrong,
        tuple(matches),
        tuple(map(_error, given, judge.right)),
        names,
        tuple(names[i] for i in wrong),
        _worst(names, given, judge.right, wrong),
        judge.check,
        tuple(notes),
    )


# ---- what was given


def _one_of(name: str, value: Any, values: Sequence[str]) -> None:
    if value not in values:
        expected = " or ".join(map(repr, values))
        raise ValueError(f"{name} must be {expected}, not {value!r}")


def _check_step_size(step_size: float | None) -> None:
    if step_size is not None and not (np.isfinite(step_size) and step_size > 0):
        raise ValueError(
            f"step_size must be above 0 and finite, not {step_size}; give the step of "
            "your update, or leave it out"
        )


def _in_float64(network: Network) -> Network:
    return network.with_parameters([p.astype(np.float64) for p in network.parameters])


def _is_short(arrays: list[Array]) -> bool:
    return any(array.dtype.itemsize < 8 for array in arrays)


def _names(network: Network, count: int) -> tuple[str, ...]:
    layers = range(1, len(network.weights) + 1)
    return tuple([f"{kind}{layer}" for kind in "Wb" for layer in layers][:count])


def _read(
    network: Network,
    gradients: Gradients | Sequence[ArrayLike],
    layout: Layout,
    m: int,
) -> tuple[list[Array], bool]:
    """The arrays in the network's layout, and whether they came transposed."""
    listed = gradients.parameters if isinstance(gradients, Gradients) else gradients
    if isinstance(listed, np.ndarray) or not isinstance(listed, Sequence):
        raise TypeError(
            "gradients must be a Gradients or a list of arrays, not "
            f"{type(listed).__name__}; give weights, then biases"
        )
    depth = len(network.weights)
    counts = sorted({depth, len(network.parameters)})
    if len(listed) not in counts:
        raise ValueError(
            f"gradients must hold {' or '.join(map(str, counts))} arrays, but hold "
            f"{len(listed)}; give the weights' of every layer, then the biases'"
        )
    names = _names(network, len(listed))
    arrays = [
        as_array(array, f"the gradient of {name}")
        for array, name in zip(listed, names, strict=True)
    ]
    weights, transposed = _read_weights(network, arrays[:depth], layout)
    biases = [
        _read_bias(array, b, m, name)
        for array, b, name in zip(
            arrays[depth:], network.biases, names[depth:], strict=False
        )
    ]
    return [*weights, *biases], transposed


def _read_weights(
    network: Network, arrays: list[Array], layout: Layout
) -> tuple[list[Array], bool]:
    turned = [array.T for array in arrays]
    as_said, otherwise = (arrays, turned) if layout == "in_out" else (turned, arrays)
    expected = [W.shape for W in network.weights]
    for weights, transposed in [(as_said, False), (otherwise, True)]:
        if [array.shape for array in weights] == expected:
            return weights, transposed
    layer, found, shape = next(
        (layer, array.shape, W.shape)
        for layer, (array, W) in enumerate(zip(as_said, network.weights, strict=True))
        if array.shape != W.shape
    )
    raise ValueError(
        f"layer {layer + 1}: a gradient of shape {found} does not fit weights of "
        f"shape {shape}; give the weights' of every layer, then the biases'"
    )


def _read_bias(array: Array, b: Array, m: int, name: str) -> Array:
    """A bias gradient as `(n_out,)`; one for each example stays `(m, n_out)`."""
    n = b.size
    if array.size == n:
        return array.reshape(n)
    if array.size == 1:
        return np.full(n, array.item(), array.dtype)  # as an update would stretch it
    if array.shape == (m, n):
        return array
    if array.shape == (n, m):
        return array.T
    raise ValueError(
        f"the gradient of {name} has shape {array.shape}, but the biases have "
        f"{b.shape}; sum delta over the examples"
    )


# ---- what is right


class _Judge(NamedTuple):
    """The right gradient, and how far two right ways to write it differ."""

    right: list[Array]
    slack: list[Array]
    check: GradientCheck
    notes: list[str]

    def accepts(self, i: int, given: Array, tolerance: _Tolerance) -> bool:
        return _equal(given, self.right[i], tolerance, self.slack[i])


def _judge(network: Network, x: Array, y: Array, cost: Cost, count: int) -> _Judge:
    """Backward, if central differences agree with it; else the differences."""
    trace = forward_unchecked(network, x)
    own = backward_unchecked(network, trace, y, cost).parameters

    def value(parameters: list[Array]) -> float:
        return float(cost.value(_output(network, parameters, x), y))

    check = check_gradients(value, network.parameters, own)
    other = backward_unchecked(_from_z(network), trace, y, cost).parameters
    slack = [_gap(u, v) for u, v in zip(own, other, strict=True)]
    if set(check.verdicts) <= {"right", "undecided"} and check.verdict != "random":
        return _Judge(own[:count], slack[:count], check, [])
    if check.verdict == "kink" or _near_kink(network, trace):
        note = "a z lies on a kink, where two slopes are right; ours is the judge there"
        return _Judge(own[:count], slack[:count], check, [note])
    note = (
        "central differences disagree with our backward pass, so they are the judge; "
        "is the slope of each activation, and of the cost, its derivative?"
    )
    # The differences err by about 1e-9 of the largest slope, and more where it bends.
    entries = check_gradients(value, network.parameters, own, method="entries")
    differences = entries.numerical or ()
    slack = [np.full(d.shape, 1e-6 * np.abs(d).max()) for d in differences]
    return _Judge(list(differences[:count]), slack[:count], check, [note])


def _output(network: Network, parameters: list[Array], x: Array) -> Array:
    """The forward pass, without the checks: the differences ask for it often."""
    depth = len(network.weights)
    biases: Sequence[Array | float] = parameters[depth:] or [0.0] * depth
    a = x
    for W, b, row in zip(parameters[:depth], biases, network.activations, strict=True):
        a = row.function(a @ W + b)
    return a


def _from_z(network: Network) -> Network:
    """The same network with each slope read off `z`, if it can be."""
    rows = [
        row._replace(slope=_slope_of(row)) if row.derivative else row
        for row in network.activations
    ]
    return Network(network.weights, network.biases or None, rows)


def _slope_of(row: Activation) -> Any:
    derivative = row.derivative
    return lambda z, a: derivative(z) if derivative else row.slope(z, a)


def _gap(u: Array, v: Array) -> Array:
    """How far apart two right gradients are, where the slope has lost its digits."""
    gap: Array = np.nan_to_num(2 * np.abs(u - v), nan=0.0, posinf=0.0)
    return gap


def _near_kink(network: Network, trace: Trace) -> bool:
    return any(
        bool((np.abs(z - kink) < KINK).any())
        for z, row in zip(trace.zs, network.activations, strict=True)
        for kink in row.kinks
    )


def _mend(network: Network, x: Array) -> tuple[Network, list[str]]:
    """Put the derivative where a slope is not the derivative, and say so."""
    trace, rows, notes = forward_unchecked(network, x), [], []
    for layer, (row, z, a) in enumerate(
        zip(network.activations, trace.zs, trace.activations[1:], strict=True), 1
    ):
        rows.append(row)
        if _is_slope(row, z, row.slope(z, a)) or row.derivative is None:
            continue
        if _is_slope(row, z, row.derivative(z)):
            rows[-1] = row._replace(slope=_slope_of(row))
            notes.append(
                f"layer {layer}: the slope of this network's {row.name} is not its "
                "derivative; its derivative was used"
            )
    return Network(network.weights, network.biases or None, rows), notes


def _is_slope(row: Activation, z: Array, slope: Array) -> bool:
    """Whether it is the slope of the function, where no kink or border is near."""
    h = STEP * np.maximum(1, np.abs(z))
    with np.errstate(all="ignore"):
        measured = (row.function(z + h) - row.function(z - h)) / (2 * h)
    smooth = np.isfinite(measured)
    for kink in row.kinks:
        smooth &= np.abs(z - kink) > 2 * h
    off = np.abs(slope - measured)[smooth]
    sizes = np.abs(measured)[smooth]
    return bool((off <= 1e-4 * sizes + 1e-8 * sizes.max(initial=1.0)).all())


def _equal(
    given: Array, expected: Array, tolerance: _Tolerance, slack: Array | float = 0.0
) -> bool:
    """Whether each entry is what is expected; never where one is NaN."""
    if given.shape != expected.shape:
        return False
    sizes = np.abs(expected)
    allowed = tolerance.own * sizes + tolerance.largest * sizes.max() + slack
    return bool((np.abs(given - expected) <= allowed + tolerance.least).all())


def _error(given: Array, right: Array) -> float:
    return relative_error(given, right) if given.shape == right.shape else float("nan")


def _worst(
    names: Sequence[str], given: list[Array], right: list[Array], wrong: list[int]
) -> str:
    """The entry that is furthest from right, as a part of its array's largest."""
    gaps: dict[tuple[int, tuple[int, ...]], float] = {}
    for i in wrong:
        if given[i].shape != right[i].shape:
            return (
                f"worst: the gradient of {names[i]} has shape {given[i].shape}, "
                f"but should have {right[i].shape}"
            )
        largest = np.abs(right[i]).max() or 1.0
        gap = np.nan_to_num(np.abs(given[i] - right[i]) / largest, nan=np.inf)
        entry = tuple(int(k) for k in np.unravel_index(gap.argmax(), gap.shape))
        gaps[i, entry] = float(gap[entry])
    if not gaps:
        return ""
    i, entry = max(gaps, key=lambda key: gaps[key])
    where = ", ".join(map(str, entry))
    return (
        f"worst: {names[i]}[{where}] is {given[i][entry]:.6g}, "
        f"but should be {right[i][entry]:.6g}"
    )


# ---- which mistake


def _candidates(
    network: Network, x: Array, y: Array, cost: Cost, step_size: float | None
) -> list[tuple[Mistake, list[Array]]]:
    """Each known mistake that can be made here, and the gradient it makes."""
    made = []
    for mistake in MISTAKES.values():
        with np.errstate(all="ignore"):  # a mistaken slope may overflow
            gradients = mistake.gradients(network, x, y, cost, step_size)
        if gradients and all(np.isfinite(g).all() for g in gradients.parameters):
            made.append((mistake, gradients.parameters))
    return made


def _matches(
    given: list[Array],
    right: list[Array],
    candidates: list[tuple[Mistake, list[Array]]],
    factors: dict[str, float],
    tolerance: _Tolerance,
) -> list[Match]:
    """Equal mistakes; else the right gradient times a factor; else mistakes times one.

    A round factor is looked for before any other.
    """
    equal = [
        Match(mistake, 1.0, "")
        for mistake, made in candidates
        if _all_equal(given, made, 1.0, tolerance)
    ]
    if equal:
        return equal
    scaled = list(_scaled(given, [(CONSTANT_FACTOR, right)], factors, tolerance))
    if scaled:
        return scaled
    others = [pair for pair in candidates if pair[0].name not in FACTORS]
    scaled = list(_scaled(given, others, factors, tolerance))
    named = [match for match in scaled if match.factor in factors.values()]
    return named or scaled


def _all_equal(
    given: list[Array], made: list[Array], factor: float, tolerance: _Tolerance
) -> bool:
    # made is longer where the biases' gradients were not given
    return all(
        _equal(u, factor * v, tolerance) for u, v in zip(given, made, strict=False)
    )


def _scaled(
    given: list[Array],
    candidates: list[tuple[Mistake, list[Array]]],
    factors: dict[str, float],
    tolerance: _Tolerance,
) -> Iterator[Match]:
    """Those that equal the given gradient times one factor."""
    for mistake, made in candidates:
        factor = _factor(given, made)
        if factor and _all_equal(given, made, factor, tolerance):
            for name, value in factors.items():
                if abs(factor - value) <= tolerance.own * abs(value):
                    yield Match(mistake, value, name)
                    break
            else:
                yield Match(mistake, factor, f"{factor:.6g}")


def _factor(given: list[Array], made: list[Array]) -> float | None:
    """The factor that fits best, by least squares; `None` where there is none."""
    pairs = list(zip(given, made, strict=False))
    if any(u.shape != v.shape for u, v in pairs):
        return None
    u = np.concatenate([u.ravel() for u, _ in pairs])
    v = np.concatenate([v.ravel() for _, v in pairs])
    largest = np.abs(v).max()
    if largest == 0 or not np.isfinite(u).all():
        return None
    v = v / largest  # so that no square overflows or vanishes
    return float(u @ v / (v @ v) / largest)


def _factors(m: int, n: int, step_size: float | None) -> dict[str, float]:
    """The factors that code is known to carry, by name."""
    sizes = {"m": m, "n": n, "(m n)": m * n}
    positive = {"1": 1.0, "2": 2.0, "1/2": 0.5, "4": 4.0, "1/4": 0.25}
    for name, size in sizes.items():
        positive |= {f"1/{name} = {1 / size:.6g}": 1 / size}
        positive |= {f"2/{name} = {2 / size:.6g}": 2 / size}
        positive |= {f"1/2{name} = {0.5 / size:.6g}": 0.5 / size}
    positive |= {f"m = {m}": float(m)}
    if step_size:
        positive |= {f"step_size = {step_size:g}": step_size}
    return positive | {
        f"-{name.replace('= ', '= -')}": -value for name, value in positive.items()
    }


# ---- what else to say


def _notes(
    network: Network, given: list[Array], names: Sequence[str], transposed: bool
) -> Iterator[str]:
    for name, array in zip(names, given, strict=True):
        if not np.isfinite(array).all():
            yield f"the gradient of {name} holds NaN or infinity"
    if len(given) < len(network.parameters):
        yield "the gradients of the biases were not given, and are not judged"
    if transposed:
        yield "if yours are meant to be the other way round, say so with layout="


def _step_note(
    network: Network,
    wrong: list[int],
    matches: list[Match],
    step_size: float | None,
) -> Iterator[str]:
    if wrong and not matches and step_size is None and len(network.weights) > 1:
        yield (
            "if your code updates the weights while the error is still on its way "
            "down, give step_size= as well"
        )

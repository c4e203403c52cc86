"""Say which mistake is in a gradient.

Whether it is right, the gradient check says.  What is wrong is then held against each
known mistake of [MISTAKES][backprop_explained.check.mistakes.MISTAKES].
"""

from collections.abc import Sequence
from typing import Any, Literal, get_args

from numpy.typing import ArrayLike

from backprop_explained._checks import as_input, check_cost
from backprop_explained.check.beside import diagnose_own
from backprop_explained.check.cost_form import Value
from backprop_explained.check.given import Layout
from backprop_explained.check.known_network import (
    diagnose_known,
    of_another_cost,
    problem_of,
)
from backprop_explained.check.numerical import insist_above_0
from backprop_explained.check.outputs import fitted, read_outputs
from backprop_explained.check.own import read_own
from backprop_explained.check.recognise import OwnCost
from backprop_explained.check.report import Diagnosis
from backprop_explained.costs import Cost, squared_error
from backprop_explained.network import Gradients, Network
from backprop_explained.notation import Array, as_array

Examples = Literal["rows", "columns"]


def diagnose_gradients(
    network: Network | Sequence[ArrayLike],
    x: ArrayLike,
    y: ArrayLike,
    gradients: Gradients | Sequence[ArrayLike],
    cost: Cost | Value | OwnCost | None = None,
    *,
    outputs: ArrayLike | Sequence[ArrayLike] | None = None,
    step_size: float | None = None,
    layout: Layout | None = None,
    examples: Examples | None = None,
) -> Diagnosis:
    """Say whether a gradient is right and, if not, which known mistake made it.

    Parameters
    ----------
    network : sequence of array_like of any shape, or Network
        Your parameters as you have them, such as `[W1, b1, W2, b2]`, in any order and
        layout; what they are is found out from `cost`.  Or a `Network`, whose weights
        are `(n_in, n_out)`.
    x : array_like of shape (m, n_0)
        The batch.
    y : array_like of shape (m, n_L)
        What the output should have been; with a list, class numbers will do.
    gradients : sequence of array_like of the same shapes, or Gradients
        Yours.  For a list, one for each parameter in its order.  For a `Network`, the
        weights' of every layer, then the biases' of every layer; the biases' may be
        left out, and are then not judged.  A bias gradient of shape `(1, n_out)` or
        `(n_out, 1)` counts as `(n_out,)`.
    cost : callable or Cost, optional
        With a list, your `cost(parameters)`, as for `check_gradients`.  With a
        `Network`, a `Cost` or any function of `(a, y)`; half the sum of squares where
        nothing is said.
    outputs : array_like of shape (m, n_L), or one per layer, optional
        Your forward pass, to be compared first.
    step_size : float, optional
        The step of your update, for the mistakes that depend on it.
    layout : "in_out" or "out_in", optional
        Whether your weight gradients are `(n_in, n_out)` or `(n_out, n_in)`; with a
        `Network`, the first is meant if nothing is said.
    examples : "rows" or "columns", optional
        `"columns"` for `x` of shape `(n_0, m)` and `y` of shape `(n_L, m)`; with a
        `Network`, the first is meant if nothing is said.

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
    nothing else is looked for.  If no single mistake fits, up to three are looked for
    one after the other, from the last layer down.

    A list of parameters is judged by differences of its cost alone.  If it is wrong,
    the network is recognised by its costs at random parameters: layers in a chain, the
    activations of the catalogue, a known cost times a number, a penalty on squares.
    If none fits, the report says so, and names nothing.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[0.5, 1.0], [1.0, -1.0]])
    >>> y = np.array([[1.0], [0.0]])
    >>> W = np.array([[0.8], [-0.6]])
    >>> b = np.array([[0.1]])
    >>> output = lambda p: np.tanh(x @ p[0] + p[1])
    >>> cost = lambda p: np.mean((output(p) - y) ** 2)
    >>> a = np.tanh(x @ W + b)
    >>> delta = (a - y) * (1 - a**2)
    >>> given = [x.T @ delta, delta.sum(axis=0)]
    >>> bool(diagnose_gradients([W, b], x, y, given, cost))
    True
    >>> delta = (a - y) * (1 - np.tanh(a) ** 2)
    >>> given = [x.T @ delta, delta.sum(axis=0)]
    >>> print(diagnose_gradients([W, b], x, y, given, cost))
    gradient: wrong in W1, b1: “a where z belongs”
      ...
      change: delta = error * tanh_derivative(a)
      to:     delta = error * tanh_derivative(z)
      ...

    With a `Network`:

    >>> from backprop_explained import SIGMOID, backward
    >>> from backprop_explained import forward
    >>> from backprop_explained import sigmoid_derivative
    >>> slope = lambda z, a: sigmoid_derivative(a)
    >>> W = [[[0.8, 0.1], [-0.6, 0.4]], [[0.3], [-0.9]]]
    >>> row = SIGMOID._replace(slope=slope)
    >>> yours = Network(W, activations=row)
    >>> x, y = [[0.5, 1.0], [1.0, -1.0]], [[1], [0]]
    >>> trace = forward(yours, x)
    >>> given = backward(yours, trace, y, squared_error)
    >>> print(diagnose_gradients(Network(W), x, y, given))
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
    for name, value, known in [
        ("layout", layout, get_args(Layout)),
        ("examples", examples, get_args(Examples)),
    ]:
        if value is not None and value not in known:
            expected = " or ".join(map(repr, known))
            raise ValueError(f"{name} must be {expected}, not {value!r}")
    way_out = "; give the step of your update, or leave it out"
    insist_above_0(step_size, "step_size", way_out)
    if isinstance(network, list | tuple):
        own = read_own(network, gradients, cost, step_size, outputs)
        flips = (False, True) if layout is None else (layout == "out_in",)
        columns = (False, True) if examples is None else (examples == "columns",)
        return diagnose_own(own, as_array(x, "x"), as_array(y, "y"), flips, columns)
    given: Any = cost
    whole: Any = network  # or what `as_input` refuses
    if not (given is None or callable(given)):
        check_cost(given, None)
    if examples == "columns":
        x, y = as_array(x, "x").T, as_array(y, "y").T
    model, notes = _fitted(whole, as_input(whole, x), outputs, examples)
    problem, more = problem_of(model, x, y, given or squared_error, step_size)
    diagnosis = diagnose_known(problem, gradients, layout or "in_out", [*notes, *more])
    return diagnosis if given else of_another_cost(diagnosis, problem)


def _fitted(
    network: Any, x: Array, outputs: Any, examples: Examples | None
) -> tuple[Network, list[str]]:
    """The network of that forward pass, where there is one."""
    if outputs is None:
        return network, []
    depth, columns = len(network.weights), examples == "columns"
    return fitted(network, x, read_outputs(outputs, depth, columns=columns))

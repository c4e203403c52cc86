r"""A network as a value; the forward pass and the backward pass as functions.

Forward, layer by layer:

$$z = a_{\text{previous}} W + b, \qquad a = \sigma(z).$$

Backward, from the last layer to the first:

$$\begin{aligned}
\delta &= \frac{\partial C}{\partial a} \odot \sigma'(z) &
\frac{\partial C}{\partial W} &= a_{\text{previous}}^{\mathsf T}\, \delta \\
\frac{\partial C}{\partial b} &= \sum_{\text{examples}} \delta &
\frac{\partial C}{\partial a_{\text{previous}}} &= \delta\, W^{\mathsf T}
\end{aligned}$$

The code below is these equations, in this order, with these letters.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained.activations import SIGMOID, Activation
from backprop_explained.costs import Cost, as_target
from backprop_explained.notation import Array, as_array, finite_array


class Trace(NamedTuple):
    """All that the forward pass computed, and all that the backward pass needs.

    Attributes
    ----------
    zs : list of ndarray of shape (m, n_l)
        The pre-activations, one entry a layer.
    activations : list of ndarray of shape (m, n_l)
        The input, then the output of each layer: one entry more.

    Examples
    --------
    >>> trace = forward(Network([np.ones((3, 4)), np.ones((4, 1))]), np.ones((2, 3)))
    >>> [z.shape for z in trace.zs], [a.shape for a in trace.activations]
    ([(2, 4), (2, 1)], [(2, 3), (2, 4), (2, 1)])
    """

    zs: list[Array]
    activations: list[Array]

    @property
    def output(self) -> Array:
        """The output of the last layer, of shape (m, n_L)."""
        return self.activations[-1]


class Gradients(NamedTuple):
    """The slope of the cost in every parameter, in the order and shapes of the network.

    Attributes
    ----------
    weights : list of ndarray of shape (n_in, n_out)
        `dC/dW`, one entry a layer.
    biases : list of ndarray of shape (n_out,)
        `dC/db`, one entry a layer; empty for a network without biases.

    Examples
    --------
    >>> gradients = Gradients([np.array([[2.0]])], [np.array([1.0])])
    >>> gradients.parameters
    [array([[2.]]), array([1.])]
    """

    weights: list[Array]
    biases: list[Array]

    @property
    def parameters(self) -> list[Array]:
        """Weights, then biases: beside `Network.parameters`, entry by entry."""
        return [*self.weights, *self.biases]


@dataclass(frozen=True, eq=False, init=False)
class Network:
    """Weights, biases and activations that fit together: checked here, once.

    Parameters
    ----------
    weights : sequence of array_like of shape (n_in, n_out)
        One entry a layer.  They are copied, and the copies cannot be written to.
    biases : sequence of array_like of shape (n_out,), optional
        One entry a layer; without them the network has none, and trains none.
    activations : Activation or sequence of Activation
        One for all layers, or one a layer.

    Raises
    ------
    TypeError
        If an activation is not an `Activation`, or a parameter is not a real number.
    ValueError
        If shapes or lengths do not fit (the message says which layer, and which two),
        or a parameter is NaN or infinite.

    Examples
    --------
    >>> network = Network(weights=[[[0.5], [-1.0]]], biases=[[0.25]])
    >>> predict(network, [[1, 2]])
    array([[0.22270014]])
    >>> Network(weights=[np.ones((3, 4)), np.ones((5, 1))])
    Traceback (most recent call last):
    ValueError: layer 2: weights of shape (5, 1) take 5 inputs, but layer 1, ...
    """

    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    activations: tuple[Activation, ...]

    def __init__(
        self,
        weights: Sequence[ArrayLike],
        biases: Sequence[ArrayLike] | None = None,
        activations: Activation | Sequence[Activation] = SIGMOID,
    ) -> None:
        Ws = _parameters(weights, "weights", "(n_in, n_out)")
        bs = _parameters(() if biases is None else biases, "biases", "(n_out,)")
        _check_fit(Ws, bs)
        rows = _one_a_layer(activations, len(Ws))
        vars(self).update(weights=Ws, biases=bs, activations=rows)

    @property
    def layers(self) -> Iterator[tuple[Array, Array | float, Activation]]:
        """Weights, biases (0 where there are none) and activation, layer by layer."""
        biases: Sequence[Array | float] = self.biases or (0.0,) * len(self.weights)
        return zip(self.weights, biases, self.activations, strict=True)

    @property
    def parameters(self) -> list[Array]:
        """Weights, then biases: one list for a gradient check or an update."""
        return [*self.weights, *self.biases]

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        """Pickled and copied by building it anew: arrays would come back writable."""
        return Network, (self.weights, self.biases, self.activations)

    def with_parameters(self, parameters: Sequence[ArrayLike]) -> "Network":
        """The same network with other numbers in it.

        Parameters
        ----------
        parameters : sequence of array_like
            In the order and shapes of `parameters`.

        Returns
        -------
        Network
            A new one; this one stays as it is.

        Raises
        ------
        TypeError
            If a parameter is not a real number.
        ValueError
            If the shapes are not those of this network, or an entry is NaN or infinite.
        """
        check_shapes(self, parameters, "parameters")
        depth = len(self.weights)
        return Network(parameters[:depth], parameters[depth:], self.activations)


def _parameters(arrays: Sequence[ArrayLike], name: str, axes: str) -> tuple[Array, ...]:
    """Checked, read-only copies, so that a network stays what was checked."""
    if not isinstance(arrays, Sequence | np.ndarray):
        raise TypeError(f"{name} must be a list with one array a layer, not {arrays!r}")
    copies = []
    for layer, array in enumerate(arrays, 1):
        copy = finite_array(array, f"{name} of layer {layer}", axes).copy()
        copy.flags.writeable = False
        copies.append(copy)
    return tuple(copies)


def check_shapes(network: Network, given: Sequence[ArrayLike], name: str) -> None:
    """Insist on the shapes of the parameters: NumPy would stretch a smaller array.

    Raises
    ------
    TypeError
        If an entry is not a real number.
    ValueError
        If there are more or fewer arrays, or a shape differs.
    """
    own, depth = network.parameters, len(network.weights)
    if len(given) != len(own):
        raise ValueError(
            f"{name} must hold {len(own)} arrays, weights then biases, but hold "
            f"{len(given)}; give one for each of network.parameters"
        )
    for i, (parameter, array) in enumerate(zip(own, given, strict=True)):
        shape = as_array(array, name).shape
        if shape != parameter.shape:
            kind = "weights" if i < depth else "biases"
            raise ValueError(
                f"layer {i % depth + 1}: {name} of shape {shape} do not fit "
                f"{kind} of shape {parameter.shape}; make the two equal"
            )


def _check_fit(weights: tuple[Array, ...], biases: tuple[Array, ...]) -> None:
    """Insist that each layer takes what the one before it gives."""
    if not weights:
        raise ValueError("weights must hold one array a layer, but is empty; give one")
    if biases and len(biases) != len(weights):
        raise ValueError(
            f"biases must hold one array a layer, {len(weights)} in all, but holds "
            f"{len(biases)}; leave biases out for a network without any"
        )
    for layer, (before, W) in enumerate(pairwise(weights), 2):
        if before.shape[1] != W.shape[0]:
            raise ValueError(
                f"layer {layer}: weights of shape {W.shape} take {W.shape[0]} inputs, "
                f"but layer {layer - 1}, of shape {before.shape}, gives "
                f"{before.shape[1]}; make the two numbers equal"
            )
    for layer, (W, b) in enumerate(zip(weights, biases, strict=False), 1):
        if b.shape != W.shape[1:]:
            raise ValueError(
                f"layer {layer}: biases of shape {b.shape} do not fit weights of "
                f"shape {W.shape}; give one bias an output: shape {W.shape[1:]}"
            )


def _one_a_layer(given: Any, depth: int) -> tuple[Activation, ...]:
    if isinstance(given, Activation):  # itself a tuple, so this comes first
        return (given,) * depth
    rows = tuple(given) if isinstance(given, Sequence) else (given,)
    for row in rows:
        if not isinstance(row, Activation):
            raise TypeError(
                f"activations must be Activation rows such as SIGMOID, not {row!r}; "
                "make_activation makes one from a function and its derivative"
            )
    if len(rows) != depth:
        raise ValueError(
            f"activations must hold one row a layer, {depth} in all, but holds "
            f"{len(rows)}; or give a single one for all layers"
        )
    return rows


def random_network(
    widths: Sequence[int],
    activations: Activation | Sequence[Activation],
    rng: np.random.Generator | np.random.RandomState,
    draw: Callable[..., ArrayLike] | None = None,
    *,
    biases: bool = True,
) -> Network:
    r"""A network with random weights, and biases of 0.

    Parameters
    ----------
    widths : sequence of int
        How many numbers enter, and leave each layer: `[3, 4, 1]` has two layers.
    activations : Activation or sequence of Activation
        One for all layers, or one a layer.
    rng : numpy.random.Generator
        Where the randomness comes from; `RandomState`, for published seeds, also works.
    draw : callable, optional
        `(rng, shape) -> weights`, layer by layer from the first.  By default normal
        with standard deviation $1/\sqrt{n_\text{in}}$, which keeps the size of `z`
        independent of the width (LeCun et al., *Efficient BackProp*, 1998).
    biases : bool
        Whether there are biases.

    Returns
    -------
    Network
        Of `len(widths) - 1` layers.

    Raises
    ------
    TypeError
        If `rng` is not a generator, or a width is not a whole number.
    ValueError
        If there are fewer than two widths, or one is below 1.

    Examples
    --------
    >>> network = random_network([3, 4, 1], SIGMOID, np.random.default_rng(0))
    >>> [W.shape for W in network.weights]
    [(3, 4), (4, 1)]
    """
    if not isinstance(rng, np.random.Generator | np.random.RandomState):
        raise TypeError(
            f"rng must be a random generator, not {rng!r}; "
            "np.random.default_rng(seed) makes one"
        )
    for width in widths:
        if isinstance(width, bool) or not isinstance(width, int | np.integer):
            raise TypeError(f"widths must be whole numbers, not {width!r}; use an int")
    if len(widths) < 2 or min(widths) < 1:
        raise ValueError(
            f"widths must be two or more numbers from 1 up, not {list(widths)}; "
            "the first is the width of the input"
        )
    draw = draw or _normal
    shapes = list(pairwise(widths))
    weights = [draw(rng, shape) for shape in shapes]
    zeros = [np.zeros(n_out) for _, n_out in shapes] if biases else None
    return Network(weights, zeros, activations)


def _normal(
    rng: np.random.Generator | np.random.RandomState, shape: tuple[int, int]
) -> Array:
    return rng.normal(size=shape) / np.sqrt(shape[0])  # type: ignore[no-any-return]


def as_input(network: Network, x: ArrayLike) -> Array:
    """Read `x` as a batch that the network can take, of shape (m, n_0).

    Raises
    ------
    TypeError
        If `network` is not a `Network`, or `x` not made of real numbers.
    ValueError
        If `x` is not (m, n_0), is empty, or holds NaN or infinity.
    """
    if not isinstance(network, Network):
        raise TypeError(f"network must be a Network, not {network!r}; build one first")
    x = finite_array(x, "x", "(m, n)")
    first = network.weights[0]
    if x.shape[1] != first.shape[0]:
        raise ValueError(
            f"x of shape {x.shape} has {x.shape[1]} numbers an example, but layer 1, "
            f"of shape {first.shape}, takes {first.shape[0]}; examples are rows"
        )
    return x


def forward(network: Network, x: ArrayLike) -> Trace:
    """Run the network, and keep every `z` and every `a`.

    Parameters
    ----------
    network : Network
        The parameters and activations.
    x : array_like of shape (m, n_0)
        A batch, one row an example.

    Returns
    -------
    Trace
        `activations[0]` is the input, `activations[-1]` the output.

    Raises
    ------
    TypeError, ValueError
        If `network` or `x` is not what it should be, with the reason.

    Examples
    --------
    >>> trace = forward(Network([[[0.5], [-1.0]]]), [[1, 2]])
    >>> trace.zs[0], trace.activations[1]
    (array([[-1.5]]), array([[0.18242552]]))
    """
    return forward_unchecked(network, as_input(network, x))


def forward_unchecked(network: Network, x: Array) -> Trace:
    """[forward][backprop_explained.forward] for a loop that has checked `x` once."""
    zs: list[Array] = []
    activations = [x]
    for W, b, activation in network.layers:
        zs.append(activations[-1] @ W + b)  # z
        activations.append(activation.function(zs[-1]))  # a
    return Trace(zs, activations)


def predict(network: Network, x: ArrayLike) -> Array:
    """The output of the network alone.

    Parameters
    ----------
    network : Network
        The parameters and activations.
    x : array_like of shape (m, n_0)
        A batch, one row an example.

    Returns
    -------
    ndarray of shape (m, n_L)
        One row an example, one column an output.

    Raises
    ------
    TypeError, ValueError
        As [forward][backprop_explained.forward] does.

    Examples
    --------
    >>> predict(Network([[[0.5], [-1.0]]]), [[1, 2], [0, 0]])
    array([[0.18242552],
           [0.5       ]])
    """
    return forward(network, x).output


def backward(
    network: Network,
    trace: Trace,
    y: ArrayLike,
    cost: Cost,
    *,
    output_delta: Callable[[Array, Array], Array] | None = None,
) -> Gradients:
    r"""The gradient of the cost in every weight and bias, by backpropagation.

    Parameters
    ----------
    network : Network
        The network that made the trace.
    trace : Trace
        What [forward][backprop_explained.forward] returned.
    y : array_like of shape (m, n_L)
        What the output should have been.
    cost : Cost
        Such as `squared_error`.
    output_delta : callable, optional
        `(a, y) -> delta` of the last layer, in place of `cost.slope` times the slope of
        the activation, where the product has a better form than its factors; such as
        [sigmoid_cross_entropy_delta][backprop_explained.sigmoid_cross_entropy_delta].

    Returns
    -------
    Gradients
        Summed over the examples, as the cost is.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If the trace is not of this network's shape, or `y` not of the output's; if an
        entry is NaN or infinite, or lies where the cost has no slope.

    Notes
    -----
    Source: equations BP1 to BP4 of Michael Nielsen, *Neural Networks and Deep
    Learning*, chapter 2, with examples as rows.

    Examples
    --------
    >>> from backprop_explained import squared_error
    >>> network = Network([[[0.5], [-1.0]]], [[0.0]])
    >>> trace = forward(network, [[1, 2]])
    >>> gradients = backward(network, trace, [[1]], squared_error)
    >>> gradients.weights[0]
    array([[-0.12193833],
           [-0.24387666]])
    """
    _check_trace(network, trace)
    check_cost(cost, output_delta)
    return backward_unchecked(
        network, trace, as_target(y, trace.output), cost, output_delta
    )


def backward_unchecked(
    network: Network,
    trace: Trace,
    y: Array,
    cost: Cost,
    output_delta: Callable[[Array, Array], Array] | None = None,
) -> Gradients:
    """[backward][backprop_explained.backward] for a loop that has checked `y` once."""
    slopes = [activation.slope for _, _, activation in network.layers]
    if output_delta is None:
        error = cost.slope(trace.output, y)  # dC/da
    else:
        error = output_delta(trace.output, y)  # dC/dz: the slope is in it already
        slopes[-1] = lambda z, a: np.ones_like(z)
    dW, db = [], []
    outputs, inputs = trace.activations[1:], trace.activations[:-1]
    for W, slope, z, a, a_previous in zip(
        *map(reversed, (network.weights, slopes, trace.zs, outputs, inputs)),
        strict=True,
    ):
        delta = error * slope(z, a)  # dC/dz
        dW.append(a_previous.T @ delta)  # dC/dW
        db.append(delta.sum(axis=0))  # dC/db
        error = delta @ W.T  # dC/da, one layer down
    return Gradients(dW[::-1], db[::-1] if network.biases else [])


def check_cost(cost: Any, output_delta: Any) -> None:
    """Insist on a `Cost`, and on a function where there is an `output_delta`.

    Raises
    ------
    TypeError
        If one of them is of the wrong kind.
    """
    if not isinstance(cost, Cost):
        raise TypeError(f"cost must be a Cost such as squared_error, not {cost!r}")
    if not (output_delta is None or callable(output_delta)):
        raise TypeError(
            f"output_delta must be a function of a and y, not {output_delta!r}; "
            "leave it out where cost.slope will do"
        )


def _check_trace(network: Network, trace: Trace) -> None:
    """Insist that the trace has the shapes that this network makes."""
    if not (isinstance(trace, Trace) and trace.activations):
        raise TypeError(f"trace must be what forward returned, not {trace!r}")
    x = as_input(network, trace.activations[0])
    expected = [(len(x), W.shape[1]) for W in network.weights]
    for name, given in [("zs", trace.zs), ("activations", trace.activations[1:])]:
        found = [np.shape(array) for array in given]
        if found != expected:
            raise ValueError(
                f"trace.{name} has shapes {found}, but this network makes {expected}; "
                "run forward on this network first"
            )

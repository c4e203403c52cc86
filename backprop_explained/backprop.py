r"""The forward pass and the backward pass: the equations, and the code that is them.

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

from collections.abc import Callable

from numpy.typing import ArrayLike

from backprop_explained._checks import as_input, check_cost, check_trace
from backprop_explained.costs import Cost, as_target
from backprop_explained.network import Gradients, Network, Trace
from backprop_explained.notation import Array

OutputDelta = Callable[[Array, Array], Array]
"""`(a, y) -> delta` of the last layer."""


def forward_unchecked(network: Network, x: Array) -> Trace:
    """[forward][backprop_explained.forward], for an `x` that has been checked."""
    zs: list[Array] = []
    activations = [x]
    for W, b, activation in network.layers:
        z = activations[-1] @ W + b
        zs.append(z)
        activations.append(activation.function(z))  # a
    return Trace(zs, activations)


def backward_unchecked(
    network: Network,
    trace: Trace,
    y: Array,
    cost: Cost,
    output_delta: OutputDelta | None = None,
) -> Gradients:
    """[backward][backprop_explained.backward], for a `y` that has been checked."""
    last = len(network.weights) - 1
    if output_delta is None:
        error = cost.slope(trace.output, y)  # dC/da of the last layer
    dW: list[Array] = []
    db: list[Array] = []
    for layer in range(last, -1, -1):
        W, slope = network.weights[layer], network.activations[layer].slope
        z, (a_previous, a) = trace.zs[layer], trace.activations[layer : layer + 2]
        if output_delta and layer == last:
            delta = output_delta(a, y)  # dC/dz, given as a whole
        else:
            delta = error * slope(z, a)  # dC/dz
        dW.append(a_previous.T @ delta)  # dC/dW
        db.append(delta.sum(axis=0))  # dC/db
        if layer > 0:
            error = delta @ W.T  # dC/da, one layer down
    return Gradients(dW[::-1], db[::-1] if network.biases else [])


def forward(network: Network, x: ArrayLike) -> Trace:
    """Run the network, and keep every `z` and every `a`.

    Parameters
    ----------
    network : Network
        The parameters and activations.
    x : array_like of shape (m, n_0)
        A batch, one row per example.

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
    >>> network = Network([[[0.5], [-1.0]]])
    >>> trace = forward(network, [[1, 2]])
    >>> trace.zs[0], trace.activations[1]
    (array([[-1.5]]), array([[0.18242552]]))
    """
    return forward_unchecked(network, as_input(network, x))


def predict(network: Network, x: ArrayLike) -> Array:
    """The output of the network alone.

    Parameters
    ----------
    network : Network
        The parameters and activations.
    x : array_like of shape (m, n_0)
        A batch, one row per example.

    Returns
    -------
    ndarray of shape (m, n_L)
        One row per example, one column per output.

    Raises
    ------
    TypeError, ValueError
        As [forward][backprop_explained.forward] does.

    Examples
    --------
    >>> network = Network([[[0.5], [-1.0]]])
    >>> predict(network, [[1, 2], [0, 0]])
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
    output_delta: OutputDelta | None = None,
) -> Gradients:
    r"""The gradient of the cost with respect to all weights and biases.

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
    >>> y, cost = [[1]], squared_error
    >>> backward(network, trace, y, cost).weights[0]
    array([[-0.12193833],
           [-0.24387666]])
    """
    check_trace(network, trace)
    check_cost(cost, output_delta)
    return backward_unchecked(
        network, trace, as_target(y, trace.output), cost, output_delta
    )

"""A network as somebody holds it: its parameters in a list, or all of them in a vector.

How long a vector is says how wide the hidden layer must be, given the data.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, NoReturn

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained.check.arrangement import Shapes, batches, targets
from backprop_explained.check.numerical import FLOAT32, FLOAT64, Tolerance
from backprop_explained.check.recognise import Asked, OwnCost, ask, match
from backprop_explained.check.recognised import Recognised
from backprop_explained.costs import Cost
from backprop_explained.notation import Array, as_array


class Own(NamedTuple):
    """What somebody hands over."""

    parameters: list[Array]  # in the order and shapes of theirs
    gradients: list[Array]  # one for each
    cost: OwnCost
    step_size: float | None = None  # of their update, if it is known
    rounding: float = 0.0  # how far an entry of the gradients may be off by it
    outputs: ArrayLike | Sequence[ArrayLike] | None = None  # of their forward pass

    @property
    def shapes(self) -> Shapes:
        """Those of the parameters."""
        return [p.shape for p in self.parameters]

    @property
    def tolerance(self) -> Tolerance:
        """By the precision of what was given."""
        arrays = [*self.parameters, *self.gradients]
        usual = FLOAT32 if any(a.dtype.itemsize < 8 for a in arrays) else FLOAT64
        return usual._replace(least=max(usual.least, self.rounding))


def read_own(
    parameters: Sequence[ArrayLike],
    gradients: Sequence[ArrayLike],
    cost: Any,
    step_size: float | None,
    outputs: ArrayLike | Sequence[ArrayLike] | None = None,
) -> Own:
    """The lists as arrays; each parameter has one gradient."""
    if not callable(cost) or isinstance(cost, Cost):
        raise TypeError(
            "cost must be your function of the parameters, cost([W1, b1, ...]), where "
            f"a list of parameters is given, not {cost!r}"
        )
    if isinstance(gradients, np.ndarray) or not isinstance(gradients, Sequence):
        raise TypeError(
            "gradients must be a list of arrays, one for each parameter, not "
            f"{type(gradients).__name__}"
        )
    if len(parameters) != len(gradients):
        raise ValueError(
            f"there are {len(parameters)} parameters but {len(gradients)} gradients; "
            "give one gradient for each parameter, in the same order"
        )
    return Own(
        [as_array(p, f"parameter {i}") for i, p in enumerate(parameters, 1)],
        [as_array(g, f"gradient {i}") for i, g in enumerate(gradients, 1)],
        cost,
        step_size,
        outputs=outputs,
    )


def fitting(own: Own) -> list[Array] | None:
    """The gradients in the shapes of the parameters, if they have them."""
    pairs = zip(own.gradients, own.shapes, strict=True)
    fitted = [like(gradient, shape) for gradient, shape in pairs]
    arrays = [array for array in fitted if array is not None]
    return arrays if len(arrays) == len(fitted) else None


def like(gradient: Array, shape: tuple[int, ...]) -> Array | None:
    """In the shape of its parameter; a plain list is a row, or a column."""
    if gradient.shape == shape:
        return gradient
    flat = max(shape, default=1) == gradient.size == max(gradient.shape, default=1)
    plain = min(len(shape), gradient.ndim) < 2
    return gradient.reshape(shape) if flat and plain else None


def refuse_shapes(own: Own) -> NoReturn:
    """Say which gradient has another shape than its parameter."""
    pairs = zip(own.shapes, own.gradients, strict=True)
    shape, found = next((s, g.shape) for s, g in pairs if like(g, s) is None)
    raise ValueError(
        f"a gradient of shape {found} does not fit a parameter of shape {shape}, and "
        "no network was recognised in which it would; give each gradient the shape of "
        "its parameter"
    )


# ---- all parameters in one vector, as courses and optimizers want them


def taken_apart(
    own: Own,
    pairs: Sequence[tuple[Array, Array]],
    flips: Sequence[bool] = (False, True),
    columns: Sequence[bool] = (False, True),
) -> tuple[Own, Recognised] | None:
    """One vector as the arrays of a network that makes the same costs, if there is one.

    The pairs are inputs and targets that may belong to it.  Where there is more than a
    single parameter of shape `(n,)`, nothing is found.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> x, y = rng.normal(size=(5, 3)), rng.random((5, 2))
    >>> def cost(p):
    ...     W1, W2 = p[0][:12].reshape(3, 4), p[0][12:].reshape(4, 2)
    ...     return float(((np.tanh(np.tanh(x @ W1) @ W2) - y) ** 2).sum())
    >>> own, found = taken_apart(Own([np.ones(20)], [np.ones(20)], cost), [(x, y)])
    >>> own.shapes, found.arrangement.names
    ([(3, 4), (4, 2)], ('W1', 'W2'))
    """
    if own.shapes and (len(own.shapes) > 1 or len(own.shapes[0]) != 1):
        return None
    asked: dict[Any, Asked | None] = {}
    for x, y in pairs:
        for shapes in _shapes(own.parameters[0].size, x, y, columns):
            parts = _parts(own, shapes)
            key = tuple(shapes)
            doubles = [p.astype(np.float64) for p in parts.parameters]
            if key not in asked:
                asked[key] = ask(doubles, parts.cost)
            if found := match(asked[key], doubles, x, y, flips, columns):
                return parts, found
    return None


def _shapes(size: int, x: Array, y: Array, columns: Sequence[bool]) -> Iterator[Shapes]:
    """What so many numbers may be, with one hidden layer or none."""
    seen = []
    for xs, ys, _ in batches(x, y, columns):
        n_in = xs.shape[1]
        classes = [(int(y.max()) + 1,)] if y.size and y.max() < size else []
        for target in targets(ys, classes):
            for shapes in _layers(size, n_in, target.shape[1]):
                if shapes not in seen:
                    seen.append(shapes)
                    yield shapes


def _layers(size: int, n_in: int, n_out: int) -> Iterator[Shapes]:
    """With the biases in a row or a column of the weights, by themselves, or absent."""
    for bias in (1, 0):
        if size == (n_in + bias) * n_out:
            yield from _orders([n_in, n_out], bias)
        hidden, rest = divmod(size - bias * n_out, n_in + bias + n_out)
        if hidden > 0 and not rest:
            yield from _orders([n_in, hidden, n_out], bias)


def _orders(widths: list[int], bias: int) -> Iterator[Shapes]:
    pairs = list(pairwise(widths))
    yield [(n, k + bias) for k, n in pairs]
    yield [(k + bias, n) for k, n in pairs]
    if not bias:
        return
    biases: Shapes = [(n,) for n in widths[1:]]
    for weights in ([(k, n) for k, n in pairs], [(n, k) for k, n in pairs]):
        yield [shape for pair in zip(weights, biases, strict=True) for shape in pair]
        yield [*weights, *biases]


def _parts(own: Own, shapes: Shapes) -> Own:
    """The same, with the vector cut into arrays of these shapes."""
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])[:-1]

    def cut(vector: Array) -> list[Array]:
        pieces = np.split(vector.reshape(-1), ends)
        return [p.reshape(s) for p, s in zip(pieces, shapes, strict=True)]

    def cost(parts: list[Array]) -> object:
        return own.cost([np.concatenate([part.reshape(-1) for part in parts])])

    return own._replace(
        parameters=cut(own.parameters[0]), gradients=cut(own.gradients[0]), cost=cost
    )

"""A network as somebody holds it: a list of parameters, a list of gradients, a cost."""

from collections.abc import Sequence
from typing import Any, NamedTuple, NoReturn

import numpy as np
from numpy.typing import ArrayLike

from backprop_explained.check.arrangement import Shapes
from backprop_explained.check.numerical import FLOAT32, FLOAT64, Tolerance
from backprop_explained.check.recognise import OwnCost
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

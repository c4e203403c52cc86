"""Which array is what, in a list of parameters in somebody's own order.

The shapes say most of it: weights form a chain from the input to the output, and what
is left are biases.  Where the shapes fit in more than one way, the cost is asked later.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise, product
from typing import NamedTuple

import numpy as np

from backprop_explained.notation import Array

LISTED, TRIED = 400, 8
"""Ways to arrange one list that are looked at, and those of them that are tried."""

Shape = tuple[int, ...]
Shapes = Sequence[Shape]


class Arrangement(NamedTuple):
    """What each array of a list is.

    `fold` is 0, -1 or None: whether biases stand in the first or in the last row of the
    weights, which then have a row more than there are inputs.

    Examples
    --------
    >>> shapes = [(3, 4), (1, 4), (4, 2), (1, 2)]
    >>> next(arrangements(shapes, 3, 2)).names
    ('W1', 'b1', 'W2', 'b2')
    """

    weights: tuple[int, ...]  # the position of each layer's
    biases: tuple[int | None, ...]  # the same; None where a layer has none
    flip: bool  # whether weights are (n_out, n_in)
    fold: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What each array is called, in the order of the list."""
        placed = {i: f"W{layer}" for layer, i in enumerate(self.weights, 1)}
        biases = enumerate(self.biases, 1)
        placed |= {i: f"b{layer}" for layer, i in biases if i is not None}
        return tuple(placed[i] for i in sorted(placed))

    def _matrices(self, arrays: Sequence[Array]) -> list[Array]:
        chosen = [arrays[i] for i in self.weights]
        return [a.reshape(-1, 1) if a.ndim < 2 else self._turned(a) for a in chosen]

    def read_weights(self, arrays: Sequence[Array]) -> list[Array]:
        """Those of each layer, as `(n_in, n_out)`."""
        whole = self._matrices(arrays)
        fold = self.fold
        return whole if fold is None else [np.delete(M, fold, 0) for M in whole]

    def read_biases(self, arrays: Sequence[Array]) -> list[Array]:
        """Those of each layer, as `(n_out,)`; zeros where one has none."""
        whole = self._matrices(arrays)
        if self.fold is not None:
            return [M[self.fold] for M in whole]
        if not any(i is not None for i in self.biases):
            return []
        return [
            np.zeros(M.shape[1]) if i is None else arrays[i].reshape(-1)
            for i, M in zip(self.biases, whole, strict=True)
        ]

    def in_order(
        self, weights: Sequence[Array], biases: Sequence[Array], shapes: Shapes
    ) -> list[Array]:
        """Arrays of each layer in the order of the list, and in its shapes."""
        if self.fold is not None:
            pairs = zip(weights, biases, strict=True)
            weights = [np.insert(W, self.fold % (len(W) + 1), b, 0) for W, b in pairs]
        placed = dict(zip(self.weights, map(self._turned, weights), strict=True))
        kept = zip(self.biases, biases, strict=bool(biases))
        placed |= {i: b for i, b in kept if i is not None}
        return [
            placed[i].reshape(shapes[i])
            if placed[i].size == np.prod(shapes[i])
            else placed[i]
            for i in sorted(placed)
        ]

    def _turned(self, W: Array) -> Array:
        return W.T if self.flip else W


def arrangements(
    shapes: Shapes,
    n_in: int,
    n_out: int,
    flips: Sequence[bool] = (False, True),
    folds: Sequence[int | None] = (None, -1, 0),
) -> Iterator[Arrangement]:
    """The likeliest ways in which arrays of these shapes form a network."""
    each = (_all(shapes, n_in, n_out, *way) for way in product(flips, folds))
    ways = islice(chain.from_iterable(each), LISTED)
    return iter(sorted(ways, key=_oddness)[:TRIED])


def _all(
    shapes: Shapes, n_in: int, n_out: int, flip: bool, fold: int | None
) -> Iterator[Arrangement]:
    widths_of = [_widths(shape, flip, fold) for shape in shapes]
    for weights, widths in _chains(widths_of, n_in, n_out, ()):
        left = [i for i in range(len(shapes)) if i not in weights]
        for biases in _biases(shapes, left, widths):
            if fold is None or not left:
                yield Arrangement(weights, biases, flip, fold)


def _oddness(way: Arrangement) -> tuple[bool, bool, bool]:
    """Layers alike, in their order, and each as far from its biases as the next."""
    present = [i for i in way.biases if i is not None]
    mixed = 0 < len(present) < len(way.biases)
    unordered = any(a > b for kind in (way.weights, present) for a, b in pairwise(kind))
    pairs = zip(way.weights, way.biases, strict=True)
    apart = {b - w for w, b in pairs if b is not None}
    return mixed, unordered, len(apart) > 1


def _chains(
    widths_of: Sequence[tuple[int, int] | None],
    width: int,
    n_out: int,
    taken: tuple[int, ...],
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Weights that lead from one width to another, and the widths between."""
    for i, fits in enumerate(widths_of):
        if i in taken or fits is None or fits[0] != width:
            continue
        longer = (*taken, i)
        for weights, widths in _chains(widths_of, fits[1], n_out, longer):
            yield weights, (fits[1], *widths)
        if fits[1] == n_out:
            yield longer, (n_out,)


def _widths(shape: Shape, flip: bool, fold: int | None) -> tuple[int, int] | None:
    """How many numbers enter and leave, if these are weights."""
    if len(shape) not in (1, 2):
        return None
    n_in, n_out = (*shape, 1)[:2] if len(shape) == 1 or not flip else shape[::-1]
    return n_in - (fold is not None), n_out


def _biases(
    shapes: Shapes, left: list[int], widths: tuple[int, ...]
) -> Iterator[tuple[int | None, ...]]:
    """What is left, one to a layer, and nothing left over."""
    if len(left) > len(widths):
        return
    if not widths:
        yield ()
        return
    for i in left:
        if max(shapes[i], default=1) == np.prod(shapes[i]) == widths[0]:
            rest = [j for j in left if j != i]
            for biases in _biases(shapes, rest, widths[1:]):
                yield (i, *biases)
    for biases in _biases(shapes, left, widths[1:]):
        yield (None, *biases)


def batches(
    x: Array, y: Array, columns: Sequence[bool] = (False, True)
) -> Iterator[tuple[Array, Array, bool]]:
    """The input and the target with examples as rows, and whether they were columns."""
    for turned, across in product(columns, (False, True)):
        xs, ys = _rows(x, turned), _rows(y, turned if y.ndim > 1 else across)
        if len(xs) == len(ys):
            yield xs, ys, turned


def _rows(array: Array, columns: bool) -> Array:
    """As a matrix, one row per example; a plain list is one example, or one number."""
    matrix = array.reshape(1 if array.ndim < 2 else len(array), -1)  # also of images
    return matrix.T if columns else matrix


def one_hot(labels: Array, classes: int) -> Array | None:
    """Class numbers as rows of one 1 each, if they are class numbers."""
    numbers = labels.reshape(-1)
    whole = (numbers == np.floor(numbers)).all() and numbers.min() >= 0
    if not whole or numbers.max() >= classes or classes < 2:
        return None
    coded: Array = np.eye(classes)[numbers.astype(int)]
    return coded


def targets(y: Array, shapes: Shapes) -> Iterator[Array]:
    """As they are, and as class numbers in rows of as many as an array is wide."""
    yield y
    if y.shape[1] == 1:
        widths = {n for shape in shapes for n in shape}
        coded = [one_hot(y, width) for width in sorted(widths)]
        yield from (code for code in coded if code is not None)

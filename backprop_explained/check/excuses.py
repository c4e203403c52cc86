"""What else a step does: why a right one may look wrong, and what is to be noted."""

from typing import NamedTuple

import numpy as np

from backprop_explained.check.gradient import GradientCheck
from backprop_explained.check.memory import Leaf
from backprop_explained.notation import Array

RANDOM = (
    "the step draws random numbers, for a batch or for dropout, say, so it follows the "
    "gradient of another cost at each call; let it take all examples, or the same "
    "draws as the cost"
)
ADAPTIVE = (
    "every number moved by the same amount, as under Adam or RMSprop, and not in "
    "proportion to a gradient; hand the gradient itself to check_gradients"
)
AT_REST = "judged with {names} set to 0, as at the very start"
ELSEWHERE = (
    "two steps from one state differ: the step keeps a state outside of `where`, such "
    "as a momentum; the first step was judged"
)
HAND_OVER = (
    "what else it keeps may be why it looks wrong; hand over, as `where`, what holds "
    "that and the parameters"
)
SMALL_STEPS = (
    "the call makes several updates: judged with {name} = {size:.3g}, where they add "
    "up to one step"
)
HIDDEN = (
    "so small a step hides weights that are updated too early: check a call with one "
    "example, too"
)
EARLY = (
    "with its own step size, the updates are exactly those of weights that are updated "
    "too early: pass the error on before the weights that it goes through take their "
    "step"
)
UPHILL = (
    "the step goes uphill: the cost rises along it; if it is meant to, say ascent=True"
)
STAYS = (
    "the cost also reads {names}, which the step leaves as it is: no gradient of it "
    "was judged"
)
RESHAPED = (
    "the step gives {name} another shape, {shape}, and the cost reads it: an update "
    "keeps the shape, and a gradient has that of its parameter"
)
SOME = 4
"""So many of what the step keeps are named."""

EQUAL = 1e-3
"""Lengths that differ by no more of themselves count as one."""

MOST = 0.9
"""So many of them are enough: where a gradient is tiny, such a step is shorter."""

FEWEST = 3
"""Of fewer numbers it says nothing that they moved by the same amount."""


class Outcome(NamedTuple):
    """What a trial came to; see `StepCheck`, which prints it."""

    verdict: str
    names: tuple[str, ...]
    gradients: tuple[Array, ...]
    check: GradientCheck
    notes: tuple[str, ...]


def states_of(changed: list[Leaf], parameters: list[Leaf]) -> list[Leaf]:
    """What a step changes besides the parameters, in shapes of theirs.

    A momentum and the means of an optimizer are among it; so is what a forward pass
    leaves behind, which it writes again.
    """
    names = {leaf.name for leaf in parameters}
    shapes = {_shape(leaf) for leaf in parameters} - {()}
    others = (leaf for leaf in changed if leaf.name not in names)
    return [leaf for leaf in others if _shape(leaf) in shapes]


def listed(leaves: list[Leaf]) -> str:
    """The names of a few, and how many more there are."""
    names = [leaf.name for leaf in leaves]
    more = f" and {len(names) - SOME} more" if len(names) > SOME else ""
    return ", ".join(names[:SOME]) + more


def _shape(leaf: Leaf) -> tuple[int, ...]:
    now = leaf.now()
    return () if now is None else now.shape


def on_others(read: list[str], reshaped: dict[str, tuple[int, ...]]) -> list[str]:
    """What is to be said of what the cost reads besides the parameters.

    Examples
    --------
    >>> on_others(["x"], {})
    ['the cost also reads x, which the step leaves as it is: no gradient of it was ...']
    """
    stay = ", ".join(name for name in read if name not in reshaped)
    notes = [
        RESHAPED.format(name=name, shape=reshaped[name])
        for name in read
        if name in reshaped
    ]
    return notes + ([STAYS.format(names=stay)] if stay else [])


def is_adaptive(moves: list[Array]) -> bool:
    """Whether numbers moved by the same amount, or not at all, except for a few.

    Examples
    --------
    >>> is_adaptive([np.array([0.1, -0.1, 0.0]), np.array([0.1])])
    True
    >>> is_adaptive([np.array([0.1, -0.2, 0.0]), np.array([0.1])])
    False
    """
    sizes = np.abs(np.concatenate([np.ravel(move) for move in moves]))
    sizes = sizes[sizes > 0]
    alike = np.count_nonzero(sizes >= (1 - EQUAL) * sizes.max(initial=0.0))
    return bool(alike >= max(FEWEST, MOST * sizes.size))


def has_grown(old: tuple[int, ...], new: tuple[int, ...]) -> bool:
    """Whether broadcasting has made more of it, as it never does of data.

    Examples
    --------
    >>> has_grown((1, 4), (5, 4)), has_grown((8, 2), (3, 2))
    (True, False)
    """
    try:
        return np.broadcast_shapes(old, new) == new
    except ValueError:
        return False

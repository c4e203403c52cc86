"""What else a step does: why a right one may look wrong, and what is to be noted."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from backprop_explained.check.gradient import GradientCheck
from backprop_explained.check.memory import Leaf, Memory
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

SIZE_NAMES = ("lr", "learning_rate", "eta", "alpha", "step_size", "rate")

MANY = (
    "the call makes several updates, so its changes add up to no gradient at one "
    "point; give it one example, or keep the step size in an attribute named "
    f"{SIZE_NAMES[1]}"
)

SAME = 1e-6
"""Moves that differ by so little of their largest number are the same."""

USED = 0.1
"""A step size that is used, made far smaller, leaves less than this of a move."""


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


# ---- its step size, and what it moves by


def size_holder(step: Callable[[], Any], memory: Memory, size: float) -> Leaf | None:
    """What holds this step size, under one of its usual names.

    An attribute, of the object or of its class, or a global name of the step.
    """
    for leaf in memory.leaves:
        if _is_size(leaf.name.rpartition(".")[2], leaf.read(), size):
            return leaf
    owner = getattr(step, "__self__", None)
    for kind in type(owner).__mro__ if owner is not None else ():
        for name in _named(vars(kind), size):
            write = partial(object.__setattr__, owner, name)
            return Leaf(name, partial(getattr, owner, name), write)
    names = getattr(getattr(step, "__func__", step), "__globals__", {})
    for name in _named(names, size):
        memory.add((names, {name: names[name]}, dict.update))
        return Leaf(name, partial(names.get, name), partial(names.__setitem__, name))
    return None


def _named(names: Mapping[str, Any], size: float) -> list[str]:
    return [name for name, value in names.items() if _is_size(name, value, size)]


def _is_size(name: str, value: Any, size: float) -> bool:
    return (
        name.lower() in SIZE_NAMES and isinstance(value, int | float) and value == size
    )


def first_order(moves_with: Callable[[float], list[Array]], size: float) -> list[Array]:
    """The moves without what later updates owe to earlier ones, of order size².

    A step with a smaller size tells the orders apart.

    Examples
    --------
    >>> first_order(lambda size: [np.array([3 * size + 5 * size**2])], 0.1)[0].round(9)
    array([0.3])
    """
    full, half = (moves_with(s) for s in (size, size / 2))
    return [4 * h - f for h, f in zip(half, full, strict=True)]


def is_smaller(small: list[Array], moves: list[Array]) -> bool:
    """Whether moves are much smaller than others: the step size is used, then."""
    one, other = (
        np.linalg.norm(np.concatenate([np.ravel(m) for m in some]))
        for some in (small, moves)
    )
    return bool(one < USED * other)


def differ(moves: list[Array], others: list[Array]) -> bool:
    """Whether they are others, by more than a sum in another order makes.

    Examples
    --------
    >>> differ([np.array([1e-9])], [np.array([2e-9])])
    True
    >>> differ([np.array([1.0, 0.0])], [np.array([1.0, 1e-9])])
    False
    """
    return any(
        (np.abs(a - b) > SAME * np.abs(a).max(initial=0.0)).any()
        for a, b in zip(moves, others, strict=True)
    )

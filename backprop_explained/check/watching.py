"""How often a call changes the numbers that it is said to change once."""

import sys
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

import numpy as np

from backprop_explained.check.memory import Leaf


def count_changes(call: Callable[[], Any], leaves: Sequence[Leaf]) -> int:
    """Run a call line by line; the most changes that one single number went through.

    Examples
    --------
    >>> box = {"w": 1.0}
    >>> leaf = Leaf("w", lambda: box["w"], lambda value: box.update(w=value))
    >>> def twice():
    ...     box["w"] -= 0.5
    ...     box["w"] -= 0.5
    >>> count_changes(twice, [leaf])
    2
    """
    seen = [leaf.values() for leaf in leaves]
    changes: list[Any] = [0 for _ in seen]

    def look() -> None:
        for i, leaf in enumerate(leaves):
            now = leaf.now()
            before = seen[i]
            if now is not None and before is not None and now.shape == before.shape:
                changes[i] = changes[i] + (now != before)
                seen[i] = now

    def tracer(frame: FrameType, event: str, _: Any) -> Any:  # noqa: ARG001
        if event in ("line", "return"):
            look()
        return tracer

    previous = sys.gettrace()
    sys.settrace(tracer)
    try:
        call()
    finally:
        sys.settrace(previous)
    look()
    return int(max((np.max(count) for count in changes), default=0))

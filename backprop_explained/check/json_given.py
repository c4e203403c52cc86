"""An object of JSON that holds a gradient, read key by key."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

import backprop_explained.costs as costs
from backprop_explained.activations import IDENTITY, Activation
from backprop_explained.catalogue import ACTIVATIONS
from backprop_explained.costs import Cost, mean_of, softmax_cross_entropy
from backprop_explained.notation import Array

COSTS = {name: cost for name, cost in vars(costs).items() if isinstance(cost, Cost)}
"""The costs that can be named: all that the package has."""

NEEDED = ("weights", "inputs", "targets", "gradients")
OPTIONAL = ("biases", "activation", "cost", "mean_over", "step_size", "outputs")

SOFTMAX = "softmax"


class Given:
    """The object that was given, read key by key."""

    def __init__(self, text: str) -> None:
        try:
            self.tree: Any = json.loads(text)
        except json.JSONDecodeError as error:
            raise ValueError(
                f"line {error.lineno}, character {error.colno}: {error.msg}"
            ) from error
        self.places = Places(text)
        known = f"expected an object with the keys {', '.join(NEEDED)}"
        if not isinstance(self.tree, dict):
            raise ValueError(f"line 1: {known}")
        absent = [key for key in NEEDED if key not in self.tree]
        if absent:
            are = "is" if len(absent) == 1 else "are"
            raise ValueError(f"{known}; {', '.join(absent)} {are} missing")
        for key in self.tree:
            if key not in NEEDED + OPTIONAL:
                keys = ", ".join(NEEDED + OPTIONAL)
                raise ValueError(f"{self.places.of(key)}: expected a key out of {keys}")

    def arrays(self, key: str) -> list[Array]:
        """One array per layer."""
        value = self.tree.get(key, [])
        if not isinstance(value, list) or (value and not isinstance(value[0], list)):
            raise ValueError(
                f"{self.places.of(key)}: expected a list with one array per layer"
            )
        if key == "weights" and not value:
            raise ValueError(f"{self.places.of(key)}: expected at least one array")
        return [self._array(v, (key, i)) for i, v in enumerate(value)]

    def array(self, key: str) -> Array:
        """One array."""
        return self._array(self.tree[key], (key,))

    def _array(self, value: Any, path: tuple[str | int, ...]) -> Array:
        if not isinstance(value, list) or not value:
            self._refuse(path, "a list of numbers, or of rows of them", value)
        self._shape(value, path)
        return np.array(value, dtype=np.float64)

    def _shape(self, value: Any, path: tuple[str | int, ...]) -> tuple[int, ...]:
        """The shape, where rows are as long as the first and numbers finite."""
        if not isinstance(value, list):
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not number or not math.isfinite(value):
                self._refuse(path, "a number", value)
            return ()
        shapes = [self._shape(entry, (*path, i)) for i, entry in enumerate(value)]
        for i, shape in enumerate(shapes):
            if shape != shapes[0]:
                found = len(value[i]) if isinstance(value[i], list) else "one number"
                wanted = f"{shapes[0][0]} numbers" if shapes[0] else "one number"
                self._refuse((*path, i), f"{wanted}, as before", found)
        return (len(value), *(shapes[0] if shapes else ()))

    def _refuse(self, path: tuple[str | int, ...], expected: str, found: Any) -> None:
        raise ValueError(f"{self.places.of(*path)}: expected {expected}, not {found!r}")

    @property
    def softmax(self) -> bool:
        """Whether the last layer is said to end in it."""
        named = self.tree.get("activation", "")
        return named == SOFTMAX or (isinstance(named, list) and named[-1:] == [SOFTMAX])

    def activations(self, depth: int) -> list[Activation]:
        """One row per layer; softmax is the identity, as it belongs to the cost."""
        named = self.tree.get("activation", "sigmoid")
        names = named if isinstance(named, list) else [named] * depth
        if len(names) != depth:
            self._refuse(("activation",), f"{depth} names, one per layer", names)
        for i, name in enumerate(names):
            if name not in [*ACTIVATIONS, *([SOFTMAX] if i == depth - 1 else [])]:
                path = ("activation", i) if isinstance(named, list) else ("activation",)
                known = ", ".join([*ACTIVATIONS, "and for the last layer softmax"])
                self._refuse(path, f"one of {known}", name)
        return [IDENTITY if n == SOFTMAX else ACTIVATIONS[n] for n in names]

    def cost(self) -> Cost:
        """The cost that is named, behind softmax its own, or its mean."""
        usual = "softmax_cross_entropy" if self.softmax else "squared_error"
        name = self.tree.get("cost", usual)
        if name not in COSTS:
            self._refuse(("cost",), f"one of {', '.join(COSTS)}", name)
        cost = COSTS[name]
        if self.softmax and "cross_entropy" not in name:
            self._refuse(("cost",), "softmax_cross_entropy behind softmax", name)
        if self.softmax:
            mean = name.startswith("mean")
            cost = mean_of(softmax_cross_entropy) if mean else softmax_cross_entropy
        over = self.tree.get("mean_over")
        if over not in (None, "entries", "examples"):
            self._refuse(("mean_over",), '"entries" or "examples"', over)
        return cost if over is None else mean_of(cost, over)

    def step_size(self) -> float | None:
        """That of the update, if it is given."""
        if "step_size" in self.tree:
            self._shape(self.tree["step_size"], ("step_size",))
        return self.tree.get("step_size")  # type: ignore[no-any-return]


# ---- where a value stands

Path = tuple[str | int, ...]

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[\[\]{},:]|[^\s\[\]{},:"]+')


class Places:
    r"""The place of each value of a text that is JSON.

    Examples
    --------
    >>> places = Places('{"weights": [[1, 2],\n [3, "x"]]}')
    >>> places.of("weights", 0, 1)
    'line 1, number 2 (weights[0][1])'
    >>> places.of("weights", 1)
    'line 2 (weights[1])'
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = dict(_values(text))

    def of(self, *path: str | int) -> str:
        """The place of a value, in words; its name alone where it is not there."""
        name = str(path[0]) + "".join(f"[{key}]" for key in path[1:])
        if path not in self.starts:
            return name
        start = self.starts[path]
        line = self.text.count("\n", 0, start) + 1
        if len(path) < 2 or self.text[start] in "[{":
            return f"line {line} ({name})"
        first = self.text.rfind("\n", 0, start) + 1
        before = [s for s in self.starts.values() if first <= s < start]
        number = 1 + sum(self.text[s] not in "[{" for s in before)
        return f"line {line}, number {number} ({name})"


def _values(text: str) -> Iterator[tuple[Path, int]]:
    """The path to each value, and where it begins."""
    path: list[Any] = []  # a key or an index per open bracket; None before a key
    for token in _TOKEN.finditer(text):
        word = token.group()
        if word in "]}":
            path.pop()
        elif word == ",":
            path[-1] = path[-1] + 1 if isinstance(path[-1], int) else None
        elif word != ":":
            if path and path[-1] is None and word[0] == '"':
                path[-1] = word[1:-1]
                continue
            yield tuple(path), token.start()
            if word in "[{":
                path.append(0 if word == "[" else None)

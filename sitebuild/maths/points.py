"""Points at which formulas are tried: a value for every symbol.

>>> point = Point({"z": "random()", "a": "sigmoid(z)"})
>>> bool(point["a"] == point.of("sigmoid(z)"))
True
"""

import builtins
import math
import random
from functools import cache
from importlib import import_module
from types import CodeType, SimpleNamespace
from typing import Any

import numpy as np

_STENCIL = ((-2, 1 / 12), (-1, -2 / 3), (1, 2 / 3), (2, -1 / 12))
_STEP = 1e-3


@cache
def compiled(code: str) -> CodeType:
    """The code of a Python expression."""
    return compile(code.strip(), "meaning", "eval", dont_inherit=True)


class Point(dict[str, Any]):
    """The values of symbols, each found when it is first asked for.

    Parameters
    ----------
    meanings : dict of str to str
        The Python expression behind each symbol.
    page : dict of str to object, optional
        The names of the page's own code.
    seed : int
        Another seed is another point.
    fixed : dict of str to object, optional
        Symbols that are held at a value, whatever they mean.
    """

    def __init__(
        self,
        meanings: dict[str, str],
        page: dict[str, Any] | None = None,
        seed: int = 0,
        fixed: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(fixed or {})
        self.meanings, self.page, self.seed = meanings, page or {}, seed
        self.fixed = dict(fixed or {})
        self.asked: list[str] = []

    def __missing__(self, name: str) -> Any:
        if name in self.meanings:
            self[name] = self._meant(name)
            return self[name]
        if name in {"random", "fraction", "index"}:
            return getattr(_Draws(f"{self.seed} {self.asked[-1:]}"), name)
        if name == "partial":
            return self.slope
        if name == "page":
            return SimpleNamespace(**self.page)
        package = import_module("backprop_explained")  # late: it may be broken
        if name in package.__all__:
            return getattr(package, name)
        if name in self.page:
            return self.page[name]
        for module in (builtins, np):
            if hasattr(module, name):
                return getattr(module, name)
        if name == "np":
            return np
        raise KeyError(name)

    def _meant(self, name: str) -> Any:
        if name in self.asked:
            raise ValueError(f"the meaning of {name} leads back to {name}")
        self.asked.append(name)
        try:
            return self.of(self.meanings[name])
        finally:
            self.asked.pop()

    def of(self, code: str) -> Any:
        """The value of a Python expression here."""
        return eval(compiled(code), self)

    def moved(self, name: str, value: Any) -> "Point":
        """The same point, except that one symbol is held at another value."""
        return Point(self.meanings, self.page, self.seed, {**self.fixed, name: value})

    def slope(self, of: str, by: str) -> Any:
        """The derivative of one symbol with respect to another, entry by entry."""
        start = np.asarray(self[by], dtype=float)
        upper = np.shape(self._standing(of, by))
        columns = []
        for index in np.ndindex(start.shape):
            total: Any = 0.0
            for steps, weight in _STENCIL:
                moved = start.copy()
                moved[index] += steps * _STEP
                held = self.moved(by, moved[()])
                total = total + weight * np.asarray(held._standing(of, by), dtype=float)
            columns.append(total / _STEP)
        found = np.stack(columns, axis=-1).reshape(upper + start.shape)
        return found[()]

    def _standing(self, of: str, by: str) -> Any:
        """The value of a symbol here; of a function, its value at the other symbol."""
        return self[of](self[by]) if callable(self[of]) else self[of]


class _Draws:
    """Random numbers that depend on a text alone."""

    def __init__(self, seed: str) -> None:
        self._source = random.Random(seed)

    def random(self, *shape: int) -> Any:
        """Numbers of either sign, none of them near 0."""
        return self._drawn(shape, lambda u: math.copysign(0.25 + 1.5 * abs(u), u))

    def fraction(self, *shape: int) -> Any:
        """Numbers between 0 and 1."""
        return self._drawn(shape, lambda u: 0.5 + 0.4 * u)

    def index(self, size: int) -> int:
        """One of the indices of an axis, from 0."""
        return self._source.randrange(size)

    def _drawn(self, shape: tuple[int, ...], shaped: Any) -> Any:
        drawn = [shaped(self._source.uniform(-1, 1)) for _ in range(math.prod(shape))]
        return np.array(drawn).reshape(shape) if shape else drawn[0]

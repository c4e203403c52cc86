"""What can be read in a place of the code, and what it was at each visit."""

import copy
from collections.abc import Mapping
from functools import cache
from types import CodeType, FrameType
from typing import Any

import numpy as np

from backprop_explained.check.line.recorder import Plan
from backprop_explained.check.line.runs import Runs
from backprop_explained.notation import Array

LARGEST = 2048
"""Arrays with more entries than this are not looked at."""

COPIED = "__copied__"
"""The name under which a text finds what copies an argument."""

Values = dict[str, list[Array]]
"""Of each text, its value at each visit."""


class Environment:
    """Evaluates texts where the step comes by, as if they stood there."""

    def __init__(self, runs: Runs) -> None:
        self.runs, self._code = runs, cache(_code)

    def values(
        self, index: int, texts: Mapping[str, str], plan: Plan
    ) -> tuple[list[Array], Values]:
        """The values of an expression, and of the texts that never fail there.

        The expression has this number in the recorder.  The texts are evaluated as
        `readable` says.  The plan puts something in its place, so that a later visit
        sees what is right.
        """
        found: Values = {text: [] for text in texts}
        own: list[Array] = []

        def look(frame: FrameType, value: Any) -> None:
            own.append(np.array(value, float))
            names = {**_names(frame), COPIED: _copied}
            with np.errstate(all="ignore"):
                for text in list(found):
                    code = self._code(texts[text])
                    value = _evaluated(code, frame.f_globals, names) if code else None
                    if value is None:
                        del found[text]
                    else:
                        found[text].append(value)

        recorder = self.runs.recorder
        recorder.lookers = {index: look}
        try:
            self.runs.step(plan, keeps=True)
        except Exception:
            return [], {}
        finally:
            recorder.lookers = {}
        return own, found


def _copied(value: Any) -> Any:
    """What a function may write to; of a dictionary or an object it gets none."""
    if isinstance(value, np.ndarray | list | tuple):
        return copy.deepcopy(value)
    if isinstance(value, np.generic | float | int):
        return value
    raise TypeError(type(value))


def _names(frame: FrameType) -> dict[str, Any]:
    """The local names; inside of a comprehension, those of its function as well."""
    names = dict(frame.f_locals)
    file, outer = frame.f_code.co_filename, frame
    while outer.f_code.co_name.startswith("<") and outer.f_back:
        outer = outer.f_back
        if outer.f_code.co_filename == file:
            names = {**outer.f_locals, **names}
    return names


def _code(text: str) -> CodeType | None:
    try:
        return compile(text, "<read>", "eval")
    except SyntaxError:
        return None


def _evaluated(
    code: CodeType, outer: dict[str, Any], names: dict[str, Any]
) -> Array | None:
    try:
        value = eval(code, outer, names)
        if isinstance(value, np.ndarray | np.generic | float | int):
            array = np.array(value, float)
            return array if 0 < array.size <= LARGEST else None
    except Exception:
        return None
    return None

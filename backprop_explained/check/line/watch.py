"""Somebody's functions, run with their expressions recorded, and left as they were."""

import builtins
import gc
import inspect
import linecache
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import numpy as np

from backprop_explained.check.line.recorder import Recorder
from backprop_explained.check.line.wrapping import RECORDER, wrapped

_OURS = str(Path(__file__).parents[2])
_FOREIGN = (str(Path(inspect.__file__).parent), str(Path(np.__file__).parents[1]))


def codes_run(*calls: Callable[[], Any]) -> set[CodeType]:
    """The code of all functions that these calls run."""
    codes: set[CodeType] = set()

    def profile(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            codes.add(frame.f_code)

    previous = sys.getprofile()
    for call in calls:
        sys.setprofile(profile)
        try:
            call()
        finally:
            sys.setprofile(previous if callable(previous) else None)
    return codes


def files_of(codes: set[CodeType], *calls: Callable[[], Any]) -> set[str]:
    """Their files, and those of the calls, except libraries' and our own."""
    files = {code.co_filename for code in codes}
    own = {code.co_filename for call in calls if (code := _code_of(call))}
    return {file for file in files | own if file in own or not _is_foreign(file)}


def _code_of(call: Any) -> CodeType | None:
    call = inspect.unwrap(getattr(call, "func", call))
    call = getattr(call, "__func__", call)
    return getattr(call, "__code__", None)


def _is_foreign(file: str) -> bool:
    return file.startswith((*_FOREIGN, _OURS, "<frozen", "<__array_function__"))


def source_of(file: str, source: str | None) -> str:
    """The text of a file; of code without a file, the text that was given."""
    return "".join(linecache.getlines(file)) or source or ""


def codes_in(code: CodeType) -> Iterator[CodeType]:
    """The code of all functions in a code."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from codes_in(constant)


def living_functions() -> list[FunctionType]:
    """All functions that are alive."""
    return [f for f in gc.get_objects() if type(f) is FunctionType]


@contextmanager
def running(codes: Iterable[tuple[FunctionType, CodeType]]) -> Iterator[bool]:
    """Functions run other code, until this ends; yields whether any of them does."""
    changed: list[tuple[FunctionType, CodeType]] = []
    try:
        for function, new in codes:
            old = function.__code__
            if new.co_freevars == old.co_freevars:
                changed.append((function, old))
                function.__code__ = new
        yield bool(changed)
    finally:
        for function, old in changed:
            function.__code__ = old


def _place(code: CodeType) -> tuple[str, int, tuple[int, int]]:
    """What tells a function from others of its file, two lambdas of a line as well."""
    spots = [
        (p[0], p[2])
        for p in code.co_positions()
        if p[0] is not None and p[2] is not None and p[1:] != (p[0], 0, 0)
    ]
    return code.co_qualname, code.co_firstlineno, min(spots, default=(0, 0))


def wrapped_codes(text: str, file: str, recorder: Recorder) -> dict[Any, CodeType]:
    """The code of each function of a source, with its expressions wrapped."""
    plain = compile(text, file, "exec", dont_inherit=True)
    tree = wrapped(text, file, recorder.expressions)
    new = compile(tree, file, "exec", dont_inherit=True)
    pairs = list(zip(codes_in(plain), codes_in(new), strict=True))
    by_place = {_place(old): code for old, code in pairs}
    return by_place | {_place(old)[:2]: code for old, code in pairs}


@contextmanager
def watched(texts: Mapping[str, str], recorder: Recorder) -> Iterator[set[str]]:
    """All living functions of these files run as the texts say, and are recorded.

    Until this ends; yields the files that no source was found of.
    """
    codes, unknown = {}, set()
    for file, text in sorted(texts.items()):
        try:
            codes[file] = wrapped_codes(text, file, recorder)
        except (SyntaxError, ValueError):
            codes[file] = {}
        if not codes[file]:
            unknown.add(file)
    pairs = []
    for function in living_functions():
        if known := codes.get(function.__code__.co_filename):
            place = _place(function.__code__)
            if new := known.get(place) or known.get(place[:2]):
                pairs.append((function, new))
    recorder.end()
    try:
        with running(pairs):
            yield unknown
    finally:
        delattr(builtins, RECORDER)

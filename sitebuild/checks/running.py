"""Runs the blocks of a page, as the site shows them and under stricter rules."""

import doctest
import io
import os
import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import (
    chdir,
    contextmanager,
    redirect_stderr,
    redirect_stdout,
    suppress,
)
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import numpy as np

from sitebuild.checks.fences import DOCTEST, Fence

ROOT = Path(__file__).parents[2]
PACKAGES = ("backprop_explained", "sitebuild")
DOCTEST_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

Found = list[tuple[int, str]]
"""Problems: the line of the page, and what is wrong."""


@contextmanager
def strict_python() -> Iterator[None]:
    """Warnings are errors, and what a page sets in NumPy ends with it."""
    with (
        warnings.catch_warnings(),
        np.errstate(divide="warn", over="warn", invalid="warn", under="ignore"),
        np.printoptions(),
        patch.object(os, "_exit", sys.exit),  # it would end the build as a success
        patch.dict(os.environ),
        chdir("."),
        _package_restored(),
    ):
        warnings.simplefilter("error")
        state = np.random.get_state()
        try:
            yield
        finally:
            np.random.set_state(state)


@contextmanager
def _package_restored() -> Iterator[None]:
    """What a page replaces in the package is back when the page ends."""
    with suppress(Exception):  # if it is broken, the block that imports it says so
        import_module("backprop_explained")
    before = {
        name: (module, dict(vars(module)))
        for name, module in sys.modules.items()
        if name.split(".")[0] == "backprop_explained"
    }
    try:
        yield
    finally:
        for module, names in before.values():
            vars(module).update(names)


@contextmanager
def _registered(module: ModuleType) -> Iterator[None]:
    """A module of the name that the block has: dataclasses look theirs up."""
    sys.modules[module.__name__] = module
    try:
        yield
    finally:
        del sys.modules[module.__name__]


def run(fence: Fence, namespace: dict[str, Any], page: str) -> tuple[str, Found]:
    """Run a fence: what it printed, and what was wrong."""
    if fence.runs:
        shared = namespace if "session" in fence.options else {"__name__": "alone"}
        return run_block(fence, shared, page)
    if fence.language == DOCTEST:
        return "", _run_doctests(fence, namespace, page)
    return "", []


def _site_print(
    buffer: io.StringIO, *texts: object, end: str = "\n", **other: Any
) -> None:
    """Print as the site does, but refuse what the site would ignore."""
    if other:
        raise TypeError(
            f"the site ignores print({', '.join(other)}=); join the text, then print"
        )
    buffer.write(" ".join(map(str, texts)) + end)


def run_block(fence: Fence, namespace: dict[str, Any], page: str) -> tuple[str, Found]:
    """Run a block among these names: what it printed, and what was wrong."""
    printed, stray = io.StringIO(), io.StringIO()
    namespace["print"] = partial(_site_print, printed)
    source = "\n" * fence.line + fence.source  # its lines are those of the page
    try:
        with (
            _registered(ModuleType(namespace["__name__"])),
            redirect_stdout(stray),
            redirect_stderr(stray),
        ):
            exec(compile(source, page, "exec", dont_inherit=True), namespace)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        line = _line_of(error, page) or fence.line
        said = f"the block raised {type(error).__name__}: {error}"
        return "", [(line, said + _within(error))]
    if stray.getvalue():
        return "", [
            (
                fence.line,
                f"{stray.getvalue().strip()!r} was printed past the block, where the "
                "site does not see it; return it, and print it in the block",
            )
        ]
    return printed.getvalue(), []


def _line_of(error: BaseException, page: str) -> int | None:
    """The line of the page on which an error was raised."""
    if isinstance(error, SyntaxError) and error.filename == page:
        return error.lineno
    lines = [
        line
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == page
    ]
    return lines[-1] if lines else None


def _within(error: BaseException) -> str:
    """The line of the project's own module that raised it, if one did."""
    frames = [
        (frame.f_code.co_filename, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    if isinstance(error, SyntaxError):
        frames.append((str(error.filename), error.lineno or 1))
    for path, line in reversed(frames):
        module = Path(path)
        ours = any(module.is_relative_to(ROOT / name) for name in PACKAGES)
        if ours and module != Path(__file__):
            return f", in {module.relative_to(ROOT)}:{line}"
    return ""


class _Collector(doctest.DocTestRunner):
    """Collects what a doctest runner would print."""

    def __init__(self, first_line: int) -> None:
        super().__init__(optionflags=DOCTEST_FLAGS, verbose=False)
        self.first_line = first_line
        self.found: Found = []

    def _add(self, example: doctest.Example, message: str) -> None:
        self.found.append((self.first_line + example.lineno, message))

    def report_start(self, out: Any, test: Any, example: Any) -> None:
        pass

    def report_failure(self, out: Any, test: Any, example: Any, got: str) -> None:
        self._add(
            example,
            f"{example.source.strip()} printed {got.strip()!r}, "
            f"but the page states {example.want.strip()!r}",
        )

    def report_unexpected_exception(
        self, out: Any, test: Any, example: Any, exc_info: Any
    ) -> None:
        error = exc_info[1]
        self._add(
            example,
            f"{example.source.strip()} raised {type(error).__name__}: {error}"
            f"{_within(error)}",
        )


def printed_by(session: str) -> str:
    r"""What the examples of a doctest print, as it states it.

    Examples
    --------
    >>> printed_by(">>> x = 1\n>>> x\n1\n>>> -x\n-1\n")
    '1\n-1\n'
    """
    examples = doctest.DocTestParser().get_examples(session)
    return "".join(example.want for example in examples)


def _run_doctests(fence: Fence, namespace: dict[str, Any], page: str) -> Found:
    namespace.pop("print", None)  # doctest reads the real one
    try:
        examples = doctest.DocTestParser().get_examples(fence.source, page)
    except ValueError as error:
        return [(fence.line, f"the doctest cannot be read: {error}")]
    test = doctest.DocTest(examples, {}, page, page, 0, None)
    test.globs = namespace
    runner = _Collector(fence.line + 1)
    runner.run(test, clear_globs=False)
    return runner.found

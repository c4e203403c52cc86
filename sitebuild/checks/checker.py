"""Checks one page, for pytest and for the build alike.

Lints its fences, runs its blocks in order, compares the output that its doctests state,
and checks its numbers and its formulas.  A page without problems is one that the site
builder shows as its author meant it.
"""

import doctest
import io
import os
import re
import sys
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
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
import yaml

from sitebuild.checks.fences import DOCTEST, Fence, fence_problems, find_fences
from sitebuild.checks.prose import blank, blanked, unchecked_decimals, wrong_numbers
from sitebuild.maths.extension import tex_problems

DOCTEST_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
_FRONT_MATTER = re.compile(
    r"\A-{3}[ \t]*\n(?P<yaml>.*?\n)(?:-{3}|\.{3})[ \t]*\n", re.DOTALL
)


class Problem(NamedTuple):
    """Something wrong with a page, and where."""

    page: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}: {self.message}"


class CheckedPage(NamedTuple):
    """The problems of a page, and what each of its blocks printed."""

    problems: list[Problem]
    printed: list[tuple[Fence, str]]


def session_of(page: str) -> str:
    """The one session that the blocks of a page may use: the name of its file."""
    return Path(page).stem


def check_page(text: str, page: str) -> CheckedPage:
    """Check the Markdown source of a page."""
    body = _FRONT_MATTER.sub(blank, text)
    fences = find_fences(body)
    found = list(_front_matter_problems(text))
    found += [
        (fence.line, problem)
        for fence in fences
        for problem in fence_problems(fence, session_of(page))
    ]
    printed: list[tuple[Fence, str]] = []
    namespace: dict[str, Any] = {"__name__": f"page {session_of(page)}"}
    prose = _without(fences, text)
    if not found:  # a block that cannot be read would leave the rest without its names
        with strict_python():
            for fence in fences:
                output, problems = _run(fence, namespace, page)
                found += problems
                printed.append((fence, output))
            if not found:
                found += wrong_numbers(prose, namespace)
    found += unchecked_decimals(prose)
    found += tex_problems(body)
    for fence, output in printed:
        for _, tex in tex_problems(output):
            found.append((fence.line, f"in the output: {tex}"))
    problems = [Problem(page, line, message) for line, message in sorted(found)]
    return CheckedPage(problems, printed)


def _front_matter_problems(text: str) -> Iterator[tuple[int, str]]:
    """MkDocs shows front matter that is not valid YAML as a part of the page."""
    if not re.match(r"-{3}[ \t]*\n", text):
        return
    block = _FRONT_MATTER.match(text)
    if block is None:
        yield 1, "the front matter is never closed; end it with a line of ---"
        return
    try:
        if not isinstance(yaml.safe_load(block["yaml"]), dict):
            yield 1, "the front matter must be lines of name: value"
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", error)
        yield (
            mark.line + 2 if mark else 1,
            f"the front matter is not YAML: {problem}; quote the value",
        )


def _without(fences: list[Fence], text: str) -> str:
    """The page with its fences blanked, so that positions stay."""
    for fence in fences:
        inside = blanked(text[fence.start : fence.end])
        text = text[: fence.start] + inside + text[fence.end :]
    return text


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


def _run(
    fence: Fence, namespace: dict[str, Any], page: str
) -> tuple[str, list[tuple[int, str]]]:
    """Run a fence: what it printed, and what was wrong."""
    if fence.runs:
        shared = namespace if "session" in fence.options else {"__name__": "alone"}
        output, problems = _run_block(fence, shared, page)
        if fence.live and not problems:
            problems = _run_alone(fence, output, page)
        return output, problems
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


def _run_block(
    fence: Fence, namespace: dict[str, Any], page: str
) -> tuple[str, list[tuple[int, str]]]:
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
        return "", [(line, f"the block raised {type(error).__name__}: {error}")]
    if stray.getvalue():
        return "", [
            (
                fence.line,
                f"{stray.getvalue().strip()!r} was printed past the block, where the "
                "site does not see it; return it, and print it in the block",
            )
        ]
    return printed.getvalue(), []


def _run_alone(fence: Fence, output: str, page: str) -> list[tuple[int, str]]:
    """A live cell has no other block of the page to stand on in a browser."""
    if not output.strip():
        return [(fence.line, "a live cell has to print something")]
    alone, problems = _run_block(fence, {"__name__": "alone"}, page)
    if problems:
        return [
            (line, f"a live cell runs alone, and {said}") for line, said in problems
        ]
    if alone != output:
        return [
            (
                fence.line,
                f"a live cell runs alone, and then this one prints {alone.strip()!r}",
            )
        ]
    return []


def _line_of(error: BaseException, page: str) -> int | None:
    """The line of the page on which an error was raised."""
    if isinstance(error, SyntaxError) and error.filename == page:
        return error.lineno
    lines = []
    traceback = error.__traceback__
    while traceback:
        if traceback.tb_frame.f_code.co_filename == page:
            lines.append(traceback.tb_lineno)
        traceback = traceback.tb_next
    return lines[-1] if lines else None


class _Collector(doctest.DocTestRunner):
    """Collects what a doctest runner would print."""

    def __init__(self, first_line: int) -> None:
        super().__init__(optionflags=DOCTEST_FLAGS, verbose=False)
        self.first_line = first_line
        self.found: list[tuple[int, str]] = []

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
            f"{example.source.strip()} raised {type(error).__name__}: {error}",
        )


def _run_doctests(
    fence: Fence, namespace: dict[str, Any], page: str
) -> list[tuple[int, str]]:
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

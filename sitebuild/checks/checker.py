"""Checks one page, for pytest and for the build alike.

Lints its fences, runs its blocks in order, compares the output that its doctests state,
and checks its numbers and its formulas.  A page without problems is one that the site
builder shows as its author meant it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from sitebuild.checks.alone import OF_THE_PROJECT, alone_problems
from sitebuild.checks.citations import citation_problems
from sitebuild.checks.fences import Fence, fence_problems, find_fences
from sitebuild.checks.formulas import wrong_formulas
from sitebuild.checks.prose import bare, readable, unchecked_numbers, wrong_numbers
from sitebuild.checks.running import Found, run, strict_python
from sitebuild.checks.showing import showing_problems
from sitebuild.checks.structure import blanked, front_matter, line_at, without
from sitebuild.checks.visible import could_be_shown, unseen_needs
from sitebuild.maths.delimiters import tex_problems
from sitebuild.maths.plain import plain_problems


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
    body = without(text, "front matter")
    fences = find_fences(body)
    prose, unshown = blanked_fences(fences, text), tex_problems(body)
    namespace: dict[str, Any] = {"__name__": f"page {session_of(page)}"}
    with strict_python():
        printed, found = run_all(fences, namespace, page)
        if not found:
            found += alone_problems(printed, page)
        if not found:
            found += wrong_numbers(prose, namespace, fences)
            unread = {line for line, _ in unshown}
            found += wrong_formulas(prose, fences, namespace, unread)
    if not found:
        found += showing_problems(printed)
    if not found:
        ours = page.startswith(OF_THE_PROJECT)
        found += could_be_shown(printed, always=ours)
        found += [] if ours else unseen_needs(printed)
    found += [*_of_text(text, prose, fences), *unshown]
    for fence, output in printed:
        for _, tex in tex_problems(output):
            found.append((fence.line, f"in the output: {tex}"))
    problems = [Problem(page, line, message) for line, message in sorted(found)]
    return CheckedPage(problems, printed)


def _of_text(text: str, prose: str, fences: list[Fence]) -> Iterator[tuple[int, str]]:
    """Line and message of what is wrong whatever the blocks do."""
    yield from _front_matter_problems(text)
    yield from unchecked_numbers(prose, fences)
    said = bare(readable(prose, fences))
    for at, wrong in plain_problems(said):
        yield line_at(said, at), wrong
    yield from citation_problems(text)


def run_all(
    fences: list[Fence], namespace: dict[str, Any], page: str
) -> tuple[list[tuple[Fence, str]], Found]:
    """What each fence printed, and what is wrong with it."""
    printed: list[tuple[Fence, str]] = []
    found: Found = []
    for fence in fences:
        output = ""
        problems = [
            (fence.line, problem) for problem in fence_problems(fence, session_of(page))
        ]
        if not problems:
            output, problems = run(fence, namespace, page)
            if found:  # a name that an earlier block failed to define is its fault
                problems = [
                    said for said in problems if "raised NameError" not in said[1]
                ]
        printed.append((fence, output))
        found += problems
    return printed, found


def _front_matter_problems(text: str) -> Iterator[tuple[int, str]]:
    """MkDocs shows front matter that is not valid YAML as a part of the page."""
    if not re.match(r"-{3}[ \t]*\n", text):
        return
    block = front_matter(text)
    if block is None:
        yield 1, "the front matter is never closed; end it with a line of ---"
        return
    try:
        if not isinstance(yaml.safe_load(block), dict):
            yield 1, "the front matter must be lines of name: value"
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", error)
        yield (
            mark.line + 2 if mark else 1,
            f"the front matter is not YAML: {problem}; quote the value",
        )


def blanked_fences(fences: list[Fence], text: str) -> str:
    """The page with its fences blanked, so that positions stay."""
    for fence in fences:
        inside = blanked(text[fence.start : fence.end])
        text = text[: fence.start] + inside + text[fence.end :]
    return text

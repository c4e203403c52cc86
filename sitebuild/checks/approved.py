"""What the blocks of a page print, approved: kept beside the page, compared exactly.

A file has a section per fence: its header, and what it printed, a line for a line.  A
line that begins with + goes on where the one before it ends, so that the change of a
drawing is a change of short lines.  `sitebuild.checks.approve` writes the file.

The snapshot libraries for pytest keep a file per test, or rewrite the test; here the
strict build compares too, a page has one file, and a drawing has a version.
"""

import os
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl

from sitebuild.checks.checker import Problem
from sitebuild.checks.fences import Fence

Printed = Sequence[tuple[Fence, str]]
"""The fences of a page, and what each has printed."""

SUFFIX = ".approved.txt"
WAY_OUT = "make approve shows the difference and approves it"

SETTINGS = {"REPOSITORY": "sitebuild.install"}
"""Variables that change what is shown, and the module by which a block reads each."""

_INTRODUCTION = "What the blocks of this page print; make approve writes it.\n"
_SECTION = re.compile(r"^(?==== )", re.M)
_BREAK = re.compile(r"(?<=>)(?=<)|(?<=\d)(?=L-?\d)|(?<=\])(?=,\[)|(?<=,)(?=\")")
_DRAWN = re.compile(r'<figure class="bp-figure" id="[^"]*"><svg role=')
_BY = " · drawn by matplotlib "
VERSION = re.compile(rf"(?<={_BY})\S+")
"""The version of matplotlib with which a drawing was approved."""

_LINES_OF_SVG = re.compile(r"^\+ <svg .*?(^\+ <title[^\n]*$).*?</svg>$", re.M | re.S)


class Comparison(NamedTuple):
    """What is not as approved, and what could not be compared."""

    problems: list[Problem]
    note: str = ""


def path_beside(page: Path) -> Path:
    """Where the approved outputs of a page are kept."""
    return page.with_suffix(SUFFIX)


def beside(page: Path) -> str | None:
    """The approved outputs of a page; nothing where there are none."""
    path = path_beside(page)
    return path.read_text("utf-8") if path.is_file() else None


def pageless(docs: Path) -> Iterator[Path]:
    """Approved outputs of pages that are no more."""
    for path in sorted(docs.rglob(f"*{SUFFIX}")):
        if not path.with_name(f"{path.name.removesuffix(SUFFIX)}.md").is_file():
            yield path


def pageless_problems(docs: Path) -> list[Problem]:
    """The same, as problems of theirs."""
    return [
        Problem(path.relative_to(docs.parent).as_posix(), 1, f"no such page; {WAY_OUT}")
        for path in pageless(docs)
    ]


def as_text(printed: Printed) -> str:
    """The file of a page; empty where the page has no block."""
    sections = [_section(fence, output) for fence, output in printed]
    return "\n".join([_INTRODUCTION, *sections]) if sections else ""


def _section(fence: Fence, output: str) -> str:
    r"""The header of a fence, and what it printed.

    Examples
    --------
    >>> fence = Fence(1, 0, 9, "python", ' exec="true"', "", True)
    >>> print(_section(fence, "<p><b>1</b></p>\n\n2\n"), end="")
    === python exec="true"
    | <p>
    + <b>1</b>
    + </p>
    |
    | 2
    """
    by = f"{_BY}{mpl.__version__}" if _DRAWN.search(output) else ""
    lines = [f"=== {fence.language}{fence.header}{by}"]
    for line in output.removesuffix("\n").split("\n") if output else []:
        for k, part in enumerate(_BREAK.split(line)):
            lines.append(f"{'+' if k else '|'} {part}" if part else "|")
    if output and not output.endswith("\n"):
        lines.append("(without a line break at its end)")
    return "\n".join([*lines, ""])


def compare(printed: Printed, page: str, approved: str | None) -> Comparison:
    """What a page prints, beside what is approved: nothing is near enough but equal."""
    if not printed and not approved:
        return Comparison([])
    if not approved:
        message = f"nobody has approved what the blocks of this page print; {WAY_OUT}"
        return Comparison([Problem(page, printed[0][0].line, message)])
    head, *then = _sections(approved)
    if head != _INTRODUCTION.strip():
        return Comparison([Problem(page, 1, f"its {SUFFIX} cannot be read; {WAY_OUT}")])
    _, *now = _sections(as_text(printed))
    problems, notes = [], set()
    for at, message in _differences(then, now):
        fence = printed[min(at, len(printed) - 1)][0] if printed else None
        if message.startswith(_UNCOMPARED):
            notes.add(message)
        elif fence and (name := _setting(fence)):
            notes.add(f"what shows {name} is not compared: it is set")
        else:
            line = fence.line if fence else 1
            problems.append(Problem(page, line, f"{message}; {WAY_OUT}"))
    return Comparison(problems, ", ".join(sorted(notes)))


def _setting(fence: Fence) -> str | None:
    """What was set for this build alone, and is shown by this block."""
    named = (name for name, module in SETTINGS.items() if module in fence.source)
    return next((name for name in named if name in os.environ), None)


def _sections(text: str) -> list[str]:
    return [section.rstrip("\n") for section in _SECTION.split(text)]


def _differences(then: list[str], now: list[str]) -> Iterator[tuple[int, str]]:
    """The place of a block, and what is not approved about it."""
    matcher = SequenceMatcher(None, then, now, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        for at, (old, new) in enumerate(zip_longest(then[i1:i2], now[j1:j2]), j1):
            if old is None:
                yield at, "nobody has approved what this block prints"
            elif new is None:
                yield at, f"no block is left for what is approved here: {_shown(old)}"
            elif message := _difference(old, new):
                yield at, message


_UNCOMPARED = "drawings are not compared"


def _difference(old: str, new: str) -> str:
    """What is first seen to differ in the output of one block."""
    before, here = VERSION.search(old), VERSION.search(new)
    if before and here and before[0] != here[0]:
        if _without_drawing(old) == _without_drawing(new):
            return (
                f"{_UNCOMPARED}: matplotlib {before[0]} drew what is approved, here "
                f"is {here[0]}"
            )
        old, new = _without_drawing(old), _without_drawing(new)
    lines = zip_longest(old.splitlines(), new.splitlines(), fillvalue="(nothing)")
    one, other = next((one, other) for one, other in lines if one != other)
    return f"this block gives {_shown(other)}, but approved is {_shown(one)}"


def _without_drawing(section: str) -> str:
    return _LINES_OF_SVG.sub(r"\1", VERSION.sub("", section))


def _shown(text: str) -> str:
    line = text.partition("\n")[0]
    line = re.sub(r"^[|+] ?", "", line)
    return repr(line if len(line) <= 80 else f"{line[:77]}...")

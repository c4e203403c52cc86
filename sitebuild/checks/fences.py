"""The fenced blocks of a page, and what is wrong with their headers.

Superfences shows a block whose header it cannot read as plain text, and says nothing.
So every header is read here first, by stricter rules.
"""

import re
import sys
from collections.abc import Iterator
from typing import NamedTuple

from sybil.document import Document
from sybil.parsers.markdown.lexers import FENCE, RawFencedCodeBlockLexer

from sitebuild.checks.structure import line_at

EXECUTED = "python"
IMPORTED = {"backprop_explained", "numpy"} | sys.stdlib_module_names
"""What there is to import in the reader's browser."""
DOCTEST = "pycon"
SHOWN = {"py", "bash", "text", "toml", "yaml"}

EXEC_OPTIONS = {
    "exec": {"true"},
    "html": {"true"},
    "source": {"above"},
    "result": {"text", "python"},
    "live": None,
    "session": None,  # any value that passes its own rule
    "title": None,
    "hl_lines": None,
}
SHOW_OPTIONS = {"title": None, "hl_lines": None}

_INFO = re.compile(r"[ \t]*(?P<language>[^\s{]*)(?P<header>[^\n]*)(\n|\Z)")
_OPTION = re.compile(r'\s+([\w-]+)="([^"]*)"')


class Fence(NamedTuple):
    """One fenced block: where it stands, what its header says, and its source."""

    line: int  # of the header, from 1
    start: int  # characters of the page
    end: int
    language: str
    header: str  # what follows the language
    source: str
    closed: bool

    @property
    def options(self) -> dict[str, str]:
        """The options that can be read; `problems` tells of the others."""
        return dict(_OPTION.findall(self.header))

    @property
    def runs(self) -> bool:
        """Whether the site builder runs this block."""
        return self.language == EXECUTED and self.options.get("exec") == "true"

    @property
    def visible(self) -> bool:
        """Whether a reader sees code that was run."""
        return self.language == DOCTEST or (self.runs and "source" in self.options)

    @property
    def live(self) -> bool:
        """Whether a reader can edit and run it, on a page for readers.

        A session that shows an error is not: a run would end there.
        """
        if self.language == DOCTEST:
            return "Traceback (most recent call last):" not in self.source
        return self.runs and self.visible and "live" not in self.options


def find_fences(text: str) -> list[Fence]:
    """All fenced blocks of a page, in order."""
    lexer = RawFencedCodeBlockLexer(info_pattern=_INFO)
    fences = []
    for region in lexer(Document(text, "")):
        last_line = text[region.start : region.end].rstrip("\n").rpartition("\n")[2]
        closing = FENCE.match(last_line)
        fences.append(
            Fence(
                line_at(text, region.start),
                region.start,
                region.end,
                region.lexemes["language"],
                region.lexemes["header"].rstrip(),
                str(region.lexemes["source"]),
                bool(closing and not closing["trailing"].strip()),
            )
        )
    return sorted(fences, key=lambda fence: fence.start)


def fence_problems(fence: Fence, session: str) -> list[str]:
    """What is wrong with a fence, on a page whose session has the given name."""
    if not fence.closed:
        return ["this fence is never closed; close it with as many backticks"]
    known = {EXECUTED, DOCTEST} | SHOWN
    if fence.language not in known:
        return [
            f"unknown fence language {fence.language!r}; use one of {sorted(known)}"
        ]
    unread = _OPTION.sub("", fence.header).strip()
    if unread:
        return [f'cannot read the fence options {unread!r}; write name="value"']
    allowed = EXEC_OPTIONS if fence.language == EXECUTED else SHOW_OPTIONS
    return [
        problem
        for name, value in fence.options.items()
        for problem in _option_problems(name, value, allowed, session)
    ] + [*_execution_problems(fence), *_live_problems(fence)]


def _option_problems(
    name: str, value: str, allowed: dict[str, set[str] | None], session: str
) -> list[str]:
    if name not in allowed:
        return [f"unknown fence option {name!r}; use one of {sorted(allowed)}"]
    values = allowed[name]
    if values is not None and value not in values:
        return [f"unknown value {name}={value!r}; use one of {sorted(values)}"]
    if name == "session" and value != session:
        return [f"session={value!r} belongs to another page; this one is {session!r}"]
    return []


def _execution_problems(fence: Fence) -> list[str]:
    if fence.language == EXECUTED and "exec" not in fence.options:
        return [
            'a python block must run: add exec="true", or use the language py to show '
            "code that does not run"
        ]
    prompts = re.search(r"^[ \t]*>>> ", fence.source, re.MULTILINE)
    if fence.language == DOCTEST and not prompts:
        return ["a pycon block needs at least one line that begins with >>>"]
    if fence.language == DOCTEST and re.search(r"#\s*doctest:", fence.source):
        return ["a doctest directive hides what the code prints: leave it out"]
    if fence.language in SHOWN and prompts:
        return ["nothing checks this output: use the language pycon"]
    if fence.language == "py":
        try:
            compile(fence.source, "py block", "exec")
        except SyntaxError as error:
            return [f"the code does not compile: {error}"]
    return []


def _live_problems(fence: Fence) -> Iterator[str]:
    """All that is shown and runs is live, unless it says why it is not."""
    reason = fence.options.get("live")
    if fence.runs and reason is not None and not re.fullmatch(r"no: \S.*", reason):
        yield 'what is shown and runs is live: leave out live, or write live="no: why"'
    elif reason and fence.runs and not fence.visible:
        yield "no reader can run what is hidden: leave out live"

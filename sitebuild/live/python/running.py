"""Runs blocks of a page among the variables of the page, after what they stand on."""

import ast
import io
import json
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any

import numpy as np

from .keeping import Chance, Kept
from .pictures import Pictures, Show, draws, is_quiet
from .standing import stands_on
from .words import AT_HAND, Block, describe, without_prompts

Send = Callable[[str], object]


class Printed(io.TextIOBase):
    """A stream of one run: closing it closes nothing for the next."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        if not isinstance(text, str):
            raise TypeError(f"write() takes a str, not {type(text).__name__}")
        self._send(text)
        return len(text)


class Page:
    """The variables of a page, and which of its blocks made them, in what order."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.ran: dict[int, str] = {}
        self.chance = Chance()

    def first(self, sources: list[str], index: int) -> list[int]:
        """The blocks to run before one.

        Those that have run need not run again while all have run from the top down, as
        they are now; else a block below may have changed what they made.
        """
        needed = stands_on(sources, index)
        todo = [place for place in needed if place not in self.ran]
        last = max(self.ran, default=-1)
        in_order = all(place > last for place in [*todo, index])
        same = all(
            self.ran.get(place, sources[place]) == sources[place] for place in needed
        )
        if in_order and same:
            return todo
        self.ran = {}
        return needed


class Runner:
    """All pages of a visit, and what a run must leave as it was."""

    def __init__(self, send: Send, show: Show | None = None) -> None:
        self.send = send
        self.pictures = Pictures(show or (lambda picture, words: None))
        AT_HAND[2:] = ["matplotlib"] * bool(show)
        self.kept = Kept()
        self.pages: dict[str, Page] = {}
        self.blocks: dict[str, Block] = {}

    def run(self, request: str) -> str:
        """Run what a request in JSON asks for: code, page, blocks, index, after.

        Of a session, the value of each expression is shown, else that of the last.
        """
        asked = json.loads(request)
        result = self._run(**asked)
        return json.dumps(result)

    def draws(self, request: str) -> bool:
        """Whether a request runs code that imports matplotlib."""
        asked = json.loads(request)
        sources, index = _sources(**asked), asked.get("index", 0)
        return any(draws(sources[k]) for k in [*stands_on(sources, index), index])

    def forget(self, page: str) -> None:
        """Begin a page again, without variables."""
        self.pages.pop(page, None)

    def _run(
        self,
        code: str,
        page: str = "",
        blocks: list[str] | None = None,
        index: int = 0,
        after: str = "",
        session: bool = False,
    ) -> dict[str, Any]:
        here = self.pages.setdefault(page, Page()) if page else Page()
        sources = _sources(code, blocks, index)
        first = here.first(sources, index)
        result: dict[str, Any] = {"before": len(first)}
        place, name = index, ""
        try:
            here.chance.put_back()
            self.pictures.begin()
            with _settings(self._warn):
                for place in [*first, index]:
                    name = self._name(Block(sources[place], place))
                    show = place == index
                    self._execute(name, here.names, show=show, every=session)
                    here.ran[place] = sources[place]
                self.pictures.send()
                if after:
                    result["graded"] = _judged(after, here.names)
        except BaseException as error:
            result |= self._told(error, name, first=place != index)
            here.ran = {}
        self.kept.put_back()
        self.pictures.end()
        here.chance = Chance()
        return result

    def _told(self, error: BaseException, name: str, *, first: bool) -> dict[str, Any]:
        """What went wrong, in the block that was asked for or in one that ran first."""
        said, line = describe(error, self.blocks, name)
        if not first:
            return {"error": said, "line": line}
        stands = self.blocks[name].spoken
        return {"error": f"{stands}, which runs first:\n{said}", "line": None}

    def _name(self, block: Block) -> str:
        """A file name of its own, so that its lines are found in what it was."""
        for name, known in self.blocks.items():
            if known == block:
                return name
        name = f"<block {len(self.blocks)}>"
        self.blocks[name] = block
        return name

    def _execute(
        self, name: str, names: dict[str, Any], *, show: bool, every: bool
    ) -> None:
        """Run a block; with `show`, its output is sent, and a value or every one."""
        stream = Printed(self.send if show else len)
        sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = stream  # type: ignore
        sys.displayhook = lambda value: None if is_quiet(value) else print(repr(value))
        body = ast.parse(self.blocks[name].source, name).body
        shown = (
            0 if every else len(body) - (bool(body) and isinstance(body[-1], ast.Expr))
        )
        quiet, loud = ast.Module(body[:shown], []), ast.Interactive(body[shown:])
        exec(compile(quiet, name, "exec", dont_inherit=True), names)
        exec(compile(loud, name, "single", dont_inherit=True), names)

    def _warn(
        self, message: object, category: type, filename: str, line: int, *_: object
    ) -> None:
        place = f"line {line}: " if filename in self.blocks else ""
        print(f"{place}{category.__name__}: {message}", file=sys.stderr)


def _sources(
    code: str, blocks: list[str] | None = None, index: int = 0, **_: object
) -> list[str]:
    """The blocks of a request, the code that is to run in its place among them."""
    sources = [*blocks] if blocks else [code]
    sources[index] = code
    return [without_prompts(source) for source in sources]


@contextmanager
def _settings(warn: Callable[..., None]) -> Iterator[None]:
    """Warnings are told in a line; what a run sets in NumPy ends with it."""
    with warnings.catch_warnings(), np.errstate(), np.printoptions():
        warnings.simplefilter("always")
        warnings.showwarning = warn
        yield


def _judged(after: str, names: dict[str, Any]) -> Any:
    """The JSON that the code after the reader's prints last."""
    with redirect_stdout(io.StringIO()) as printed:
        exec(compile(after, "<after>", "exec", dont_inherit=True), names)
    return json.loads(printed.getvalue().splitlines()[-1])

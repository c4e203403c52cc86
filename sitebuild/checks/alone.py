"""Live cells: the blocks that a reader can run, each of which prints what is shown.

A cell runs in the reader's browser after the blocks above that it stands on, without
those that are hidden.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sitebuild.checks.fences import DOCTEST, Fence
from sitebuild.checks.running import Found, run
from sitebuild.live.python.standing import stands_on
from sitebuild.live.python.words import without_prompts

OF_THE_PROJECT = "docs/about/"
"""Pages that speak of the project's own machinery, which no reader installs."""


STAYS_A_SESSION = {
    "docs/learn/why-backward.md": "it calls what a block above prints as code",
    "docs/the-question/the-proof.md": "it calls what a block above prints as code",
}
"""Pages whose doctests no reader can run, and why."""


def is_live(fence: Fence, page: str) -> bool:
    """Whether a reader can edit and run a block."""
    if fence.language == DOCTEST and page in STAYS_A_SESSION:
        return False
    return fence.live and not page.startswith(OF_THE_PROJECT)


def alone_problems(
    printed: Iterable[tuple[Fence, str]], page: str
) -> Iterator[tuple[int, str]]:
    """Line and message of each cell that prints another thing in a browser."""
    printed = list(printed)
    cells = [(fence, output) for fence, output in printed if is_live(fence, page)]
    sources = [without_prompts(fence.source) for fence, _ in cells]
    ran = _Ran()
    for index, (fence, output) in enumerate(cells):
        before = [cells[place][0] for place in stands_on(sources, index)]
        if before == _before(fence, printed):
            continue  # as it has run on the page
        said, problems = ran.after(before, fence, page)
        if not problems and said != output:
            problems = [(fence.line, f"this one prints {said.strip()!r}")]
        for line, message in problems:
            yield line, f"{_AFTER}, and then {message}: {_WAY_OUT}"


def _before(fence: Fence, printed: list[tuple[Fence, str]]) -> list[Fence]:
    """The blocks whose names a block had at hand when it ran on the page."""
    if not _shares(fence):
        return []
    return [other for other, _ in printed if _shares(other) and other.line < fence.line]


def _shares(fence: Fence) -> bool:
    return fence.language == DOCTEST or (fence.runs and "session" in fence.options)


_AFTER = "a live cell runs after the visible blocks that it stands on"
_WAY_OUT = 'show what is missing, or write live="no: why"'


class _Ran:
    """The names that blocks have made, one after the other, each set for one cell."""

    def __init__(self) -> None:
        self._names: dict[tuple[Fence, ...], dict[str, Any]] = {}

    def after(self, before: list[Fence], fence: Fence, page: str) -> tuple[str, Found]:
        """What a block prints after others, as many of which as can be have run."""
        known = [ran for ran in self._names if ran == tuple(before[: len(ran)])]
        done = max(known, key=len, default=())
        names = self._names.pop(done, {"__name__": "alone"})
        said = ""
        for block in [*before[len(done) :], fence]:
            said, problems = run(block, names, page)
            if problems:
                return said, problems
        self._names[*before, fence] = names
        return said, []

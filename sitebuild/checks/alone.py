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
    cells = [(fence, output) for fence, output in printed if is_live(fence, page)]
    sources = [without_prompts(fence.source) for fence, _ in cells]
    for index, (fence, output) in enumerate(cells):
        alone, problems = _run([cells[i][0] for i in stands_on(sources, index)], page)
        if not problems:
            said, problems = run(fence, alone, page)
            if not problems and said != output:
                message = f"this one prints {said.strip()!r}"
                problems = [(fence.line, message)]
        for line, message in problems:
            yield line, f"{_AFTER}, and then {message}: {_WAY_OUT}"


_AFTER = "a live cell runs after the visible blocks that it stands on"
_WAY_OUT = 'show what is missing, or write live="no: why"'


def _run(blocks: list[Fence], page: str) -> tuple[dict[str, Any], Found]:
    """The names that blocks make, in a browser."""
    names: dict[str, Any] = {"__name__": "alone"}
    for block in blocks:
        _, problems = run(block, names, page)
        if problems:
            return names, problems
    return names, []

"""A page with problems, as its author sees it: each in a box, where it is."""

import html
import re

from sitebuild.checks.checker import CheckedPage, Problem
from sitebuild.checks.fences import Fence


def with_boxes(text: str, checked: CheckedPage) -> str:
    r"""The page; a fence with a problem is shown as it is written, and does not run.

    Examples
    --------
    >>> page = CheckedPage([Problem("docs/a.md", 3, "an amiss < word")], [])
    >>> print(with_boxes("# A\n\nWord.\n", page))
    # A
    <BLANKLINE>
    <div class="bp-problem">docs/a.md:3: an amiss &lt; word</div>
    <BLANKLINE>
    Word.
    <BLANKLINE>
    """
    fences = [fence for fence, _ in checked.printed]
    starts: dict[int, list[Problem]] = {}
    for problem in checked.problems:
        at = _start(text, problem.line, fences)
        starts.setdefault(at, []).append(problem)
    for at, problems in sorted(starts.items(), reverse=True):
        rest = text[at:]
        for fence in fences:
            if fence.start == at:
                rest = _as_text(fence) + text[fence.end :]
        text = f"{text[:at]}{''.join(map(_box, problems))}{rest}"
    return text


def _start(text: str, line: int, fences: list[Fence]) -> int:
    """Where the fence or the paragraph begins that has this line."""
    position = sum(map(len, text.splitlines(keepends=True)[: line - 1]))
    outside = text
    for fence in fences:
        if fence.line <= line and position < fence.end:
            return fence.start
        inside = re.sub(r"\n(?!\Z)", " ", text[fence.start : fence.end])
        outside = outside[: fence.start] + inside + outside[fence.end :]
    breaks = [
        found.end() for found in re.finditer(r"(?:```|~~~)\n|\n[ \t]*\n", outside)
    ]
    return max((at for at in breaks if at <= position), default=0)


def _as_text(fence: Fence) -> str:
    longest = max(map(len, re.findall("`+", fence.source)), default=0)
    ticks = "`" * max(3, longest + 1)
    source = fence.source if fence.source.endswith("\n") else f"{fence.source}\n"
    return f"{ticks}text\n{source}{ticks}\n"


def _box(problem: Problem) -> str:
    said = re.sub(r"\s+", " ", html.escape(str(problem)))  # a blank line would end it
    return f'<div class="bp-problem">{said}</div>\n\n'

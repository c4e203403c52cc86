"""What counts itself: the items of a numbered list, and the steps of a page.

Their numbers are exempt from the rules of other numbers, as long as they go up by one.
"""

import re
from collections.abc import Iterator

from sitebuild.checks.structure import line_at

_ITEM = re.compile(r"(?m)^(?P<indent>[ \t>]*)(?P<number>\d+)\.[ ]")
_LIST = re.compile(
    r"(?m)^[ \t>]*\d+\.[ ].*(?:\n(?:[ \t].*|\d+\.[ ].*|\n(?=[ \t]|\d+\.[ ])))*"
)
_STEP = re.compile(r"\*\*Step (\d+)\b")


def out_of_order(prose: str) -> Iterator[tuple[int, str]]:
    r"""Line and message of each item or step whose number is not the next one.

    Examples
    --------
    >>> list(out_of_order("1. a\n   more\n3. b\n"))
    [(3, 'item 3 of the list follows item 1')]
    >>> list(out_of_order("**Step 1.** A.\n**Step 3.** B.\n"))
    [(2, 'step 3 stands where step 2 should')]
    """
    before: dict[str, int] = {}
    for block in _LIST.finditer(prose):
        before.clear()
        for item in _ITEM.finditer(block[0]):
            number, last = int(item["number"]), before.get(item["indent"], 0)
            if number != last + 1:
                line = line_at(prose, block.start() + item.start("number"))
                yield line, f"item {number} of the list follows item {last}"
            before[item["indent"]] = number
    yield from _steps(prose)


def _steps(prose: str) -> Iterator[tuple[int, str]]:
    for expected, step in enumerate(_STEP.finditer(prose), 1):
        if int(step[1]) != expected:
            line = line_at(prose, step.start())
            yield line, f"step {step[1]} stands where step {expected} should"

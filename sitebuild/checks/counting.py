"""What the numbers of a page may count: its own lists and sections, and other files."""

import re
from pathlib import Path

from sitebuild.checks.numerals import number_at_end

ROOT = Path(__file__).parents[2]
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*]|\d+\.)[ ]")
_ROW = re.compile(r"[ \t]*\|")


def listed(text: str, after: str = "", page: str = "") -> int:
    r"""How many items or rows the first list or table has, after certain words.

    Those of another page, if one is named.

    Examples
    --------
    >>> listed("Two things:\n\n- a\n  and b\n- c\n\nMore.\n", "Two things")
    2
    >>> listed("| a | b |\n|---|---|\n| 1 | 2 |\n")
    1
    """
    if page:
        text = text_of(f"docs/{page}")
    lines = text[_end_of(after, text) :].split("\n")[1:] if after else text.split("\n")
    kind = next((k for line in lines for k in (_ITEM, _ROW) if k.match(line)), _ITEM)
    first = next(n for n, line in enumerate(lines) if kind.match(line))
    if kind is _ROW:
        rest = [bool(_ROW.match(line)) for line in lines[first:]]
        return (rest.index(False) if False in rest else len(rest)) - 2
    found = _ITEM.match(lines[first])
    indent = found["indent"] if found else ""
    count = 0
    for line in lines[first:]:
        if line.strip() and not line.startswith((f"{indent} ", *_marks(indent))):
            break
        item = _ITEM.match(line)
        count += bool(item and item["indent"] == indent)
    return count


def _marks(indent: str) -> list[str]:
    return [f"{indent}{mark}" for mark in ("- ", "* ", *"123456789")]


def sections(text: str, under: str = "") -> int:
    r"""How many sections a heading has, or else how many the page has.

    Examples
    --------
    >>> page = "# A\n\n## B\n\n### C\n\n### D\n\n## E\n"
    >>> sections(page), sections(page, "B")
    (2, 2)
    """
    headings = re.findall(r"(?m)^(#+) (.*)$", text)
    at = next((n for n, (_, said) in enumerate(headings) if under in said), 0)
    level = len(headings[at][0])
    count = 0
    for marks, _ in headings[at + 1 :]:
        if len(marks) <= level:
            break
        count += len(marks) == level + 1
    return count


def step(text: str, words: str) -> int:
    r"""The number of the step of a page that says these words.

    Examples
    --------
    >>> step("**Step 1. Go.** Far.\n\n**Step 2. Stop.**\n", "Stop")
    2
    """
    before = re.findall(r"\*\*Step (\d+)\.", text[: _end_of(words, text)])
    if not before:
        raise ValueError(f"{words!r} stands in no step")
    return int(before[-1])


def text_of(path: str) -> str:
    """The text of a file of the project."""
    return (ROOT / path).read_text("utf-8")


def in_file(path: str, pattern: str) -> tuple[float, ...]:
    r"""The numbers that a pattern finds in a file of the project.

    Examples
    --------
    >>> in_file("pyproject.toml", r"line-length = (\d+)")
    (88.0,)
    """
    found = re.search(pattern, text_of(path))
    if not found:
        raise ValueError(f"{path} has nothing like {pattern}")
    return tuple(_value(group.replace("_", "")) for group in found.groups())


def _value(text: str) -> float:
    number = number_at_end(text)
    if number is None:
        raise ValueError(f"{text!r} is not a number")
    return number.value


def _end_of(words: str, text: str) -> int:
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = re.search(pattern, text)
    if not found:
        raise ValueError(f"the page does not say {words!r}")
    return found.end()

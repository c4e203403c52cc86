"""Reads an exercise from its file.

The front matter has `title`, `set` and `order`; a `kind` other than `code` says what
there is to answer.  The text up to the first section is the task.  The sections:

- `Starter`, `Solution`, `Another`, `Wrong`: a program each, in a fence `py`, or in a
  fence `diff` as a change of the solution; a quotation is what the reader is told
- `Grader`: what runs behind the reader's code, and assigns `grade`
- `Hints`: a list, each going further
- `Why`: what is said beside the solution
- for a choice `Options`, a list with a quotation under each, and `Key`, the program
  that computes which one is right
- for a slope `Function`, which defines the activation `f` and the derivative `d`
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sitebuild.checks.structure import front_matter, meta

FOLDER = Path(__file__).with_name("written")
KINDS = ("code", "choice", "slope")
SETS = ("z-or-a", "mistake", "write", "learn")
_SECTION = re.compile(r"^## (.+)\n", re.M)
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```[ \t]*$", re.M | re.S)
_QUOTED = re.compile(r"(?:^[ ]*>[^\n]*\n?)+", re.M)
_ITEM = re.compile(r"^- ", re.M)


class ExerciseError(ValueError):
    """An exercise that cannot be read."""


@dataclass(frozen=True)
class Answer:
    """A program, and what a reader is told who hands it in."""

    code: str
    told: str = ""


@dataclass(frozen=True)
class Option:
    """An answer to choose, and what is said of it."""

    text: str
    told: str


@dataclass(frozen=True)
class Exercise:
    """All that its file says."""

    name: str
    title: str
    set: str
    order: int
    kind: str
    task: str
    grader: str = ""
    starter: Answer = Answer("")
    solution: Answer = Answer("")
    others: tuple[Answer, ...] = ()
    wrong: tuple[Answer, ...] = ()
    hints: tuple[str, ...] = ()
    why: str = ""
    options: tuple[Option, ...] = ()
    key: str = ""
    text: str = field(default="", repr=False)


@cache
def exercise(name: str) -> Exercise:
    """The exercise of that name.

    Raises
    ------
    ExerciseError
        If there is none, or its file cannot be read.
    """
    path = FOLDER / f"{name}.md"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in FOLDER.glob("*.md")))
        raise ExerciseError(f"there is no exercise {name!r}; there are: {known}")
    return read(name, path.read_text("utf-8"))


def all_exercises() -> list[Exercise]:
    """All of them: set by set, in their order."""
    found = [exercise(path.stem) for path in FOLDER.glob("*.md")]
    return sorted(found, key=lambda one: (SETS.index(one.set), one.order, one.name))


def read(name: str, text: str) -> Exercise:
    """The exercise that a text holds."""
    said = meta(text)
    body = text[text.index(front_matter(text) or "") :].partition("\n---\n")[2]
    task, *parts = _SECTION.split(body)
    sections = [(parts[k].strip(), parts[k + 1]) for k in range(0, len(parts), 2)]
    kind = said.get("kind", "code")
    for what, value, allowed in [
        ("kind", kind, KINDS),
        ("set", said.get("set"), SETS),
    ]:
        if value not in allowed:
            raise ExerciseError(f"{name}: {what} is {value!r}; use one of {allowed}")
    known = {"title": said.get("title"), "order": said.get("order")}
    for what, value in known.items():
        if value is None:
            raise ExerciseError(f"{name}: the front matter has no {what}")
    about = {**known, "set": said["set"], "kind": kind, "task": task.strip()}
    return Exercise(name=name, text=text, **about, **_parts(name, sections))


def _parts(name: str, sections: list[tuple[str, str]]) -> dict[str, object]:
    """What the sections say."""
    known = {"Starter", "Solution", "Another", "Wrong", "Grader", "Hints", "Why"}
    known |= {"Options", "Key", "Function"}
    for title, _ in sections:
        if title not in known:
            raise ExerciseError(f"{name}: unknown section {title!r}; use {known}")
    of = dict(sections)
    solution = _answer(name, of["Solution"], "") if "Solution" in of else Answer("")
    answers = {
        title: tuple(_answer(name, t, solution.code) for s, t in sections if s == title)
        for title in ("Starter", "Another", "Wrong")
    }
    return {
        "solution": solution,
        "starter": answers["Starter"][0] if answers["Starter"] else Answer(""),
        "others": answers["Another"],
        "wrong": answers["Wrong"],
        "grader": _code(name, of["Grader"]) if "Grader" in of else "",
        "key": _code(name, of.get("Key") or of["Function"]) if _has_key(of) else "",
        "hints": tuple(_items(of.get("Hints", ""))),
        "why": of.get("Why", "").strip(),
        "options": tuple(_options(of.get("Options", ""))),
    }


def _has_key(of: dict[str, str]) -> bool:
    return "Key" in of or "Function" in of


def _code(name: str, text: str) -> str:
    found = _FENCE.search(text)
    if found is None or found[1] != "py":
        raise ExerciseError(f"{name}: a fence py is missing in {text.strip()[:40]!r}")
    return found[2]


def _answer(name: str, text: str, solution: str) -> Answer:
    found = _FENCE.search(text)
    if found is None:
        raise ExerciseError(f"{name}: a fence is missing in {text.strip()[:40]!r}")
    told = _quoted(text[found.end() :])
    if found[1] == "diff":
        return Answer(changed(solution, found[2], name), told)
    return Answer(found[2], told)


def _quoted(text: str) -> str:
    """The words of a quotation."""
    found = _QUOTED.search(text)
    lines = found[0].splitlines() if found else []
    return "\n".join(re.sub(r"^ *> ?", "", line) for line in lines).strip()


def _items(text: str) -> list[str]:
    return [item.strip() for item in _ITEM.split(text)[1:]]


def _options(text: str) -> list[Option]:
    return [
        Option(_QUOTED.sub("", item).strip(), _quoted(item)) for item in _items(text)
    ]


def changed(program: str, diff: str, name: str = "") -> str:
    r"""A program with lines exchanged; indentation is that of the first line replaced.

    Examples
    --------
    >>> print(changed("def f(z):\n    return z\n", "- return z\n+ return 2 * z\n"))
    def f(z):
        return 2 * z
    <BLANKLINE>
    """
    lines = program.splitlines()
    for hunk in re.finditer(r"((?:^-.*\n)+)((?:^\+.*\n?)*)", diff, re.M):
        old = [line[2:].strip() for line in hunk[1].splitlines()]
        new = [line[2:] for line in hunk[2].splitlines()]
        stripped = [line.strip() for line in lines]
        at = [k for k in range(len(lines)) if stripped[k : k + len(old)] == old]
        if len(at) != 1:
            raise ExerciseError(
                f"{name}: {old[0]!r} stands {len(at)} times in the solution, not once"
            )
        first = lines[at[0]]
        indent = first[: len(first) - len(first.lstrip())]
        lines[at[0] : at[0] + len(old)] = [indent + line for line in new]
    return "\n".join(lines) + "\n"

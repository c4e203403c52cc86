"""The kinds of faults: the files they stand in, and the tests that look at those."""

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sitebuild.evidence.faults.places import (
    OF_PAGES,
    Fault,
    Places,
    digits,
    exchanged,
    tokens,
    words,
)


class Kind(NamedTuple):
    """A kind of fault: where it can be put, and what has to see it.

    `tests` are what pytest is given; `{page}` stands for each page that shows the file,
    `{path}` for the file.
    `shown` says whether a fault that changes nothing of what pages print is none.
    """

    name: str
    files: tuple[str, ...]  # patterns below the root
    places: Places
    tests: tuple[str, ...]
    shown: bool = False
    rare: int = 1  # of so many only one is put in: its tests need a browser

    @property
    def of_itself(self) -> tuple[str, ...]:
        """The tests that say the same whatever of the pages is approved."""
        return tuple(test for test in self.tests if not _needs_pages(test))

    @property
    def with_pages(self) -> tuple[str, ...]:
        """The others: they check pages, or build the site."""
        return tuple(filter(_needs_pages, self.tests))


def _needs_pages(test: str) -> bool:
    return "{page}" in test or test.startswith("tests/browser")


def _numbers(text: str) -> Iterator[Fault]:
    for number, at in tokens(text, tokenize.NUMBER):
        yield from digits(text, at, at + len(number))


def _constants_of_mjs(text: str) -> Iterator[Fault]:
    """A digit of a number in JavaScript, outside its comments and texts."""
    hidden = r"//[^\n]*|/\*.*?\*/|\"[^\"\n]*\"|'[^'\n]*'"
    plain = re.sub(hidden, _blank, text, flags=re.S)
    for found in re.finditer(r"(?<![\w#.])\d+(?:\.\d+)?\b", plain):
        yield from digits(text, *found.span())


def _texts(text: str) -> Iterator[Fault]:
    """A word of a text in Python or JavaScript, two of its letters exchanged."""
    hidden = r'""".*?"""|/\*.*?\*/|(?<!["\'\w])#[^\n]*|//[^\n]*'
    plain = re.sub(hidden, _blank, text, flags=re.S)
    for said in re.finditer(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`", plain):
        words_alone = re.sub(r"\$?\{[^{}]*\}|<[^>]*>", _blank, said[0])
        if re.search(r"\w \w", words_alone):
            for word in re.finditer(r"(?<![-\w.])[A-Za-z]{4,}(?![-\w.=])", words_alone):
                yield from exchanged(word, said.start())


def _blank(part: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", part[0])


def _placed(text: str) -> Iterator[Fault]:
    """A number in a text of a figure: a digit, or what is computed made a literal."""
    lines = text.splitlines(keepends=True)
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FormattedValue) or node.format_spec is None:
            continue
        line = node.value.lineno - 1
        before = sum(map(len, lines[:line]))
        inside = lines[line].encode()[: node.value.col_offset].decode()
        at = before + len(inside) - 1
        end = text.find("}", at)
        plain = text[at] == "{" and end > 0 and "{" not in text[at + 1 : end]
        if plain and "caption" in text:
            yield Fault(at, end + 1, "7")


def _docstrings(text: str) -> Iterator[Fault]:
    """A digit or a number word in a sentence of a public docstring."""
    lines = text.splitlines(keepends=True)
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            continue
        if not ast.get_docstring(node) or getattr(node, "name", "a").startswith("_"):
            continue
        first, last = node.body[0].lineno - 1, node.body[0].end_lineno
        start, said = sum(map(len, lines[:first])), "".join(lines[first:last])
        yield from _in_docstring(text, start, said)


def _in_docstring(text: str, start: int, said: str) -> Iterator[Fault]:
    doctest = r"^[ ]*>>>.*?(?=\n[ \t]*\n|\Z)"
    plain = re.sub(doctest, lambda part: " " * len(part[0]), said, flags=re.S | re.M)
    for found in re.finditer(r"(?<![\w`])\d+(?:\.\d+)?(?![\w`])", plain):
        yield from digits(text, start + found.start(), start + found.end())
    yield from words(plain, start)


def _in_sources(text: str) -> Iterator[Fault]:
    """A digit of an address, a hash or a number of an issue."""
    keys = r"(?m)^(?:address|url|commit|issue|pull|href)\s*[=:].*$"
    for line in re.finditer(keys, text):
        yield from digits(text, *line.span())


CHECKS = "tests/sitebuild/checks"
ALONE = f"{CHECKS}/test_pages.py::test_page_has_no_problems_and_its_files_have_run"
AMONG = f"{CHECKS}/test_whole.py::test_a_page_stands_among_the_others"
PAGE = (f"{ALONE}[{{page}}]", f"{AMONG}[{{page}}]")
FIGURE = (f"{CHECKS}/test_figure_texts.py", f"{ALONE}[{{page}}]")
FIGURES = ("sitebuild/figures/*.py",)
MOVING = ("docs/javascripts/*.mjs", "sitebuild/figures/live_*.py")
MOVED = ("test_drawn_figures", "test_moved_figures", "test_live_maths")
IN_MOTION = (
    *(*FIGURE, "tests/sitebuild/figures"),
    *(f"tests/browser/{name}.py" for name in MOVED),
)
PACKAGE = ("backprop_explained/**/*.py",)
DOCSTRING = (
    "{path}",
    "tests/package/test_docstring_numbers.py",
    "tests/sitebuild/maths/test_docstrings.py",
)
RECORD = ("tests/sitebuild/evidence/test_record.py",)
CITED = (f"{CHECKS}/test_whole.py::test_the_sources_stand", f"{CHECKS}/test_claims.py")
IN_CODE = ("operator in code", "digit in code")

KINDS = [
    *(
        Kind(name, ("docs/**/*.md",), places, PAGE, name in IN_CODE)
        for name, places in OF_PAGES.items()
    ),
    Kind("number in a caption", FIGURES, _placed, FIGURE),
    Kind("constant in a figure", FIGURES, _numbers, FIGURE, True),
    Kind("constant in a moving figure", MOVING, _constants_of_mjs, IN_MOTION, rare=2),
    Kind("text of a moving figure", MOVING, _texts, IN_MOTION, rare=2),
    Kind("number in a docstring", PACKAGE, _docstrings, DOCSTRING),
    Kind("source", ("sitebuild/evidence/sources.toml",), _in_sources, CITED),
    Kind("record", ("sitebuild/evidence/records/*.json",), digits, RECORD),
]


def pages_of(path: Path, root: Path) -> list[str]:
    """The names of the pages that are this file, or show what it makes."""
    name = path.relative_to(root)
    module = ".".join(name.with_suffix("").parts)
    return [
        page.stem
        for page in sorted(root.glob("docs/**/*.md"))
        if page == path or (name.suffix == ".py" and module in page.read_text("utf-8"))
    ]


def tests_of(patterns: tuple[str, ...], path: Path, root: Path) -> list[str]:
    """What pytest is given for a fault in this file."""
    pages, name = pages_of(path, root), path.relative_to(root).as_posix()
    return [
        test.format(page=page, path=name)
        for test in patterns
        for page in (pages if "{page}" in test else [""])
    ]


def files_of(kind: Kind, root: Path) -> list[Path]:
    """The files in which such a fault can stand."""
    found = {path for pattern in kind.files for path in root.glob(pattern)}
    return sorted(path for path in found if not path.name.startswith("__"))

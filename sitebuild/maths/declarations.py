r"""What an author declares beside a formula, in comments that no reader sees.

`<!--where: z = 2; a = sigmoid(z)-->` says what symbols mean: directly after a formula
or a code span for that one alone, elsewhere for all that follow on the page.
`<!--is: sigmoid(z) * sigmoid(-z)-->` says what the formula before it must equal.
`<!--equal: z = 0-->` says where both sides of the ≤ before it are equal.
`<!--unread: an existence proof-->` lists a formula that cannot be read, and why.
`<!--quotes: Z == 0; Z <= 0-->` lists code that stands in headings, where no mark can.

>>> (formula,), _, problems = stated("Let $z = 2$.<!--where: z = 1 + 1-->")
>>> formula.meanings["z"], problems
('1 + 1', [])
"""

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from sitebuild.checks.structure import KINDS, line_at, without
from sitebuild.maths.delimiters import CODE, IN_PAGE, Formula
from sitebuild.maths.meanings import NEURON, SETS

Found = list[tuple[int, str]]

_MARK = re.compile(
    r"<!--(?P<kind>where|is|equal|unread|quotes):(?P<said>.*?)-->", re.DOTALL
)
_SPAN = re.compile(KINDS["code"], re.DOTALL | re.MULTILINE)
_BETWEEN = re.compile(r"(?:[-–.,;:!?)’'*\s]|<!--.*?-->)*", re.DOTALL)


class Stated(NamedTuple):
    """A formula or a code span, with what is declared beside it."""

    line: int
    source: str
    tex: bool
    meanings: dict[str, str]
    equal: str
    unread: str | None
    attained: dict[str, str]


class _Mark(NamedTuple):
    start: int
    kind: str
    said: str


class _Reader:
    """Goes through a page from the top, and remembers what has been declared."""

    def __init__(self, prose: str) -> None:
        self.prose = prose
        self.meanings = dict(NEURON)
        self.stated: list[Stated] = []
        self.quotes: set[str] = set()
        self.problems: Found = []
        self._end = -1  # of the last formula

    def formula(self, start: int, end: int, source: str, tex: bool) -> None:
        line = line_at(self.prose, start)
        self.stated.append(Stated(line, source, tex, self.meanings, "", None, {}))
        self._end = end

    def mark(self, mark: _Mark) -> None:
        try:
            self._take(mark)
        except (ValueError, SyntaxError) as error:
            said = f"<!--{mark.kind}: {mark.said}-->: {error}"
            self.problems.append((line_at(self.prose, mark.start), said))

    def _take(self, mark: _Mark) -> None:
        if not mark.said:
            raise ValueError("it says nothing")
        beside = self.stated and _BETWEEN.fullmatch(self.prose, self._end, mark.start)
        if mark.kind == "quotes":
            self.quotes |= {part.strip() for part in mark.said.split(";")}
        elif beside and (mark.kind != "where" or "\n" not in beside[0]):
            self.stated[-1] = _with(self.stated[-1], mark)
        elif mark.kind == "where":
            self.meanings = {**self.meanings, **declared(mark.said)}
        else:
            raise ValueError("no formula stands before it")


def stated(prose: str) -> tuple[list[Stated], set[str], Found]:
    """The formulas and code spans of a page without its fences, quotes, bad marks."""
    reader = _Reader(prose)
    things = [(thing[0], thing) for thing in (*formulas_of(prose), *spans_of(prose))]
    marks = [
        (m.start(), _Mark(m.start(), m["kind"], m["said"].strip()))
        for m in _MARK.finditer(without(prose, "fence", "code"))
    ]
    for _, event in sorted([*things, *marks], key=lambda event: event[0]):
        if isinstance(event, _Mark):
            reader.mark(event)
        else:
            reader.formula(*event)
    return reader.stated, reader.quotes, reader.problems


def formulas_of(prose: str) -> Iterator[tuple[int, int, str, bool]]:
    """Where the formulas of a page begin and end, and their TeX."""
    for match in IN_PAGE.finditer(without(prose, *CODE)):
        formula = Formula.of(match)
        if not formula.stray:
            yield formula.start, match.end(), formula.tex, True


def spans_of(prose: str) -> Iterator[tuple[int, int, str, bool]]:
    """Where the code spans of a page begin and end, and their code."""
    text = without(prose, "fence", "comment", "script", "drawing", "doctest")
    for match in _SPAN.finditer(text):
        inside = match[0].strip("`").strip()
        yield match.start(), match.end(), inside, False


def _with(thing: Stated, mark: _Mark) -> Stated:
    if mark.kind == "where":
        return thing._replace(meanings={**thing.meanings, **declared(mark.said)})
    if mark.kind == "equal":
        return thing._replace(attained=declared(mark.said))
    if mark.kind == "is":
        ast.parse(mark.said, mode="eval")
        return thing._replace(equal=mark.said)
    return thing._replace(unread=mark.said)


def declared(said: str) -> dict[str, str]:
    """The meanings in a declaration.

    >>> declared("z = 2; a = sigmoid(z)")
    {'z': '2', 'a': 'sigmoid(z)'}
    """
    meanings: dict[str, str] = {}
    for part in filter(None, map(str.strip, said.split(";"))):
        name, equals, code = map(str.strip, part.partition("="))
        if not equals and name in SETS:
            meanings |= SETS[name]
            continue
        if not name.isidentifier() or not code:
            raise ValueError(f"{part!r} is not name = expression, nor one of {[*SETS]}")
        try:
            ast.parse(code, mode="eval")
        except SyntaxError as error:
            raise ValueError(f"{code!r} is no Python expression: {error.msg}") from None
        meanings[name] = code
    return meanings

"""Where formulas begin and end in a Markdown text, and which cannot be shown."""

import re
from typing import NamedTuple

from sitebuild.checks.structure import line_at, without
from sitebuild.maths.mathml import TexError, to_mathml

_DISPLAY = r"""
    (?:\$\$(?P<dollars>(?:\\.|(?!\n[ \t]*\n)[^\\$])+)\$\$
      |\\\[(?P<square>(?:(?!\n[ \t]*\n|\\\]).)+)\\\])[ \t]*$
"""
_INLINE = r"""
    (?<![\\$])\$(?![\s$])(?P<dollar>(?:\\.|[^\\$\n])+)(?<!\s)\$(?![\d$])
    |(?<!\\)\\\((?P<round>(?:(?!\\\)).)+)\\\)
"""
_STRAY = r"""
    (?<!\\)(?P<stray>\$\$|\$(?!\d[\d.,]*[kM]?(?![\w\\^$]))|\\\(|^\\\[[ \t]*$)
"""
CODE = ("fence", "comment", "script", "drawing", "code", "doctest")
_FLAGS = re.VERBOSE | re.MULTILINE | re.DOTALL
IN_BLOCK = re.compile(rf"^[ ]{{0,3}}{_DISPLAY}", _FLAGS)
_AFTER = r"(?P<after>[-–.,;:!?)’']*(?:\xa0[\w…]+)?)"
IN_LINE = re.compile(rf"(?P<before>(?<!\\)\(?)(?:{_INLINE}){_AFTER}|{_STRAY}", _FLAGS)
IN_PAGE = re.compile(
    rf"^[ \t>]*(?:(?:[-*+:]|\d+\.)[ \t]+)?{_DISPLAY}|{_INLINE}|{_STRAY}", _FLAGS
)
_KINDS = ("dollars", "square", "dollar", "round", "stray")
_HEADING = re.compile(r"^[ \t>]*#{1,6}|^[^\n|]+\n[ \t>]*(?:=+|-+)[ \t]*$", re.MULTILINE)

_STRAY_PROBLEM = (
    r"{!r} opens no formula: inline TeX begins and ends on one line and in one table "
    r"cell (| is \vert), $$ stands on lines of its own, a dollar sign is \$"
)
HEADING_PROBLEM = (
    "TeX in a heading is shown raw in the table of contents: write it in plain text"
)


class Formula(NamedTuple):
    """A match of the patterns above; a stray delimiter has no TeX."""

    tex: str
    display: bool
    start: int
    stray: str

    @classmethod
    def of(cls, match: re.Match[str]) -> "Formula":
        groups = match.groupdict()
        (kind,) = (kind for kind in _KINDS if groups.get(kind) is not None)
        display = kind in ("dollars", "square")
        stray = match[kind] if kind == "stray" else ""
        return cls(match[kind], display, match.start(kind), stray)

    def problem(self) -> tuple[int, str] | None:
        """Where it is wrong, in the text it was found in, and how."""
        if self.stray:
            return self.start, _STRAY_PROBLEM.format(self.stray)
        try:
            to_mathml(self.tex, self.display)
        except TexError as error:
            return self.start + error.position, str(error)
        return None


def tex_problems(markdown_text: str) -> list[tuple[int, str]]:
    """The formulas of a Markdown text that cannot be shown: line (from 1), message."""
    text = without(markdown_text, *CODE)
    headings = [_span_of_line(text, m.start()) for m in _HEADING.finditer(text)]
    problems = []
    for formula in map(Formula.of, IN_PAGE.finditer(text)):
        problem = formula.problem() or _misplaced(formula, text, headings)
        if problem:
            problems.append((line_at(text, problem[0]), problem[1]))
    return problems


def _span_of_line(text: str, position: int) -> tuple[int, int]:
    return position, (text + "\n").index("\n", position)


def _misplaced(
    formula: Formula, text: str, headings: list[tuple[int, int]]
) -> tuple[int, str] | None:
    """A good formula in a heading, or cut by the border of a table cell."""
    if any(start <= formula.start < end for start, end in headings):
        return formula.start, HEADING_PROBLEM
    line = text[text.rfind("\n", 0, formula.start) + 1 : formula.start]
    if line.lstrip(" \t>").startswith("|") and re.search(r"(?<!\\)\|", formula.tex):
        return formula.start, _STRAY_PROBLEM.format("$")
    return None

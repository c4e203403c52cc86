r"""TeX in Markdown becomes MathML while the site is built, or a warning.

Inline: ``$...$`` or ``\(...\)`` on one line.  Display: ``$$...$$`` or ``\[...\]`` on
lines of their own.  Code is left alone.  A dollar sign is written ``\$``; an amount
such as $5 needs no backslash.
"""

import html
import logging
import re
from typing import Any, NamedTuple
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from math_core import LatexError, LatexToMathML

from sitebuild.checks.structure import line_at, without
from sitebuild.maths import font as mathfont

log = logging.getLogger("mkdocs.maths")  # below mkdocs: its warnings fail --strict

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
_CODE = ("fence", "comment", "script", "drawing", "code", "doctest")
_FLAGS = re.VERBOSE | re.MULTILINE | re.DOTALL
_IN_BLOCK = re.compile(rf"^[ ]{{0,3}}{_DISPLAY}", _FLAGS)
_IN_LINE = re.compile(
    rf"(?P<before>(?<!\\)\(?)(?:{_INLINE})(?P<after>[-–.,;:!?)’']*)|{_STRAY}", _FLAGS
)
_IN_PAGE = re.compile(
    rf"^[ \t>]*(?:(?:[-*+:]|\d+\.)[ \t]+)?{_DISPLAY}|{_INLINE}|{_STRAY}", _FLAGS
)
_KINDS = ("dollars", "square", "dollar", "round", "stray")
_HEADING = re.compile(r"^[ \t>]*#{1,6}|^[^\n|]+\n[ \t>]*(?:=+|-+)[ \t]*$", re.MULTILINE)
_NOT_TEXT = re.compile(
    r"<(pre|code|script|style|svg|math|textarea)\b.*?</\1>|<!--.*?-->|<[^>]*>",
    re.DOTALL,
)
_PLACE = re.compile(r"\x02wzxhzdk:(\d+)\x03")  # Markdown's mark for finished HTML

_STRAY_PROBLEM = (
    r"{!r} opens no formula: inline TeX begins and ends on one line and in one table "
    r"cell (| is \vert), $$ stands on lines of its own, a dollar sign is \$"
)
_HEADING_PROBLEM = (
    "TeX in a heading is shown raw in the table of contents: write it in plain text"
)

# math_core takes these without an error, and the reader sees something else.
_MISLEADING = (
    (r"^\s*\Z", "the formula is empty"),
    (r"(?<!\\)%", r"what follows % is dropped: write \%"),
    (r"\\color\b", r"\color paints all that follows: write \textcolor{red}{...}"),
    (
        r"^(?!.*\\begin).*\\\\",
        r"\\ breaks no line here: write \begin{aligned} ... \end{aligned}",
    ),
    (
        r"\\(?:boxed|cancel|bcancel|xcancel|sout)\b",
        "not every browser draws this: boxes and strokes are not in MathML Core",
    ),
)

# the colours that maths.css has for both schemes, by what math_core makes of them
_COLOURS = {
    "#FF0000": "red",
    "#0000FF": "blue",
    "#FF8001": "orange",
    "#800080": "violet",
}

_mathml = LatexToMathML(annotation=True, fancy_error=False)


class TexError(ValueError):
    """TeX that cannot be shown as it is meant."""

    def __init__(self, tex: str, position: int, problem: str) -> None:
        super().__init__(f"TeX {tex!r}, character {position + 1}: {problem}")
        self.position = position


def to_mathml(tex: str, display: bool) -> str:
    """MathML of a formula; `TexError` for one that would not show as it is meant."""
    for pattern, problem in _MISLEADING:
        if found := re.search(pattern, tex, re.DOTALL):
            raise TexError(tex, found.start(), problem)
    try:
        mathml = _mathml.convert_with_local_state(tex.strip(), displaystyle=display)
    except LatexError as error:
        position, _, problem = str(error).partition(": ")
        spaces = len(tex) - len(tex.lstrip())
        raise TexError(tex, int(position) + spaces, problem) from None
    if missing := "".join(mathfont.drawn(mathml) - set(mathfont.CHARACTERS)):
        problem = f"the site's font has no {missing!r}: see sitebuild/maths/font.py"
        raise TexError(tex, 0, problem)
    # the TeX is there for those who copy the formula, not for the site's search
    mathml = mathml.replace("<annotation ", "<annotation data-search-exclude ")
    return re.sub(
        r'style="color:(#\w+);"', lambda m: f'class="{_colour(m[1], tex)}"', mathml
    )


def _colour(value: str, tex: str) -> str:
    if value not in _COLOURS:
        names = ", ".join(_COLOURS.values())
        position = tex.index(r"\textcolor")
        raise TexError(tex, position, f"a colour legible in both schemes is: {names}")
    return f"bp-{_COLOURS[value]}"


class _Formula(NamedTuple):
    """A match of the patterns above; a stray delimiter has no TeX."""

    tex: str
    display: bool
    start: int
    stray: str

    @classmethod
    def of(cls, match: re.Match[str]) -> "_Formula":
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
    text = without(markdown_text, *_CODE)
    headings = [_span_of_line(text, m.start()) for m in _HEADING.finditer(text)]
    problems = []
    for formula in map(_Formula.of, _IN_PAGE.finditer(text)):
        problem = formula.problem() or _misplaced(formula, text, headings)
        if problem:
            problems.append((line_at(text, problem[0]), problem[1]))
    return problems


def _span_of_line(text: str, position: int) -> tuple[int, int]:
    return position, (text + "\n").index("\n", position)


def _misplaced(
    formula: _Formula, text: str, headings: list[tuple[int, int]]
) -> tuple[int, str] | None:
    """A good formula in a heading, or cut by the border of a table cell."""
    if any(start <= formula.start < end for start, end in headings):
        return formula.start, _HEADING_PROBLEM
    line = text[text.rfind("\n", 0, formula.start) + 1 : formula.start]
    if line.lstrip(" \t>").startswith("|") and re.search(r"(?<!\\)\|", formula.tex):
        return formula.start, _STRAY_PROBLEM.format("$")
    return None


def _render(formula: _Formula) -> str:
    """HTML of a formula; a bad one is logged and shown as it was written."""
    if problem := formula.problem():
        log.warning("%s", problem[1])
        return f'<code class="bp-bad-tex">{html.escape(formula.tex)}</code>'
    return to_mathml(formula.tex, formula.display)


class _Inline(InlineProcessor):
    def handleMatch(  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        rendered = _render(_Formula.of(m))
        if m["before"] or m["after"]:  # or a line may end between formula and comma
            rendered = f"{m['before']}{rendered}{m['after']}"
            rendered = f'<span class="bp-unbroken">{rendered}</span>'
        return self.md.htmlStash.store(rendered), m.start(), m.end()


class _Display(BlockProcessor):
    def test(self, parent: ElementTree.Element, block: str) -> bool:
        return _IN_BLOCK.search(block) is not None

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        found = _IN_BLOCK.search(block)
        assert found
        if before := block[: found.start()].rstrip("\n"):
            self.parser.parseBlocks(parent, [before])
        element = ElementTree.SubElement(parent, "div", {"class": "bp-display"})
        place = self.parser.md.htmlStash.store(_render(_Formula.of(found)))
        element.text = AtomicString(place)
        if after := block[found.end() :].lstrip("\n"):
            blocks.insert(0, after)


class _Headings(Treeprocessor):
    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter():
            if re.fullmatch("h[1-6]", str(element.tag)):
                self._look_into("".join(element.itertext()))

    def _look_into(self, heading: str) -> None:
        stash = self.md.htmlStash.rawHtmlBlocks
        formulas = [str(stash[int(place)]) for place in _PLACE.findall(heading)]
        if any("<math" in formula for formula in formulas):
            log.warning("%s: %r", _HEADING_PROBLEM, _PLACE.sub("...", heading))


class _RawHtml(Preprocessor):
    """Warns of TeX in blocks of HTML, where Markdown does not look."""

    def run(self, lines: list[str]) -> list[str]:
        for block in map(str, self.md.htmlStash.rawHtmlBlocks):
            for found in _IN_LINE.finditer(_NOT_TEXT.sub("\n", block)):
                log.warning("TeX stays raw inside of HTML: %s", found[0])
        return lines


class MathsExtension(Extension):
    """Python-Markdown's hooks for all of this."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register just after code spans and just before indented code."""
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "$"]
        inline = _Inline(_IN_LINE.pattern, md)
        inline.compiled_re = _IN_LINE
        md.inlinePatterns.register(inline, "maths", 189.95)
        md.parser.blockprocessors.register(_Display(md.parser), "maths", 79.95)
        md.treeprocessors.register(_Headings(md), "maths", 6)
        md.preprocessors.register(_RawHtml(md), "maths", 5)  # its HTML is found by then


def makeExtension(**options: Any) -> MathsExtension:  # noqa: N802
    """Where Python-Markdown looks."""
    return MathsExtension(**options)

r"""TeX in Markdown becomes MathML while the site is built, or a warning.

Inline: ``$...$`` or ``\(...\)`` on one line.  Display: ``$$...$$`` or ``\[...\]`` on
lines of their own.  Code is left alone.  A dollar sign is written ``\$``; an amount
such as $5 needs no backslash.
"""

import html
import logging
import re
from typing import Any
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from sitebuild.maths.delimiters import HEADING_PROBLEM, IN_BLOCK, IN_LINE, Formula
from sitebuild.maths.mathml import to_mathml

log = logging.getLogger("mkdocs.maths")  # below mkdocs: its warnings fail --strict

_NOT_TEXT = re.compile(
    r"<(pre|code|script|style|svg|math|textarea)\b.*?</\1>|<!--.*?-->|<[^>]*>",
    re.DOTALL,
)
_PLACE = re.compile(r"\x02wzxhzdk:(\d+)\x03")  # Markdown's mark for finished HTML


def _render(formula: Formula) -> str:
    """HTML of a formula; a bad one is logged and shown as it was written."""
    if problem := formula.problem():
        log.warning("%s", problem[1])
        return f'<code class="bp-bad-tex">{html.escape(formula.tex)}</code>'
    return to_mathml(formula.tex, formula.display)


class _Inline(InlineProcessor):
    def handleMatch(  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        rendered = _render(Formula.of(m))
        if m["before"] or m["after"]:  # or a line may end between formula and comma
            rendered = f"{m['before']}{rendered}{m['after']}"
            rendered = f'<span class="bp-unbroken">{rendered}</span>'
        return self.md.htmlStash.store(rendered), m.start(), m.end()


class _Display(BlockProcessor):
    def test(self, parent: ElementTree.Element, block: str) -> bool:
        return IN_BLOCK.search(block) is not None

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        found = IN_BLOCK.search(block)
        assert found
        if before := block[: found.start()].rstrip("\n"):
            self.parser.parseBlocks(parent, [before])
        element = ElementTree.SubElement(parent, "div", {"class": "bp-display"})
        place = self.parser.md.htmlStash.store(_render(Formula.of(found)))
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
            log.warning("%s: %r", HEADING_PROBLEM, _PLACE.sub("...", heading))


class _RawHtml(Preprocessor):
    """Warns of TeX in blocks of HTML, where Markdown does not look."""

    def run(self, lines: list[str]) -> list[str]:
        for block in map(str, self.md.htmlStash.rawHtmlBlocks):
            for found in IN_LINE.finditer(_NOT_TEXT.sub("\n", block)):
                log.warning("TeX stays raw inside of HTML: %s", found[0])
        return lines


class MathsExtension(Extension):
    """Python-Markdown's hooks for all of this."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register just after code spans and just before indented code."""
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "$"]
        inline = _Inline(IN_LINE.pattern, md)
        inline.compiled_re = IN_LINE
        md.inlinePatterns.register(inline, "maths", 189.95)
        md.parser.blockprocessors.register(_Display(md.parser), "maths", 79.95)
        md.treeprocessors.register(_Headings(md), "maths", 6)
        md.preprocessors.register(_RawHtml(md), "maths", 5)  # its HTML is found by then


def makeExtension(**options: Any) -> MathsExtension:  # noqa: N802
    """Where Python-Markdown looks."""
    return MathsExtension(**options)

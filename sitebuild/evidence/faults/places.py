"""Where a fault of each kind can stand in a page, and what it would be."""

import io
import re
import tokenize
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

from sitebuild.checks.checker import blanked_fences
from sitebuild.checks.fences import find_fences
from sitebuild.checks.structure import KINDS, without

BODY = ("front matter", "comment", "script", "attributes")
BESIDE_PROSE = (*BODY, "code", "tex", "target", "tag")
WORDS = [
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("twelve", "twenty", "half", "third", "twice"),
]
SWAPPED = {"+": "-", "-": "+", "*": "/", "/": "*", "<": ">", ">": "<", "@": "*"}
_OF_SITE = r"\]\((?![a-z]+:)([^)\s#]*\.md)(#[\w-]+)?\)"


class Fault(NamedTuple):
    """These characters of a text replaced by others."""

    start: int
    end: int
    after: str

    def within(self, text: str) -> str:
        return text[: self.start] + self.after + text[self.end :]


Places = Callable[[str], Iterator[Fault]]


def digits(text: str, start: int = 0, end: int | None = None) -> Iterator[Fault]:
    """Each digit, replaced by the next one."""
    ends = start, len(text) if end is None else end
    for found in re.compile(r"[0-9]").finditer(text, *ends):
        yield Fault(*found.span(), str((int(found[0]) + 1) % 10))


def _each(
    part: re.Match[str], pattern: str, after: Callable[[str], str]
) -> Iterator[Fault]:
    """What a pattern, or its group, finds in a part of a text, replaced."""
    for found in re.finditer(pattern, part[0]):
        group = found.lastindex or 0
        start, end = (part.start() + at for at in found.span(group))
        yield Fault(start, end, after(found[group]))


def words(text: str, start: int = 0) -> Iterator[Fault]:
    """Each number word, replaced by the next; its place counts from `start`."""
    for found in re.finditer(rf"(?i)\b({'|'.join(WORDS)})\b", text):
        after = WORDS[(WORDS.index(found[0].lower()) + 1) % len(WORDS)]
        yield Fault(start + found.start(), start + found.end(), after)


def without_fences(text: str) -> str:
    """The page with its fences blanked, so that positions stay."""
    return blanked_fences(find_fences(without(text, "front matter")), text)


def _prose(text: str) -> str:
    return without(without_fences(text), *BESIDE_PROSE)


def _parts(text: str, kind: str) -> Iterator[re.Match[str]]:
    others = {"front matter", "comment", "script", "code", "tex"} - {kind}
    plain = without(without_fences(text), *sorted(others))
    return re.finditer(KINDS[kind], plain, re.DOTALL | re.MULTILINE)


def formula(text: str) -> Iterator[Fault]:
    """A digit, a sign or a letter of an index."""
    for part in _parts(text, "tex"):
        yield from digits(text, part.start(), part.end())
        other = lambda sign: SWAPPED.get(sign, "m")
        yield from _each(part, r"[-+]|(?<=_)[ijkln]\b", other)


def inequality(text: str) -> Iterator[Fault]:
    """A strict inequality made weak, or a weak one strict."""
    other = {"<": r"\le ", ">": r"\ge ", r"\le": "<", r"\ge": ">"}
    for part in _parts(text, "tex"):
        yield from _each(part, r"[<>]|\\[lg]e\b", other.__getitem__)


def table(text: str) -> Iterator[Fault]:
    """A digit in a row that is written by hand, 0 and 1 left out."""
    for row in re.finditer(r"^\|.*$", _prose(text), re.MULTILINE):
        for found in re.finditer(r"(?<!\d)(?![01]\b)[0-9]", row[0]):
            yield next(digits(text, row.start() + found.start()))


def whole_number(text: str) -> Iterator[Fault]:
    """A digit of a whole number in a sentence, 0 and 1 left out."""
    prose = re.sub(r"^\|.*$", lambda row: " " * len(row[0]), _prose(text), flags=re.M)
    for found in re.finditer(r"(?<![\w.,#-])(?![01]\b)\d+(?![\w]|[.,]\d)", prose):
        yield from digits(text, *found.span())


def number_word(text: str) -> Iterator[Fault]:
    """A number word or a fraction, replaced by the next of the list."""
    yield from words(_prose(text))


def decimal(text: str) -> Iterator[Fault]:
    """A digit of a number with a point: computed, quoted, or a version."""
    for found in re.finditer(r"\d+(?:\.\d+)+", _prose(text)):
        yield from digits(text, *found.span())


def front_matter(text: str) -> Iterator[Fault]:
    """A digit or a number word in a title or a description."""
    closed = max(0, text.find("\n---", 4))
    for line in re.finditer(r"(?m)^(?:title|description): .*$", text[:closed]):
        yield from digits(text, *line.span())
        yield from words(line[0], line.start())


def span_formula(text: str) -> Iterator[Fault]:
    """A digit or an operator in a code span."""
    for part in _parts(text, "code"):
        yield from digits(text, part.start(), part.end())
        yield from _each(part, r" ([-+*/@]) ", SWAPPED.__getitem__)


def span_name(text: str) -> Iterator[Fault]:
    """A name in a code span with two of its letters exchanged."""
    for part in _parts(text, "code"):
        for found in re.finditer(r"[A-Za-z_]{4,}", part[0]):
            yield from exchanged(found, part.start())


def heading(text: str) -> Iterator[Fault]:
    """A word of a heading with two of its letters exchanged."""
    for line in re.finditer(r"^#+ .*$", _prose(text), re.MULTILINE):
        for found in re.finditer(r"[A-Za-z]{4,}", line[0]):
            yield from exchanged(found, line.start())


def exchanged(word: re.Match[str], before: int) -> Iterator[Fault]:
    """Two letters of a word exchanged; the text it was found in begins at `before`."""
    for at in range(1, len(word[0]) - 1):
        first, second = word[0][at : at + 2]
        if first != second:
            start = before + word.start() + at
            yield Fault(start, start + 2, second + first)
            return


def link(text: str) -> Iterator[Fault]:
    """A link that leads to where the next one of the page leads."""
    found = list(re.finditer(_OF_SITE, without_fences(text)))
    for one, other in zip(found, found[1:] + found[:1], strict=True):
        if one[0] != other[0]:
            yield Fault(*one.span(), other[0])


def tokens(source: str, kind: int, start: int = 0) -> Iterator[tuple[str, int]]:
    """The tokens of a kind in some Python, and their places, counted from `start`."""
    lines = [0, *(found.end() for found in re.finditer("\n", source))]
    with suppress(tokenize.TokenError, IndentationError):
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == kind:
                yield token.string, start + lines[token.start[0] - 1] + token.start[1]


def _code(text: str, kind: int) -> Iterator[tuple[str, int]]:
    for fence in find_fences(text):
        start = text.index("\n", fence.start) + 1
        if fence.runs and text.startswith(fence.source, start):  # it is not indented
            yield from tokens(fence.source, kind, start)


def operator(text: str) -> Iterator[Fault]:
    """An operator of a block, replaced by another."""
    for sign, at in _code(text, tokenize.OP):
        if sign in SWAPPED:
            yield Fault(at, at + 1, SWAPPED[sign])


def code_digit(text: str) -> Iterator[Fault]:
    for number, at in _code(text, tokenize.NUMBER):
        yield from digits(text, at, at + len(number))


def fence_option(text: str) -> Iterator[Fault]:
    """An option of a block's header left out."""
    for fence in find_fences(text):
        if fence.runs:
            end = text.index("\n", fence.start)
            for found in re.finditer(r' [\w-]+="[^"]*"', text[fence.start : end]):
                at = fence.start + found.start()
                yield Fault(at, at + len(found[0]), "")


OF_PAGES: dict[str, Places] = {
    "formula": formula,
    "strict or weak inequality": inequality,
    "number in a table": table,
    "whole number in prose": whole_number,
    "number word": number_word,
    "decimal number or version": decimal,
    "number in a title or description": front_matter,
    "operator in code": operator,
    "digit in code": code_digit,
    "formula in a code span": span_formula,
    "name in a code span": span_name,
    "link within the site": link,
    "word of a heading": heading,
    "fence option": fence_option,
}

"""Spelling: a word of a page is in the dictionary, or in the project's own list.

A word of a heading must also stand somewhere else on the site, or in the list: the
dictionary has so many words that a misspelt one is often another.  A name that holds
digits, such as `float32`, has to be in the list; in a column of a table, such names
count up.
"""

import gzip
import importlib.util
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from sitebuild.checks.structure import blank, line_at, without

OWN = Path(__file__).with_name("own_words.txt")
_NOT_WORDS = (
    "fence",
    "comment",
    "code",
    "tex",
    "script",
    "target",
    "tag",
    "attributes",
)
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’][^\W\d_]+)*(?!\w)")
_MIXED = re.compile(r"(?<!\w)(?!\d+e\d*\b)(?=\w*\d)(?=\w*[^\W\d_])\w+(?!\w)")
_NUMBERED = re.compile(r"([^\W\d_]+)(\d+)")
_HEADING = re.compile(r"^#{1,6} .*$|(?<=^title: ).*$", re.MULTILINE)
_TOLD = re.compile(r"^title: .*$|(?<=^description: ).*$", re.MULTILINE)
_DIRECTIVE = re.compile(r"^:::.*\n(?:[ \t].*\n)*", re.MULTILINE)
_ALONE = {"a", "A", "I", "z", "y", "C", "W"}
"""The words of one letter, and the symbols that headings name."""


class Words:
    """The words of a site, and how often each stands there.

    Without `all_of_it`, the pages are a few, in which most words stand once.
    """

    def __init__(self, pages: dict[str, str], *, all_of_it: bool = True) -> None:
        self.all_of_it = all_of_it
        self.plain = {name: _plain(text) for name, text in pages.items()}
        self.count = Counter(
            _bare(word) for text in self.plain.values() for word in _WORD.findall(text)
        )

    def problems(self, name: str) -> Iterator[tuple[int, str]]:
        """Line and message of each word that seems to be misspelt."""
        text = self.plain[name]
        for at, word in unknown(text):
            yield (
                line_at(text, at),
                f"{word!r} is in no dictionary; is it misspelt? Or add it to "
                f"{OWN.name}",
            )
        yield from _out_of_order(text)
        if self.all_of_it:
            yield from self._alone(text)

    def _alone(self, text: str) -> Iterator[tuple[int, str]]:
        for heading in _HEADING.finditer(text):
            for found in _WORD.finditer(heading[0].removeprefix("title: ")):
                word = found[0]
                if word.lower() not in own() and not self._stands_elsewhere(word):
                    yield (
                        line_at(text, heading.start()),
                        f"{word!r} stands in this heading alone; is it misspelt? Or "
                        f"add it to {OWN.name}",
                    )

    def _stands_elsewhere(self, word: str) -> bool:
        if len(word) == 1:
            return word in _ALONE or not word.isascii()
        return self.count[_bare(word)] > 1


def unknown(text: str) -> Iterator[tuple[int, str]]:
    """Where a word stands that is in no dictionary, and the word.

    Examples
    --------
    >>> list(unknown("The solpe of float32"))
    [(4, 'solpe')]
    """
    for found in chain(_WORD.finditer(text), _MIXED.finditer(text)):
        if len(found[0]) > 1 and not _known(found[0]):
            yield found.start(), found[0]


def _out_of_order(text: str) -> Iterator[tuple[int, str]]:
    """Names such as BP3, alone in the cells of a column, that do not count up."""
    above: list[str] = []
    for row in re.finditer(r"^.*$", text, re.MULTILINE):
        cells = [cell.strip() for cell in row[0].split("|")]
        for cell, before in zip(cells, above, strict=False):
            now, then = _NUMBERED.fullmatch(cell), _NUMBERED.fullmatch(before)
            if now and then and now[1] == then[1] and int(now[2]) != int(then[2]) + 1:
                yield line_at(text, row.start()), f"{cell} stands under {before}"
        above = cells


def _plain(text: str) -> str:
    r"""The prose of a page, with its title and description, in place.

    Examples
    --------
    >>> print(_plain("---\ntitle: One\n---\n# Two `x`\n::: three\n").split())
    ['title:', 'One', '#', 'Two']
    """
    body = without(text, "front matter", *_NOT_WORDS)
    body = _DIRECTIVE.sub(blank, body)
    for told in _TOLD.finditer(text[: len(text) - len(body.lstrip())]):
        body = body[: told.start()] + told[0] + body[told.end() :]
    return body


def _bare(word: str) -> str:
    r"""The word without the ending of a possessive.

    Examples
    --------
    >>> _bare("Layer’s"), _bare("don't")
    ('layer', "don't")
    """
    return (
        re.sub(r"'s?$", "", word.lower().replace("’", "'")) if len(word) > 1 else word
    )


def _known(word: str) -> bool:
    plain = word.lower().replace("’", "'")
    return any(w in own() or w in dictionary() for w in (plain, _bare(word)))


@cache
def dictionary() -> set[str]:
    """The words of English."""
    (folder,) = importlib.util.find_spec("spellchecker").submodule_search_locations
    packed = (Path(folder) / "resources" / "en.json.gz").read_bytes()
    return set(json.loads(gzip.decompress(packed)))


@cache
def own() -> set[str]:
    """The words of the project: of the field, and names."""
    text = OWN.read_text("utf-8")
    return {word.lower() for word in re.sub("#.*", "", text).split()}

"""Link texts: each shares a word with what it leads to, and "Next" leads to the next.

A text that is the very name of a page, of three words or more, leads to no other.

What a page is called: its file, its title, its headings of the first level, and the
`aliases` that its front matter gives.  A link to an anchor may take the anchor's words.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from sitebuild.checks.stems import stems
from sitebuild.checks.structure import line_at, meta, without

_LINK = re.compile(r"\]\((?P<to>[^)\s\"]*)")
_HEADING = re.compile(
    r"^(?P<level>#{1,6}) (?P<text>.*?)(?: \{[^}\n]*#(?P<id>[\w-]+)[^}\n]*\})?$", re.M
)
_NEXT = re.compile(r"(?<=\n\n)Next\b(?:(?!\n\n).)*", re.DOTALL)
_APART = ("front matter", "fence", "comment", "code")


class Link(NamedTuple):
    """A link within the site: where it stands, and what it says."""

    start: int
    words: str
    to: str


class Target(NamedTuple):
    """What a page is called, and its headings that have an anchor of their own."""

    called: set[str]
    headings: dict[str, str]
    names: frozenset[str] = frozenset()
    """Its file, its title and its heading, in letters and spaces alone."""


def links(text: str) -> list[Link]:
    """The links of a page to this site."""
    plain = without(text, *_APART)
    return [
        Link(found.start(), words_before(text, found.start()), found["to"])
        for found in _LINK.finditer(plain)
        if not re.match(r"\w+:|//", found["to"])
    ]


def words_before(text: str, end: int) -> str:
    """The words of the link that ends here, brackets in it included.

    Examples
    --------
    >>> words_before("x [the [1] of it](a.md)", 16)
    'the [1] of it'
    """
    depth = 1
    for start in range(end - 1, -1, -1):
        depth += (text[start] == "]") - (text[start] == "[")
        if not depth:
            return text[start + 1 : end]
    return ""


def target(name: str, text: str) -> Target:
    """What links to a page may say."""
    told = meta(text)
    body = without(text, "front matter", "fence")
    headings = list(_HEADING.finditer(body))
    first = [found["text"] for found in headings if len(found["level"]) == 1]
    stem = posixpath.basename(name).removesuffix(".md")
    aliases = told.get("aliases", [])
    called = [stem, str(told.get("title", "")), *first, *map(str, aliases)]
    anchored = {found["id"]: found["text"] for found in headings if found["id"]}
    names = frozenset(map(_letters, [stem, str(told.get("title", "")), *first]))
    return Target(stems(" ".join(called)), anchored, names)


def lead_problems(
    name: str, text: str, targets: dict[str, Target], order: list[str]
) -> Iterator[tuple[int, str]]:
    """Line and message of each link that says something else than where it leads."""
    for link in links(text):
        page, anchor = _resolved(name, link.to)
        if page in targets and (other := _named(link.words, page, targets)):
            yield (
                line_at(text, link.start),
                f"{link.words!r} is the name of {other}, and leads to {link.to!r}",
            )
        elif page in targets and not _alike(link.words, targets[page], anchor):
            yield (
                line_at(text, link.start),
                f"{link.words!r} shares no word with what {link.to!r} is called: say "
                "what it leads to, or give the page an alias in its front matter",
            )
    for found in _NEXT.finditer(without(text, "front matter", "fence")):
        named = [page for page, _ in (_resolved(name, to.to) for to in links(found[0]))]
        if name in order[:-1] and named[:1] != [order[order.index(name) + 1]]:
            yield (
                line_at(text, found.start()),
                f"the next page is {order[order.index(name) + 1]}, and not {named[:1]}",
            )


def _named(words: str, page: str, targets: dict[str, Target]) -> str | None:
    """Another page that has these words as its name, if this one has not."""
    said = _letters(without(words, "comment"))
    if said.count(" ") < 2 or said in targets[page].names:
        return None
    return next((name for name, to in targets.items() if said in to.names), None)


def _letters(text: str) -> str:
    r"""The words of a name in lower case.

    Examples
    --------
    >>> _letters("Where did `σ′` go?"), _letters("the-chain-rule")
    ('where did σ go', 'the chain rule')
    """
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def _resolved(name: str, to: str) -> tuple[str, str]:
    """The page and the anchor that a link leads to."""
    path, _, anchor = to.partition("#")
    page = posixpath.join(posixpath.dirname(name), path) if path else name
    return posixpath.normpath(page), anchor


def _alike(words: str, to: Target, anchor: str) -> bool:
    said = stems(without(words, "comment"))
    return bool(said & (to.called | stems(f"{anchor} {to.headings.get(anchor, '')}")))

"""The glossary: a term is a link to it, with its meaning on hover, once on a page.

The page of the glossary is the one source.  Its first list has the terms that are
marked, in the form of a definition list; later lists have words that mean too many
things to be marked wherever they stand.
"""

import re
from html import escape
from typing import NamedTuple

from sitebuild.checks.structure import without_comments

PAGE = "docs/about/glossary.md"
ADDRESS = "about/glossary/"
_LEFT_ALONE = ("", "about/", "reference/")
"""Pages that explain by themselves, by how addresses begin: first the home page."""

_ENTRY = re.compile(
    r"^(?P<names>\S[^\n{]*?) \{ #(?P<anchor>[\w-]+) \}\n"
    r":[ ]+(?P<says>.*?)(?=\n\n|\Z)",
    re.M | re.S,
)
_TAG = re.compile(r"""<!--.*?-->|<(/?)([\w-]+)(?:[^<>"']|"[^"]*"|'[^']*')*>""", re.S)
_TOLD = {"p", "li", "dd"}
_APART = {"a", "code", "pre", "strong", "summary", "figure", "math", "table"}
_APART |= {"h1", "h2", "h3", "h4", "svg", "script", "button", "label", "bp-cell"}
_APART |= {"details"}  # what is folded away is not where a term first stands


class Term(NamedTuple):
    """A term by one of its names."""

    name: str
    anchor: str
    meaning: str


def terms(text: str) -> list[Term]:
    r"""The terms of a glossary's first section, and none of no glossary.

    Examples
    --------
    >>> page = "# A\n\n## B\n\nCost, loss { #cost }\n:   How `wrong`.\n    More.\n"
    >>> [term.name for term in terms(page)]
    ['Cost', 'loss']
    >>> terms(page)[0].meaning
    'How wrong. More.'
    """
    sections = re.split(r"(?m)^## .*\n", without_comments(text))
    return [
        Term(name.strip(), entry["anchor"], _plain(entry["says"]))
        for entry in _ENTRY.finditer(sections[1] if len(sections) > 1 else "")
        for name in entry["names"].split(",")
    ]


def _plain(markdown: str) -> str:
    """Words alone: no links, no code, no emphasis, in one line."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return " ".join(re.sub(r"[`*]", "", text).split())


def explained(html: str, known: list[Term], url: str) -> str:
    """The page, each term a link to its meaning where it first stands in a sentence.

    Examples
    --------
    >>> known = [Term("cost", "cost", "How wrong it is.")]
    >>> explained("<p>The <b>costs</b>, a cost.</p>", known, "a/b/")
    ... # doctest: +NORMALIZE_WHITESPACE
    '<p>The <b><a class="bp-term" href="../../about/glossary/#cost"
    title="How wrong it is.">costs</a></b>, a cost.</p>'
    >>> explained("<h1>Cost</h1><p><code>cost</code></p>", known, "a/b/")
    '<h1>Cost</h1><p><code>cost</code></p>'
    """
    if not known or url.partition("/")[0] + "/" * ("/" in url) in _LEFT_ALONE:
        return html
    marker = _Marker(known, "../" * url.count("/") + ADDRESS)
    written, at, told, apart = [], 0, 0, 0
    for tag in _TAG.finditer(html):
        text = html[at : tag.start()]
        written += [marker.marked(text) if told and not apart else text, tag[0]]
        at, step = tag.end(), -1 if tag[1] else 1
        told += step * (tag[2] in _TOLD)
        apart += step * (tag[2] in _APART)
    return "".join(written) + html[at:]


class _Marker:
    """Marks each term once."""

    def __init__(self, known: list[Term], address: str) -> None:
        self.address, self.left = address, {t.name.lower(): t for t in known}
        longest_first = sorted(map(re.escape, self.left), key=len, reverse=True)
        names = "|".join(longest_first)
        self.pattern = re.compile(rf"(?<![\w-])({names})(?:e?s)?(?![\w-])", re.I)

    def marked(self, text: str) -> str:
        return self.pattern.sub(self._link, text)

    def _link(self, found: re.Match[str]) -> str:
        term = self.left.get(found[1].lower())
        if not term:
            return found[0]
        self.left = {k: t for k, t in self.left.items() if t.anchor != term.anchor}
        href, title = f"{self.address}#{term.anchor}", escape(term.meaning)
        return f'<a class="bp-term" href="{href}" title="{title}">{found[0]}</a>'

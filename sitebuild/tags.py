"""The tags of a finished page, found by one expression instead of a parser's loop."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_WRITTEN = r"""(?:[^=>]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|=)*+"""
_PART = re.compile(
    rf"""(?isx) <!--.*?(?:-->|\Z) | <[!?][^>]*>
    | <(?P<raw>script|style)(?P<of_raw>(?=[\s/>]){_WRITTEN})>
      (?P<text>.*?)(?:</(?P=raw)\s*>|\Z)
    | <(?P<name>/?[a-z][^\s/>]*+)(?P<written>{_WRITTEN})>"""
)
_ATTRIBUTE = re.compile(
    r"""([^\s/=>][^\s/=>]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
)


class Tag(NamedTuple):
    """A tag of a page; one that ends an element has a slash before its name."""

    name: str
    written: str
    """Its attributes, as they stand in the page."""
    text: str = ""
    """What is in a script or a style sheet, in which there are no tags."""

    def attributes(self) -> list[tuple[str, str | None]]:
        """Names and values; nothing for the value of a name alone.

        Examples
        --------
        >>> Tag("a", " HREF='?a&amp;b' download").attributes()
        [('href', '?a&b'), ('download', None)]
        """
        return [
            (name.lower(), None if value is None else _value(value))
            for name, value in (
                found.groups() for found in _ATTRIBUTE.finditer(self.written)
            )
        ]


def _value(written: str) -> str:
    return unescape(written[1:-1] if written[:1] in ("'", '"') else written)


def tags(html: str, *names: str) -> Iterator[Tag]:
    """The tags of a page in order, except for what comments and scripts seem to hold.

    Parameters
    ----------
    html : str
        The page.
    *names : str
        The tags that are wanted; all, if none is named.

    Examples
    --------
    >>> [tag.name for tag in tags('<p title="a > b">x<!-- <i> --></p>')]
    ['p', '/p']
    """
    for found in _PART.finditer(html):
        raw, of_raw, text, name, written = found.groups()
        name = (name or raw or "").lower()
        if name and (not names or name in names):
            yield Tag(name, of_raw if raw else written, text or "")

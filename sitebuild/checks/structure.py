r"""Which parts of a Markdown text are not prose: the one reader of its structure.

>>> without("Write `$x$` or $x$.", "code")
'Write       or $x$.'
"""

import re
from functools import cache
from typing import Any

import yaml

_FRONT_MATTER = r"\A-{3}[ \t]*\n(?P<yaml>.*?\n)(?:-{3}|\.{3})[ \t]*\n"
_INLINE_TEX = r"(?<![\\$])\$(?![\s$])(?:\\.|[^\\$\n])+(?<!\s)\$(?![\d$])"

KINDS = {
    "front matter": _FRONT_MATTER,
    "fence": (
        r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^[ \t>]*(?P=fence)[`~]*[ \t]*$"
    ),
    "comment": r"<!--.*?-->",
    "code": r"(?<![\\`])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)",
    "script": r"<(?P<script>script|style)\b.*?</(?P=script)>",
    "drawing": r"<(?P<drawing>pre|svg)\b.*?</(?P=drawing)>",
    "doctest": r"^[ \t]*>>>[ ].*?(?=\n[ \t]*\n|\Z)",
    "tex": rf"\$\$.+?\$\$|\\\[.+?\\\]|\\\(.+?\\\)|{_INLINE_TEX}",
    "target": (r"(?<=\])\([^)\s\"]*|(?<=\])\[[^\]]*[^\d.,\s\]][^\]]*\]|https?://\S+"),
    "tag": (  # except for the attributes that are read
        r"</?[a-zA-Z][\w-]*(?:\s+(?!alt|title|aria-)[\w:-]+"
        r"(?:=(?:\"[^\"]*\"|'[^']*'))?)*"
    ),
    "attributes": r"\{:?[ ]*[.#a-z][^}\n]*\}",
}
"""What stands in a text beside prose, as regular expressions."""


@cache
def _pattern(kinds: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(KINDS[kind] for kind in kinds), re.DOTALL | re.MULTILINE)


def without(text: str, *kinds: str) -> str:
    """The text with such parts blanked: positions stay, and lines do.

    What begins first counts: a comment in a code span is code.
    """
    return _pattern(kinds).sub(blank, text)


def without_comments(text: str) -> str:
    """The text without its comments, which no reader sees; lines stay where they are.

    Examples
    --------
    >>> without_comments("$w$<!--is: W[0][0, 0]--> and `<!--`")
    '$w$ and `<!--`'
    """
    return _pattern(("fence", "code", "comment")).sub(
        lambda m: "\n" * m[0].count("\n") if m[0].startswith("<!--") else m[0], text
    )


def blanked(text: str) -> str:
    """As many spaces as the text has characters, its line breaks kept."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


def blank(match: re.Match[str]) -> str:
    """The match, blanked: for `sub`, where positions have to stay."""
    return blanked(match[0])


def front_matter(text: str) -> str | None:
    r"""The YAML of a page's front matter; nothing where it is not closed.

    Examples
    --------
    >>> front_matter("---\ntitle: a\n---\n# A page")
    'title: a\n'
    """
    found = re.match(_FRONT_MATTER, text, re.DOTALL)
    return found and found["yaml"]


def meta(text: str) -> dict[str, Any]:
    r"""What the front matter says; nothing where it cannot be read.

    Examples
    --------
    >>> meta("---\ntitle: a\n---\n# A page"), meta("# A page")
    ({'title': 'a'}, {})
    """
    try:
        said = yaml.safe_load(front_matter(text) or "{}")
    except yaml.YAMLError:  # the checker will tell
        return {}
    return said if isinstance(said, dict) else {}


def line_at(text: str, position: int) -> int:
    """The line of a position, from 1."""
    return text.count("\n", 0, position) + 1


def line_of(wanted: str, text: str) -> int | None:
    """The first line that holds the words as a target, or else at all."""
    target = re.compile(rf"""[\[(<"'`/]{re.escape(wanted)}[\])>"'`# ]""")
    lines = list(enumerate(text.splitlines(), 1))
    as_target = (number for number, line in lines if target.search(line))
    at_all = (number for number, line in lines if wanted in line)
    return next(as_target, None) or next(at_all, None)

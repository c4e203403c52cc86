"""Pages cite their sources by name: an address is written once, where it was read.

`[words][name]` is a link to a source of `sitebuild/evidence/sources.toml`.  A commit
stands in a page only where it is that of a source it cites; so do an issue's number
and a year; where the sentence names an author, it is the year of a source of theirs.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sitebuild.checks.leads import words_before
from sitebuild.checks.stems import stems
from sitebuild.checks.structure import line_at, without
from sitebuild.evidence.sources import FILE, Source, sources

_CITED = re.compile(r"\]\[(?P<name>[^\]\s]+)\]")
_OURS = re.compile(r"backprop_explained\b")  # mkdocstrings resolves these
_ADDRESS = re.compile(
    r"(?:https?:)?//(?!127\.|localhost|example\.)[\w-]+\.[^\s)>\]\"'`]+"
)
_COMMIT = re.compile(r"\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}\b")
_NUMBER = re.compile(
    r"(?i)\b(?:issues?|pull requests?|discussions?|PR)\s+#?(\d+)|(?<!\w)#(\d+)"
)
_YEAR = re.compile(r"(?<![\w.,/-])(?:19|20)\d\d(?![\w/-]|[.,]\d)")


class Citation(NamedTuple):
    """A link to a source: where it stands, and what it says."""

    line: int
    words: str
    name: str


def citations(text: str) -> list[Citation]:
    r"""The links of a page to sources.

    Examples
    --------
    >>> citations("# A\n\nThe [post of `x` [2]][loy], `a[0][1]`.\n")
    [Citation(line=3, words='post of `x` [2]', name='loy')]
    """
    plain = without(text, "fence", "comment", "code")
    return [
        Citation(
            line_at(text, end.start()), words_before(text, end.start()), end["name"]
        )
        for end in _CITED.finditer(plain)
        if not _OURS.match(end["name"])
    ]


def with_addresses(text: str) -> str:
    r"""The page, with a definition for each source that it cites.

    Examples
    --------
    >>> print(with_addresses("It is [his][horn].").partition(".com")[0])
    It is [his][horn].
    <BLANKLINE>
    [horn]: https://github
    """
    named = dict.fromkeys(cited.name for cited in citations(text))
    known = [sources()[name] for name in named if name in sources()]
    lines = [f"[{source.name}]: {source.address}\n" for source in known]
    return f"{text}\n\n{''.join(lines)}" if lines else text


def citation_problems(text: str) -> Iterator[tuple[int, str]]:
    """Line and message of what a page says of its sources, and should not."""
    cited = []
    for citation in citations(text):
        source = sources().get(citation.name)
        if source is None:
            yield citation.line, f"no source is named {citation.name!r} in {FILE.name}"
            continue
        cited.append(source)
        if against := _unlike(citation.words, source):
            yield citation.line, against
    for found in _ADDRESS.finditer(without(text, "comment")):
        yield (
            line_at(text, found.start()),
            f"{found[0]} is an address: cite a source of {FILE.name} by its name",
        )
    yield from _uncited(text, cited)


def _unlike(words: str, source: Source) -> str | None:
    keys = ("title", "author", "year", "for", "says")
    told = (source.fields.get(key, "") for key in keys)
    place = source.fields.get("repository", ""), str(source.number or "")
    if not stems(words) & stems(" ".join(map(str, [source.name, *told, *place]))):
        return f"{words!r} shares no word with the source {source.name!r}; cite another"
    return None


def _uncited(text: str, cited: list[Source]) -> Iterator[tuple[int, str]]:
    """Commits, numbers of issues and years that belong to no source of the page."""
    prose = without(text, "fence", "comment", "attributes")
    for found in _COMMIT.finditer(prose):
        if not any(source.commit.startswith(found[0]) for source in cited):
            yield (
                line_at(text, found.start()),
                f"the page cites no source whose commit is {found[0]}",
            )
    for found in _NUMBER.finditer(without(text, "fence", "comment", "target")):
        number = int(found[1] or found[2])
        if number not in {source.number for source in cited}:
            yield (
                line_at(text, found.start()),
                f"the page cites no source with the number {number}",
            )
    plain = without(text, "fence", "comment", "target", "code")
    for found in _YEAR.finditer(plain):
        named = [one for one in cited if _is_named(one, plain[: found.start()])]
        if found[0] not in (_years(named) if named else _told(cited)):
            whose = f" by {named[0].fields['author']}" if named else ""
            yield (
                line_at(text, found.start()),
                f"the page cites no source{whose} of the year {found[0]}",
            )


def _years(named: list[Source]) -> set[str]:
    return {str(one.fields.get("year")) for one in named}


def _told(cited: list[Source]) -> str:
    return " ".join(str(value) for one in cited for value in one.fields.values())


def _is_named(source: Source, before: str) -> bool:
    """Whether the sentence that ends here has the last name of its author."""
    sentence = re.split(r"\n|[.:] ", before)[-1]
    name = str(source.fields.get("author", "")).split()[-1:]
    return bool(name) and re.search(rf"\b{re.escape(name[0])}\b", sentence) is not None

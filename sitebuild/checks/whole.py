"""What is checked of all pages together: names, link texts, spelling, sources."""

from collections.abc import Iterator

from sitebuild.checks.checker import Problem
from sitebuild.checks.citations import citations
from sitebuild.checks.leads import lead_problems, target
from sitebuild.checks.names import Names
from sitebuild.checks.spelling import Words
from sitebuild.evidence.sources import FILE, source_problems, sources

SOURCES = "sitebuild/evidence/sources.toml"
LIST = "docs/about/sources.md"
"""The page that lists all sources; with it, a site is the whole one."""


def site_problems(
    pages: tuple[tuple[str, str], ...], order: tuple[str, ...]
) -> list[Problem]:
    """What is wrong with pages together; of each, name and text are given."""
    return list(Whole(dict(pages), list(order)).problems())


class Whole:
    """The pages of a site, by name, in the order of its navigation."""

    def __init__(self, pages: dict[str, str], order: list[str]) -> None:
        self.pages, self.order = pages, order
        self._names = Names(pages)
        self._words = Words(pages, all_of_it=LIST in pages)
        self._targets = {name: target(name, text) for name, text in pages.items()}

    def problems(self) -> Iterator[Problem]:
        """What is wrong with the pages, and with the file of sources."""
        for name in self.pages:
            yield from self.of(name)
        for line, message in source_problems(FILE.read_text("utf-8")):
            yield Problem(SOURCES, line, message)
        if LIST in self.pages:
            for message in self._uncited():
                yield Problem(SOURCES, 1, message)

    def of(self, name: str) -> list[Problem]:
        """What is wrong with one page, beside the others."""
        found = [
            *self._names.problems(name),
            *lead_problems(name, self.pages[name], self._targets, self.order),
            *self._words.problems(name),
        ]
        return [Problem(name, line, message) for line, message in sorted(found)]

    def _uncited(self) -> Iterator[str]:
        """Sources that nothing cites: another may stand in the place of one."""
        cited = {c.name for text in self.pages.values() for c in citations(text)}
        for source in sources().values():
            rule = source.fields.get("rule", {})
            cited |= {source.name, *rule.get("also", [])} if rule else set()
        for name, source in sources().items():
            listed = source.fields.get("background") or (
                source.fields["group"] == "complaints"
            )
            if name not in cited and not listed:
                yield f"no page cites {name}; was another put in its place?"

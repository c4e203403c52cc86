"""The theme's search index, whose pages are read in processes beside the build's own.

Like the hooks, it knows MkDocs.
"""

import re
from collections.abc import Iterable
from copy import copy
from typing import Any

from material.plugins.search.plugin import Parser, Section
from mkdocs.structure.pages import Page

from sitebuild.beside import BESIDE

_CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_COLOURED = re.compile(r"</?span\b[^>]*>")


def read_beside(index: Any, pages: Iterable[Page]) -> None:
    """Begin to read the finished contents of pages; the index takes what is read."""
    for page in pages:
        BESIDE.begin(_sections, page.content)

    def add_entry_from_context(page: Page) -> None:
        if (page.meta.get("search") or {}).get("exclude"):
            return
        for section in BESIDE.result(_sections, page.content):
            if not section.is_excluded():
                # it may be given a title, and is kept for the next build
                index.create_entry_for_section(copy(section), page.toc, page.url, page)

    index.add_entry_from_context = add_entry_from_context


def _sections(html: str) -> list[Section]:
    parser = Parser()
    # the colours of code are over a quarter of all tags, and no words
    parser.feed(_CODE.sub(lambda code: _COLOURED.sub("", code[0]), html))
    parser.close()
    sections: list[Section] = parser.data
    return sections

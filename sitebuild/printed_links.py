"""Links that a block prints, written as a page writes its own: to a file."""

import posixpath
import re
from collections.abc import Container

_LINK = re.compile(r"(?:(?<=\]\()|(?<=href=\"))([^\s\"()#:]+\.md)(?=[\"#)])")


def with_addresses(printed: str, page: str, pages: Container[str]) -> str:
    """What a block printed, with addresses in the place of the files of these pages.

    MkDocs does so with the links of a page, but not with those of its blocks.  A link
    to another file stays as it is, and the check of the built pages calls it dead.

    Examples
    --------
    >>> pages = "docs/learn/x.md", "docs/index.md"
    >>> with_addresses("[here](../learn/x.md#why)", "docs/about/y.md", pages)
    '[here](../../learn/x/#why)'
    >>> with_addresses('<a href="../index.md">', "docs/about/y.md", pages)
    '<a href="../../">'
    >>> with_addresses("[here](x.md)", "docs/about/y.md", pages)
    '[here](x.md)'
    """

    def led(link: re.Match[str]) -> str:
        to = posixpath.normpath(posixpath.join(posixpath.dirname(page), link[1]))
        if to not in pages:
            return link[0]
        return posixpath.relpath(_folder(to), _folder(page)) + "/"

    return _LINK.sub(led, printed)


def _folder(page: str) -> str:
    """What a page becomes."""
    return re.sub(r"(?:(?:^|/)index)?\.md$", "", page)

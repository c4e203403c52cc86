"""Where a page can be edited, and an error in it reported."""

from typing import NamedTuple
from urllib.parse import quote

BRANCH = "main"
_HOSTS = {  # what a host's name says of its addresses; all others are like the first
    "": ("edit", "issues/new?title="),
    "gitlab": ("-/edit", "-/issues/new?issue[title]="),
    "codeberg": ("_edit", "issues/new?title="),
    "gitea": ("_edit", "issues/new?title="),
    "forgejo": ("_edit", "issues/new?title="),
}


class Links(NamedTuple):
    """The two addresses of one page."""

    edit: str
    report: str


def links(repository: str, page: str) -> Links | None:
    """The links of a page, or None where nothing is known of the repository.

    Parameters
    ----------
    repository : str
        The address to clone, such as "https://host/name.git"; only those that a
        browser can open lead anywhere.
    page : str
        The file of the page, such as "docs/index.md".

    Examples
    --------
    >>> links("https://github.com/me/it.git", "docs/index.md").edit
    'https://github.com/me/it/edit/main/docs/index.md'
    >>> links("https://gitlab.com/me/it", "docs/index.md").report
    'https://gitlab.com/me/it/-/issues/new?issue[title]=docs/index.md'
    >>> links("git@host:me/it.git", "docs/index.md")
    """
    if not repository.startswith(("https://", "http://")):
        return None
    root = repository.rstrip("/").removesuffix(".git")
    host = root.split("/")[2]
    edit, report = next(
        addresses for name, addresses in reversed(_HOSTS.items()) if name in host
    )
    return Links(
        f"{root}/{edit}/{BRANCH}/{quote(page)}", f"{root}/{report}{quote(page)}"
    )

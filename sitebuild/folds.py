"""Sections that are folded on their page: the heading stays, and opens what it heads.

They are folded when the page is finished, so that the search, the table of contents and
the checks know nothing of it.  A link to such a heading opens it, and so does the
search: `folds.mjs`.
"""

import re

MARK = "bp-folded"
"""The class of a heading of level two, whose sections of level three are folded."""
_GROUP = re.compile(
    rf'<h2\b[^>]*\bclass="{MARK}"[^>]*>.*?(?=<h2\b|</article>)', re.DOTALL
)
_FOLD = re.compile(
    r'<details class="bp-fold">(<summary>.*?</summary>).*?</details>', re.DOTALL
)
_SECTION = re.compile(r"(<h3\b.*?</h3>)(.*?)(?=<h3\b|\Z)", re.DOTALL)


def with_folds(html: str) -> str:
    """The page, with the sections folded of each heading that is marked.

    Examples
    --------
    >>> with_folds('<h2 class="bp-folded">A</h2><h3>b</h3>c</article>')[28:]
    '<details class="bp-fold"><summary><h3>b</h3></summary>c</details></article>'
    """
    folded = r'<details class="bp-fold"><summary>\1</summary>\2</details>'
    return _GROUP.sub(lambda group: _SECTION.sub(folded, group[0]), html)


def unfolded(html: str) -> str:
    """What of the page is in sight before anything is opened.

    Examples
    --------
    >>> unfolded('a<details class="bp-fold"><summary>b</summary>c</details>d')
    'a<summary>b</summary>d'
    """
    return _FOLD.sub(r"\1", html)

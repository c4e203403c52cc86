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
_LINK = re.compile(r'<a class="headerlink".*?</a>|<a\b[^>]*>|</a>', re.DOTALL)


def with_folds(html: str) -> str:
    """The page, with the sections folded of each heading that is marked.

    What opens a section holds no link: it would be a control inside a control.

    Examples
    --------
    >>> marked = '<h2 class="bp-folded">A</h2>'
    >>> with_folds(f'{marked}<h3><a href="#a">b</a></h3>c</article>')[28:]
    '<details class="bp-fold"><summary><h3>b</h3></summary>c</details></article>'
    """
    return _GROUP.sub(lambda group: _SECTION.sub(_folded, group[0]), html)


def _folded(section: re.Match[str]) -> str:
    heading = _LINK.sub("", section[1])
    opens = f'<details class="bp-fold"><summary>{heading}</summary>'
    return f"{opens}{section[2]}</details>"


def unfolded(html: str) -> str:
    """What of the page is in sight before anything is opened.

    Examples
    --------
    >>> unfolded('a<details class="bp-fold"><summary>b</summary>c</details>d')
    'a<summary>b</summary>d'
    """
    return _FOLD.sub(r"\1", html)

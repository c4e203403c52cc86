"""The last touches to a finished page: what it needs, and nothing that it does not."""

import re
from functools import lru_cache
from pathlib import Path

from sitebuild import policy
from sitebuild.live import cells as live
from sitebuild.maths import font as mathfont

_STYLES = {  # what a stylesheet is for, by a mark that stands in the page
    "_mkdocstrings.css": "doc-object",
    "figures.css": "bp-live",
    "live.css": "bp-cell-bar",
    "exercise.css": "bp-exercise",
}
_NO_HEADER = re.compile(r"<th((?: [^>]*)?)></th>")
_SCRIPT = re.compile(r'<script src="([^"]*/bundle\.[^"]*)"></script>')
_SEARCH = {  # as the theme writes it, and as it should be
    'data-md-component="search" role="dialog"': (
        'data-md-component="search" role="dialog" aria-label="Search"'
    ),
    # the list of results is a stop of the Tab key even while it is empty
    'class="md-search__scrollwrap" tabindex="0"': (
        'class="md-search__scrollwrap" tabindex="-1"'
    ),
}


def without_idle_styles(html: str) -> str:
    """The page, asking only for styles that something in it needs.

    Examples
    --------
    >>> without_idle_styles('<link rel="stylesheet" href="../live.css"><p>')
    '<p>'
    """
    for name, mark in _STYLES.items():
        if mark not in html:
            link = rf'\s*<link rel="stylesheet" href="[^"]*\b{re.escape(name)}">'
            html = re.sub(link, "", html)
    return html


def with_font(html: str, address: str) -> str:
    """The page, asking for the font of its formulas before they are laid out.

    Examples
    --------
    >>> with_font("<head></head><math></math>", "f.woff2")[6:48]
    '<link rel="preload" href="f.woff2" as="fon'
    >>> with_font("<head></head><p></p>", "f.woff2")
    '<head></head><p></p>'
    """
    if "<math" not in html:
        return html
    preload = (
        f'<link rel="preload" href="{address}" as="font" type="font/woff2" crossorigin>'
    )
    return html.replace("</head>", f"{preload}</head>", 1)


def without_empty_headers(html: str) -> str:
    """The corner of a table with headers on two sides is the header of nothing.

    Examples
    --------
    >>> without_empty_headers('<th class="n"></th><th>z</th>')
    '<td class="n"></td><th>z</th>'
    """
    return _NO_HEADER.sub(r"<td\1></td>", html)


def with_search_by_keyboard(html: str) -> str:
    """The page, its search dialog with a name, and without a stop that is not there.

    Examples
    --------
    >>> with_search_by_keyboard('<div data-md-component="search" role="dialog">')
    '<div data-md-component="search" role="dialog" aria-label="Search">'
    """
    for theirs, ours in _SEARCH.items():
        html = html.replace(theirs, ours)
    return html


def with_script_after_the_page(html: str) -> str:
    """The page, shown before the theme's script has arrived.

    Examples
    --------
    >>> with_script_after_the_page('<script src="a/bundle.1.min.js"></script>')
    '<script src="a/bundle.1.min.js" defer></script>'
    """
    return _SCRIPT.sub(r'<script src="\1" defer></script>', html)


def finished(html: str, font: str) -> str:
    """A page with all of this done; `font` is the address of that of its formulas."""
    html = without_empty_headers(without_idle_styles(html))
    html = with_script_after_the_page(with_search_by_keyboard(html))
    return with_font(html, font)


@lru_cache(128)  # the live preview has most pages as they were
def _with_all(html: str, font: str) -> tuple[str, dict[str, str], set[str]]:
    """A page with its last touches, its styles, and the characters of its formulas."""
    return *policy.lift_styles(finished(html, font)), mathfont.characters_of(html)


def without_comments(css: str) -> str:
    r"""A stylesheet as a reader needs it.

    Examples
    --------
    >>> without_comments("/* why */\n  p { color: red }\n")
    'p { color: red }\n'
    """
    return re.sub(r"(?m)^\s+", "", re.sub(r"(?s)/\*.*?\*/", "", css))


class Finishing:
    """The pages of one build, and what all of them need together."""

    def __init__(self) -> None:
        self.characters: set[str] = set()  # of the formulas
        self.rules: dict[str, str] = {}  # what each lifted style stands for

    def page(self, html: str, url: str) -> str:
        """Finish a page, and lift its style attributes."""
        font = "../" * url.count("/") + mathfont.ADDRESS
        html, rules, characters = _with_all(html, font)
        self.rules |= rules
        self.characters |= characters
        return html

    def site(self, folder: Path, runtime: str, *, preview: bool) -> None:
        """Cut the font to what the pages draw; write their styles, and the policy.

        A live preview has no policy, for it puts a script of its own into each page.
        """
        font = mathfont.subset_font("".join(sorted(self.characters)))
        styles = policy.as_css(self.rules).encode()
        for address, content in [(mathfont.ADDRESS, font), (policy.STYLESHEET, styles)]:
            (folder / address).parent.mkdir(parents=True, exist_ok=True)
            (folder / address).write_bytes(content)
        for stylesheet in (folder / "stylesheets").glob("*.css"):
            stylesheet.write_text(without_comments(stylesheet.read_text("utf-8")))
        if not preview:
            policy.protect(folder, live.origin(runtime))

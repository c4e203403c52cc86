"""The last touches to a finished page: what it needs, and nothing that it does not."""

import re
import string
from pathlib import Path
from typing import NamedTuple

from sitebuild import (
    aligned,
    card,
    colours,
    folds,
    lean,
    policy,
    searching,
    textfont,
    themecss,
    themejs,
    unbroken,
)
from sitebuild.beside import BESIDE
from sitebuild.letters import with_letters
from sitebuild.live import cells as live
from sitebuild.maths import font as mathfont

_STYLES = {  # what a stylesheet is for, by a mark that stands in the page
    "_mkdocstrings.css": "doc-object",
    "figures.css": "bp-live",
    "controls.css": "bp-live",
    "home.css": "bp-first",
    "live.css": "bp-cell-bar",
    "exercise.css": "bp-exercise",
}
_BUNDLES = {  # one file for those that the same pages ask for
    "site.css": ["frame.css", "maths.css", Path(policy.STYLESHEET).name],
    "figures.css": ["controls.css"],
}
_PALETTE = re.compile(r'\s*<link rel="stylesheet" href="[^"]*/palette\.[^"]*">')
_NO_HEADER = re.compile(r"<th((?: [^>]*)?)></th>")
_SCOPE = re.compile(r' scope="\w+"')
_FACES = {
    "bold": re.compile(r"<(?:strong|b|dt)[ >]"),
    "italic": re.compile(r"<(?:em|var)[ >]"),
}
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
    bundled = {name for names in _BUNDLES.values() for name in names}
    head, end, body = html.partition("</head>")
    for name, mark in {**_STYLES, **dict.fromkeys(bundled, "")}.items():
        if name in bundled or mark not in html:
            link = rf'\s*<link rel="stylesheet" href="[^"]*\b{re.escape(name)}">'
            head = re.sub(link, "", head)
    return head + end + body


def with_fonts(html: str, root: str) -> str:
    """The page, asking for the fonts that it draws with before it is laid out.

    Examples
    --------
    >>> with_fonts("<head></head><math></math>", "../").count("preload")
    2
    >>> with_fonts("<head></head><p></p>", "../")[6:64]
    '<link rel="preload" href="../assets/backprop-roman.woff2" '
    >>> with_fonts("<head></head><em>so</em>", "").count("italic")
    1
    """
    wanted = [textfont.address("roman")]
    seen = folds.unfolded(html)
    wanted += [textfont.address(f) for f, has in _FACES.items() if has.search(seen)]
    wanted += [mathfont.ADDRESS] * ("<math" in seen)
    links = "".join(
        f'<link rel="preload" href="{root}{font}" as="font" type="font/woff2" '
        "crossorigin>"
        for font in wanted
    )
    return html.replace("</head>", f"{links}</head>", 1)


def without_empty_headers(html: str) -> str:
    """The corner of a table with headers on two sides is the header of nothing.

    Examples
    --------
    >>> without_empty_headers('<th class="n" scope="col"></th><th>z</th>')
    '<td class="n"></td><th>z</th>'
    """
    return _NO_HEADER.sub(lambda m: f"<td{_SCOPE.sub('', m[1])}></td>", html)


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


def finished(html: str, root: str) -> str:
    """A page with all of this done; `root` leads from it to the site's."""
    html = without_empty_headers(without_idle_styles(html))
    html = with_script_after_the_page(with_search_by_keyboard(html))
    html = folds.with_folds(html)
    html = lean.with_breaks(lean.without_plain_spans(with_letters(html)))
    html = unbroken.with_numbers(aligned.with_aligned(html))
    return with_fonts(lean.without_gaps(html), root)


class _Page(NamedTuple):
    """A page with its last touches, and what it needs of the whole site."""

    html: str
    rules: dict[str, str]  # what each lifted style stands for
    characters: set[str]  # of its formulas
    classes: set[str]  # of its elements


def _with_all(html: str, root: str) -> _Page:
    drawn, classes = mathfont.characters_of(html), themecss.needed_by(html)
    return _Page(*policy.lift_styles(finished(html, root)), drawn, classes)


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
        self.drawn = ""  # the characters that formulas take from their font
        self.classes: set[str] = set()  # of the elements of all pages
        self.rules: dict[str, str] = {}  # what each lifted style stands for
        self._begun: dict[Path, tuple[str, str]] = {}  # what each file is made of

    def begin(self) -> None:
        """Begin with what does not depend on the pages."""
        BESIDE.begin(card.card)

    def begin_page(self, html: str, url: str, file: Path) -> None:
        """Begin to finish a page, and to lift its style attributes."""
        self._begun[file] = html, "../" * url.count("/")
        BESIDE.begin(_with_all, *self._begun[file])

    def pages(self) -> None:
        """Write the finished pages; with that, it is known what they draw."""
        characters = set()
        for file, begun in self._begun.items():
            page: _Page = BESIDE.result(_with_all, *begun)
            file.write_text(page.html, "utf-8", "xmlcharrefreplace")
            self.classes |= page.classes
            self.rules |= page.rules
            characters |= page.characters
        upright = {*string.ascii_letters, *string.digits}  # the text's own
        self.drawn = "".join(sorted(characters - upright))
        BESIDE.begin(mathfont.subset_font, self.drawn)

    def site(self, folder: Path, runtime: str, *, preview: bool) -> None:
        """Cut the font to what the pages draw; write colours, styles and the policy.

        A live preview has no policy, for it puts a script of its own into each page.
        """
        styles = (colours.as_css() + policy.as_css(self.rules)).encode()
        written = {policy.STYLESHEET: styles, card.ADDRESS: BESIDE.result(card.card)}
        written[mathfont.ADDRESS] = BESIDE.result(mathfont.subset_font, self.drawn)
        for face in textfont.FACES:
            written[textfont.address(face)] = BESIDE.result(textfont.subset, face)
        for address, content in written.items():
            (folder / address).parent.mkdir(parents=True, exist_ok=True)
            (folder / address).write_bytes(content)
        self._bundle(folder / "stylesheets")
        if preview:
            return
        for module in (folder / "javascripts").rglob("*.mjs"):
            module.write_text(lean.without_notes(module.read_text("utf-8")))
        self._shorten_script(folder)
        scripts = [path for kind in ("*.js", "*.mjs") for path in folder.rglob(kind)]
        words = "".join(path.read_text("utf-8") for path in scripts)
        self._shorten_theme(folder, words)
        policy.protect(folder, live.origin(runtime))

    def _bundle(self, folder: Path) -> None:
        """Write the stylesheets as a reader needs them: fewer, and without comments."""
        for path in folder.glob("*.css"):
            path.write_text(without_comments(path.read_text("utf-8")))
        for name, others in _BUNDLES.items():
            parts = [(folder / other).read_text("utf-8") for other in [name, *others]]
            (folder / name).write_text("".join(parts))

    def _shorten_script(self, folder: Path) -> None:
        """Leave out of the theme's script what no page needs; fix its search."""
        pages = "".join(path.read_text("utf-8") for path in folder.rglob("*.html"))
        for bundle in (folder / "assets" / "javascripts").glob("bundle.*.js"):
            script = themejs.without_unused(bundle.read_text("utf-8"), pages)
            bundle.write_text(script, "utf-8")
        for worker in (folder / "assets" / "javascripts").glob("workers/search.*.js"):
            script = searching.with_whole_stop_words(worker.read_text("utf-8"))
            worker.write_text(script, "utf-8")

    def _shorten_theme(self, folder: Path, scripts: str) -> None:
        """Join the theme's two stylesheets, without what nothing here needs."""
        main, palette = (
            next((folder / "assets" / "stylesheets").glob(f"{name}.*.css"))
            for name in ("main", "palette")
        )
        theirs = main.read_text("utf-8") + palette.read_text("utf-8")
        main.write_text(themecss.without_unused(theirs, self.classes, scripts))
        for page in folder.rglob("*.html"):
            page.write_text(_PALETTE.sub("", page.read_text("utf-8")), "utf-8")

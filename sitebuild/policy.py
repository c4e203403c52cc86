"""A content security policy without exceptions: no style attribute, no unknown script.

Libraries put `style="…"` into the pages (figures, tables, formulas), which a strict
policy forbids.  Each distinct one becomes a class of one generated stylesheet.  Inline
scripts come from the theme alone, and the policy names each by its hash.

MkDocs calls the functions `on_…` as hooks, after those of `sitebuild/hooks.py`.
"""

import base64
import hashlib
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from sitebuild.live import cells as live

STYLESHEET = "stylesheets/lifted.css"
POLICY = "content-security-policy.txt"

_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_STYLE = re.compile(r'\sstyle="([^"]*)"')
_CLASS = re.compile(r'\sclass="([^"]*)"')

_rules: dict[str, str] = {}


def lift_styles(html: str) -> tuple[str, dict[str, str]]:
    """The page with a class for each style attribute, and what each class stands for.

    Examples
    --------
    >>> page, rules = lift_styles('<td class="n" style="text-align: right;">2</td>')
    >>> page
    '<td class="n lifted-8b424f">2</td>'
    >>> rules
    {'lifted-8b424f': 'text-align: right'}
    """
    rules: dict[str, str] = {}

    def lifted(tag: re.Match[str]) -> str:
        style = _STYLE.search(tag[0])
        if style is None:
            return tag[0]
        declarations = unescape(style[1]).strip().rstrip(";")
        name = f"lifted-{hashlib.sha256(declarations.encode()).hexdigest()[:6]}"
        rules[name] = declarations
        return _with_class(tag[0].replace(style[0], "", 1), name)

    return _TAG.sub(lifted, html), rules


def _with_class(tag: str, name: str) -> str:
    present = _CLASS.search(tag)
    if present:
        return tag.replace(present[0], f' class="{present[1]} {name}"', 1)
    return re.sub(r"(<[^\s/>]+)", rf'\1 class="{name}"', tag, count=1)


def as_css(rules: dict[str, str]) -> str:
    """The rules as a stylesheet; important, as the attributes were.

    Examples
    --------
    >>> print(as_css({"bp-1": "fill: none; stroke-width: 2"}), end="")
    .bp-1{fill: none!important;stroke-width: 2!important}
    """
    lines = []
    for name, declarations in sorted(rules.items()):
        parts = [part.strip() for part in declarations.split(";") if part.strip()]
        lines.append(f".{name}{{{';'.join(f'{part}!important' for part in parts)}}}\n")
    return "".join(lines)


class _Scripts(HTMLParser):
    """Collects the text of each script that stands in the page and is run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inside = (
            tag == "script"
            and "src" not in given
            and given.get("type") != "application/json"
        )

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.inside = False


def inline_scripts(html: str) -> list[str]:
    """The scripts that stand in a page.

    Examples
    --------
    >>> inline_scripts('<script>a()</script><script src="b.js"></script>')
    ['a()']
    """
    scripts = _Scripts()
    scripts.feed(html)
    return scripts.found


def source_of(script: str) -> str:
    """How a policy names a script that stands in the page: by its hash."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def policy(scripts: list[str], runtime: str = "") -> str:
    """The policy under which these inline scripts run, and no others.

    Parameters
    ----------
    scripts : list of str
        The scripts that stand in pages.
    runtime : str
        The origin of the Python that live cells start; nothing where the site has it.
    """
    hashes = [source_of(script) for script in sorted(set(scripts))]
    outside = [runtime] if runtime else []
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", *outside, *hashes],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # the icons in the theme's stylesheet
        "font-src": ["'self'"],
        "connect-src": ["'self'", *outside],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(to)}" for name, to in directives.items())


def on_pre_build(config: MkDocsConfig) -> None:
    """Begin anew."""
    _rules.clear()


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Lift the style attributes of a page."""
    page_html, rules = lift_styles(output)
    _rules.update(rules)
    return page_html


def on_post_build(config: MkDocsConfig) -> None:
    """Write the stylesheet, and the policy for those who serve the site."""
    site = Path(config.site_dir)
    stylesheet = site / STYLESHEET
    stylesheet.parent.mkdir(exist_ok=True)
    stylesheet.write_text(as_css(_rules), "utf-8")
    pages = [path.read_text("utf-8") for path in site.rglob("*.html")]
    scripts = [script for html in pages for script in inline_scripts(html)]
    runtime = live.origin(config.extra["runtime"])
    (site / POLICY).write_text(policy(scripts, runtime) + "\n", "utf-8")

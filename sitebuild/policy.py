"""A content security policy without exceptions: no style attribute, no unknown script.

Libraries put `style="…"` into the pages (figures, tables, formulas), which a strict
policy forbids.  Each distinct one becomes a class of one generated stylesheet.  Inline
scripts come from the theme alone, and the policy names each by its hash.

Each page states the policy itself, so that it holds where nobody can set headers, and
all state the same: instant navigation adds up what the pages of a visit state.
"""

import base64
import hashlib
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

STYLESHEET = "stylesheets/lifted.css"
POLICY = "content-security-policy.txt"
HEADER_ONLY = "frame-ancestors 'none'"
"""What a browser takes from a header alone; in a page it would be a warning."""

_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_STYLE = re.compile(r'\sstyle="([^"]*)"')
_CLASS = re.compile(r'\sclass="([^"]*)"')
_CHARSET = re.compile(r'<meta charset="?utf-8"?>')


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
    }
    return "; ".join(f"{name} {' '.join(to)}" for name, to in directives.items())


def with_policy(html: str, text: str) -> str:
    """The page, stating a policy before anything that it could forbid.

    Raises
    ------
    ValueError
        If the page does not begin its head with its encoding.

    Examples
    --------
    >>> with_policy('<meta charset="utf-8"><title>', "default-src *")[22:]
    '<meta http-equiv="Content-Security-Policy" content="default-src *"><title>'
    """
    charset = _CHARSET.search(html)
    if charset is None:
        raise ValueError(
            'a page has no <meta charset="utf-8">, after which to state it'
        )
    stated = f'<meta http-equiv="Content-Security-Policy" content="{text}">'
    return html[: charset.end()] + stated + html[charset.end() :]


def protect(site: Path, runtime: str) -> None:
    """Have every page of a finished site state one policy, and write it for headers.

    Parameters
    ----------
    site : Path
        The folder of the site.
    runtime : str
        As for `policy`.
    """
    pages = {path: path.read_text("utf-8") for path in site.rglob("*.html")}
    scripts = [script for html in pages.values() for script in inline_scripts(html)]
    text = policy(scripts, runtime)
    for path, html in pages.items():
        path.write_text(with_policy(html, text), "utf-8")
    (site / POLICY).write_text(f"{text}; {HEADER_ONLY}\n", "utf-8")

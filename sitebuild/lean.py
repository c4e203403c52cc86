"""A page without what shows nothing, and code that breaks where it may."""

import re
from collections.abc import Callable

_PLAIN = re.compile(
    r'<span class="(?:n|nb|nc|ne|nf|nn|o|p|w|mi|mf|fm|bp)">([^<]*)</span>'
)
"""Kinds of code that are ink like the text around them."""
_EMPTY = re.compile(r"(<pre[^>]*>)<span></span>")
_GAP = re.compile(r"\s*\n\s+")
_NOTE = re.compile(r"(?m)^[ \t]*(?://.*|/\*\*[^`]*?\*/)\n")
_KEPT = re.compile(r"(?s)(<(pre|script|style|textarea)\b.*?</\2>)")
_CODE = re.compile(r"<code>([^<]{18,})</code>")
_PLACES = re.compile(r"(?<=[_.(,/=])(?=[^\s)])(?!\w\))")  # not before z)


def without_plain_spans(html: str) -> str:
    """The page, its code without an element for each name and comma.

    Examples
    --------
    >>> without_plain_spans('<pre><span></span><span class="n">x</span></pre>')
    '<pre>x</pre>'
    """
    return _PLAIN.sub(r"\1", _EMPTY.sub(r"\1", html))


def without_gaps(html: str) -> str:
    r"""The page without its indentation, except where space is seen.

    Examples
    --------
    >>> without_gaps("<ul>\n    <li>a</li>\n  </ul><pre> <b>\n  </b></pre>")
    '<ul>\n<li>a</li>\n</ul><pre> <b>\n  </b></pre>'
    """
    return _in_text(lambda text: _GAP.sub("\n", text), html)


def with_breaks(html: str) -> str:
    """The page, its long code spans with the places where a line may end.

    Examples
    --------
    >>> with_breaks("<code>derivative(self.output)</code>")
    '<code class="bp-long">derivative(<wbr>self.<wbr>output)</code>'
    >>> with_breaks("<pre><code>derivative(self.output)</code></pre>")
    '<pre><code>derivative(self.output)</code></pre>'
    """

    def broken(code: re.Match[str]) -> str:
        return f'<code class="bp-long">{_PLACES.sub("<wbr>", code[1])}</code>'

    return _in_text(lambda text: _CODE.sub(broken, text), html)


def without_notes(module: str) -> str:
    r"""A script without the lines that are comments.

    Examples
    --------
    >>> without_notes("// What it is.\nf(); // here\n  /** How.\n   *  So. */\ng();\n")
    'f(); // here\ng();\n'
    """
    return _NOTE.sub("", module)


def _in_text(change: Callable[[str], str], html: str) -> str:
    """The page with its text changed, and what is shown as it is written left alone."""
    parts = _KEPT.split(html)  # text, what is kept, its name, text, ...
    parts[::3] = map(change, parts[::3])
    del parts[2::3]
    return "".join(parts)

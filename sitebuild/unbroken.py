"""Numbers of a finished page as print has them: a minus, and no break inside."""

import re

_KEPT = re.compile(
    r"(?s)(<(pre|code|math|svg|script|style|textarea|option|button)\b.*?</\2>"
    r"|<[^>]*\bdata-part\b[^>]*>[^<]*|<[^>]*>)"
)
_MINUS = re.compile(r"(?<![^\s(\[≈])-(?=\d)")
_GLUED = [
    re.compile(r"(?<=\d) (?=%|[kM]B\b)"),
    re.compile(r"(?<=\b[A-Za-zδσ]) (?=[=<>≈] [−\d])|(?<=[=<>≈]) (?=[−\d])"),
]
_SHARE = re.compile(r"^([\d,]+) of ([\d,]+)$")  # the whole of a cell
_HYPHENATED = re.compile(r"\b\d+(?:\.\d+)?e[-−+]\d+|\b\d(?:-\d){2,}(?!\d)")


def with_numbers(html: str) -> str:
    """The page, each number of its text whole, with its unit and its sign.

    Code, formulas and what a script writes too stay as they are.

    Examples
    --------
    >>> with_numbers("<p>-2 and 5 %, <code>-2 %</code></p>").replace(chr(160), "_")
    '<p>−2 and 5_%, <code>-2 %</code></p>'
    >>> with_numbers("<td>3 of 4</td>at z = -8 in 2026-11").replace(chr(160), "_")
    '<td>3_of_4</td>at z_=_−8 in 2026-11'
    >>> with_numbers("1.9e-22 in 3-4-1, 784-30-10")
    ... # doctest: +NORMALIZE_WHITESPACE
    '<span class="bp-unbroken">1.9e-22</span> in
    <span class="bp-unbroken">3-4-1</span>, 784-30-10'
    """
    head, article, body = html.rpartition("<article")
    pieces = _KEPT.split(article + body)
    # three to a match: the text before it, the match, the name of its element
    pieces[::3] = map(_set, pieces[::3])
    del pieces[2::3]
    return head + "".join(pieces)


def _set(text: str) -> str:
    text = _MINUS.sub("−", text)
    for place in _GLUED:
        text = place.sub("\N{NO-BREAK SPACE}", text)
    text = _SHARE.sub("\\1\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}\\2", text)
    return _HYPHENATED.sub(r'<span class="bp-unbroken">\g<0></span>', text)

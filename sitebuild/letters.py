"""Each z and each a of a finished page in its colour, wherever it stands."""

import re

_REST = r"(s(?<=zs)|\d|_\w+)?"  # zs, a1, a_previous
_ELEMENT = re.compile(rf"<(mi|var|code)>([za]){_REST}</\1>")
_IN_CODE = re.compile(rf'<span class="n">([za]){_REST}</span>')
_HEADING = re.compile(r"(<th\b(?![^>]*data-part)[^>]*>)([^<]*)(?=</th>)")
_IN_HEADING = re.compile(r"\bz\b|\ba\b(?= =|$)")  # not the article
_LETTER = r'<span class="bp-\g<0>">\g<0></span>'


def with_letters(html: str) -> str:
    """The page with a class for each z and a: formulas, code, headings of tables.

    Examples
    --------
    >>> with_letters("<mi>z</mi><code>a_previous</code><code>any</code>")
    '<mi class="bp-z">z</mi><code class="bp-a">a_previous</code><code>any</code>'
    >>> with_letters('<span class="n">zs</span>')
    '<span class="n bp-z">zs</span>'
    >>> with_letters("<th>from a</th><th>a step</th>")
    '<th>from <span class="bp-a">a</span></th><th>a step</th>'
    """
    html = _ELEMENT.sub(r'<\1 class="bp-\2">\2\3</\1>', html)
    html = _IN_CODE.sub(r'<span class="n bp-\1">\1\2</span>', html)
    return _HEADING.sub(lambda th: th[1] + _IN_HEADING.sub(_LETTER, th[2]), html)

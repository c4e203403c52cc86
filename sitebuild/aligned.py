"""Lines of output that say something by what stands below what: they keep their ends.

All other lines of what a block prints go on below, as in a terminal.  In the output of
a live cell `javascripts/live/aligned.mjs` finds the same lines.
"""

import re
from collections import Counter
from html import unescape
from itertools import groupby, pairwise

_CELL = re.compile(r"\S+(?: \S+)*")
_UNDERLINE = re.compile(r"\s*[~^][~^ ]*")
_ROW = re.compile(r"\s+\[")
_TAG = re.compile(r"<[^>]*>")
_OUTPUT = re.compile(
    r'(?s)(<div class="language-text highlight[^>]*><pre[^>]*><code>)'
    r"(.*?)(</code></pre>)"
)


def _edges(line: str) -> set[tuple[str, int]]:
    """Where the columns after the first begin and end; not what a label introduces."""
    cells = list(_CELL.finditer(line))
    return {
        edge
        for before, cell in pairwise(cells)
        if not before[0].endswith(":")
        for edge in (("begins", cell.start()), ("ends", cell.end()))
    }


def aligned(lines: list[str]) -> list[bool]:
    """Which lines stand in columns, are underlined, or are rows of one array.

    Examples
    --------
    >>> aligned(["relu      5 ms", "so much for that", "sigmoid  12 ms"])
    [True, False, True]
    >>> aligned(["line 3:  s = z * w", "             ~~~~~", "  write a * w"])
    [True, True, False]
    >>> aligned(["W = [[0.1 0.2]", " [0.3 0.4]]", "why:  so", "how:  like this"])
    [True, True, False, False]
    """
    edges = [_edges(line) for line in lines]
    shared = Counter(edge for of_line in edges for edge in of_line)
    kept = [any(shared[edge] > 1 for edge in of_line) for of_line in edges]
    inside = False  # an array whose rows are lines
    for i, line in enumerate(lines[1:], 1):
        inside = bool(_ROW.match(line)) and (inside or "[[" in lines[i - 1])
        if inside or _UNDERLINE.fullmatch(line):
            kept[i - 1] = kept[i] = True
    return kept


def with_aligned(html: str) -> str:
    r"""The page, the lines that keep their ends marked in the output of its blocks.

    Examples
    --------
    >>> html = '<div class="language-text highlight"><pre><code>{}\n</code></pre></div>'
    >>> with_aligned(html.format("1 + z\n    ^\nso"))[42:]
    '<code><span class="bp-aligned">1 + z\n    ^</span>\nso\n</code></pre></div>'
    """
    return _OUTPUT.sub(lambda found: found[1] + _marked(found[2]) + found[3], html)


def _marked(code: str) -> str:
    """The lines of an element, those that keep their ends in elements of their own."""
    lines = code.split("\n")
    kept = aligned([unescape(_TAG.sub("", line)) for line in lines])
    runs = groupby(zip(lines, kept, strict=True), key=lambda pair: pair[1])
    return "\n".join(_run([line for line, _ in run], keep) for keep, run in runs)


def _run(lines: list[str], keep: bool) -> str:
    """Lines that follow each other; an element of theirs may go on below them."""
    text = "\n".join(lines)
    if not keep or text.count("<span") != text.count("</span>"):
        return text
    return f'<span class="bp-aligned">{text}</span>'

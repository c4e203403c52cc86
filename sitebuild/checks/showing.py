"""What the options of a block show of it, against what it printed.

So that no option can be dropped, or added, and something is shown no more: a block that
prints says how its output is meant.
"""

import ast
import re
from collections.abc import Iterable, Iterator

from sitebuild.checks.fences import Fence

_MARKDOWN = re.compile(
    r"\A(?:\||- |```|~~~|#+ |.*(?:<br>|\]\(|\*\w|\$\S)|(?s:.*)\n```)"
)
_HTML = re.compile(r"\A<(?:figure|div|svg|p|table|ul|ol)\b")


def showing_problems(
    printed: Iterable[tuple[Fence, str]],
) -> Iterator[tuple[int, str]]:
    """Line and message of each block that is not shown as what it is."""
    for fence, output in printed:
        if fence.runs:
            yield from ((fence.line, said) for said in _amiss(fence, output.strip()))


def _amiss(fence: Fence, output: str) -> Iterator[str]:
    as_text, as_html = "result" in fence.options, "html" in fence.options
    if as_text and as_html:
        yield "the output is either text or html: leave out result or html"
    elif as_text and not output:
        yield "this block prints nothing: leave out result"
    elif as_html != bool(_HTML.match(output)):
        yield (
            'this block prints HTML: add html="true"'
            if not as_html
            else "this block prints no HTML: leave out html"
        )
    elif not as_html and output and as_text == bool(_MARKDOWN.match(output)):
        yield (
            "this block prints Markdown: leave out result"
            if as_text
            else 'this block prints text: add result="text"'
        )
    elif fence.options.get("result") == "python" and not _is_code(output):
        yield 'this block prints no Python: write result="text"'


def _is_code(output: str) -> bool:
    try:
        return any(not isinstance(node, ast.Expr) for node in ast.parse(output).body)
    except SyntaxError:
        return False

"""`find_first_wrong` on every mistake of `tests/styles`, by a strict rule.

The *changed lines* of a mistake are the lines of the mistaken program that the program
without it does not have; where the mistake took lines away, the line that stands there
now.  Of the lines that were named, all of the first finding, it counts as

- *changed*: each of them is a changed line;
- *beside*: not so, but one of them or of the calls named with them is a changed line,
  or one of the two calls the function that the other stands in (a helper and its call);
- *elsewhere*: something else was named;
- *not found*: the verdict is "wrong", and no line was named;
- *stopped*: no answer within `SECONDS`;
- *not seen*: the verdict of `check_step` is not "wrong", so nothing was searched.

A second finding is not looked at.  The search was tuned on the styles in `TUNED`, with
the same mistakes; the others were not looked at while it was made.

`python -m sitebuild.evidence.first_wrong` renews the record, in minutes.
"""

import ast
import difflib
import signal
import sys
from collections import Counter
from time import perf_counter
from typing import Any, NamedTuple

from backprop_explained import find_first_wrong
from sitebuild.evidence import record
from sitebuild.evidence.styles import corpus

RECORD = "first_wrong"
SECONDS = 10
UNTUNED = frozenset(
    {
        "function_with_penalty",
        "keeps_its_input",
        "leaky_relu",
        "lecun_tanh",
        "old_without_copy",
        "one_layer_of_numbers",
        "per_example_loop",
        "plain_script",
        "relu_mini_batch",
        "softmax_l2",
    }
)
"""The styles that the search was not tuned on."""

GROUPS = ("changed", "beside", "elsewhere", "not found", "stopped", "not seen")


class Row(NamedTuple):
    """A network, the mistake in it, the group, and the lines changed and named."""

    style: str
    mistake: str
    group: str
    changed: list[int]
    named: list[int]


class Stopped(BaseException):
    """The time is over; no `except Exception` of the code may catch it."""


def changed_lines(right: str, mistaken: str) -> set[int]:
    r"""The lines of the mistaken text that are not in the right one.

    Examples
    --------
    >>> changed_lines("a\nb\nc", "a\nB\nc"), changed_lines("a\nb\nc", "a\nc")
    ({2}, {2})
    """
    old, new = right.splitlines(), mistaken.splitlines()
    found: set[int] = set()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, _, _, start, end in matcher.get_opcodes():
        if tag != "equal":
            found |= set(range(start + 1, max(end, start + 1) + 1))
    return found


def is_beside(source: str, changed: set[int], line: Any) -> bool:
    """Whether a helper was named for its call, or a call for its helper."""
    if changed & {*line.lines, *line.calls}:
        return True
    inside: dict[int, str] = {}
    called: dict[int, set[str]] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            span = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            inside |= dict.fromkeys(span, node.name)
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            for at in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                called.setdefault(at, set()).add(name)
    return any(
        inside.get(a) != inside.get(b)
        and (inside.get(a) in called.get(b, ()) or inside.get(b) in called.get(a, ()))
        for a in changed
        for b in line.lines
    )


def group(source: str, changed: set[int], found: Any) -> str:
    """The group of one answer."""
    if found.check.verdict != "wrong":
        return "not seen"
    if not found.lines:
        return "not found"
    first = found.lines[0]
    if set(first.lines) <= changed:
        return "changed"
    return "beside" if is_beside(source, changed, first) else "elsewhere"


def _stop(*_: object) -> None:
    raise Stopped


def judged(style: Any, mistake: str) -> Row:
    """What is named for one mistake."""
    source = style.mistaken(mistake)
    changed = changed_lines(style.source, source)
    signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        found = find_first_wrong(*style.case(0, mistake))
    except Stopped:
        return Row(style.name, mistake, "stopped", sorted(changed), [])
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    named = sorted(found.lines[0].lines) if found.lines else []
    where = group(source, changed, found)
    return Row(style.name, mistake, where, sorted(changed), named)


def rows() -> list[Row]:
    """The record."""
    return [Row(*row) for row in record.read(RECORD)]


def counts(*, tuned: bool) -> Counter[str]:
    """How many mistakes are in each group."""
    return Counter(r.group for r in rows() if (r.style not in UNTUNED) == tuned)


def table() -> str:
    """One line per network, those tuned on and the others apart, as Markdown."""
    lines = [f"| network | {' | '.join(GROUPS)} |", "|---" * 7 + "|"]
    for tuned in (False, True):
        title = "tuned on" if tuned else "not tuned on"
        lines.append(_line(f"**all {title}**", counts(tuned=tuned)))
        styles = dict.fromkeys(r.style for r in rows())
        for style in (s for s in styles if (s not in UNTUNED) == tuned):
            found = Counter(r.group for r in rows() if r.style == style)
            lines.append(_line(style.replace("_", " "), found))
    return "\n".join(lines)


def _line(name: str, found: Counter[str]) -> str:
    return f"| {name} | {' | '.join(str(found[g] or '') for g in GROUPS)} |"


def main() -> None:
    """Renew the record."""
    done = []
    cases = [(s, m) for s, m in corpus().CASES if m]
    for style, mistake in sorted(cases, key=lambda c: c[0].name not in UNTUNED):
        start = perf_counter()
        done.append(judged(style, mistake))
        seconds = f"{perf_counter() - start:.1f} s"
        print(*done[-1], seconds, file=sys.stderr, flush=True)
    record.write(RECORD, done)


if __name__ == "__main__":
    main()

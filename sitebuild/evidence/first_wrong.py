"""`find_first_wrong` on every mistake of `tests/styles`, by a strict rule.

What counts as which is said in `sitebuild.evidence.first_wrong_rule`.  A second finding
is not looked at.  The *advice* is what the answer says to write instead.  It is put
into the source, and `check_step` is asked again: it is "right" or "wrong" then, or
"none" if the answer gives no text to put in.

The search was tuned on all styles of `tests/styles`, and on those of
folders in it that are named after what they were once.  Those of `tests/styles/unseen`
were written when it was finished, and nothing was changed for them.

`python -m sitebuild.evidence.first_wrong` renews the record, in minutes.
"""

import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time
from typing import Any, NamedTuple

from backprop_explained import check_step, find_first_wrong
from sitebuild.evidence import record
from sitebuild.evidence.first_wrong_rule import GROUPS, SECONDS, changed_lines, group
from sitebuild.evidence.styles import FOLDER, corpus

RECORD = "first_wrong"
UNSEEN = FOLDER / "unseen"
"""Programs that were written when the search was finished, and run once."""
ONCE_UNSEEN = [FOLDER / "once_unseen", FOLDER / "second_unseen"]
"""Programs that were such, until the search was improved on what it missed there."""
FIRST_RUNS = "first_wrong_first_runs"
"""The rows of each such folder when its programs were run for the first time."""


class Row(NamedTuple):
    """A network, the mistake in it, the group, the lines, and what the advice does."""

    style: str
    mistake: str
    group: str
    changed: list[int]
    named: list[int]
    advice: str = ""


class Stopped(BaseException):
    """The time is over; no `except Exception` of the code may catch it."""


def _stop(*_: object) -> None:
    raise Stopped


def advised(style: Any, found: Any) -> str:
    """What `check_step` says once the advice is followed."""
    if not found.lines:
        return ""
    if not found.lines[0].corrected:
        return "none"
    try:
        check = check_step(*edited(style, found.lines[0].corrected).case(0))
    except Exception:
        return "wrong"
    return "right" if check.verdict == "right" else "wrong"


def edited(style: Any, source: str) -> Any:
    """The style with another text."""
    return type(style)(style.name, source, {})


def judged(style: Any, mistake: str) -> Row:
    """What is named for one mistake."""
    source = style.mistaken(mistake)
    changed = changed_lines(style.source, source)
    with limited(SECONDS):
        found = find_first_wrong(*style.case(0, mistake))
        named = sorted(found.lines[0].lines) if found.lines else []
        where = group(source, changed, found)
        told = sorted(changed), named, advised(style, found)
        return Row(style.name, mistake, where, *told)
    return Row(style.name, mistake, "stopped", sorted(changed), [])


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Leave what stands inside once so much processor time is used up."""
    signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    except Stopped:
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def rows() -> list[Row]:
    """The record."""
    return [Row(*row) for row in record.read(RECORD)]


def unseen() -> list[Any]:
    """The programs that nothing was tuned on."""
    return [corpus()._read(path) for path in sorted(UNSEEN.glob("*.py"))]


def seen() -> list[Any]:
    """The programs that the search was tuned on."""
    paths = [path for folder in ONCE_UNSEEN for path in sorted(folder.glob("*.py"))]
    return [*corpus().STYLES, *map(corpus()._read, paths)]


def of(*, seen: bool) -> list[Row]:
    """The rows of the programs that the search was tuned on, or of the others."""
    names = {style.name for style in unseen()}
    return [r for r in rows() if (r.style not in names) == seen]


def table() -> str:
    """One line per network, those tuned on and the others apart, as Markdown."""
    lines = [f"| network | advice right | {' | '.join(GROUPS)} |", "|---" * 8 + "|"]
    for seen in (False, True):
        title = "tuned on" if seen else "not tuned on"
        those = of(seen=seen)
        lines.append(_line(f"**all {title}**", those))
        for style in dict.fromkeys(r.style for r in those):
            of_style = [r for r in those if r.style == style]
            lines.append(_line(style.replace("_", " "), of_style))
    return "\n".join(lines)


def _line(name: str, those: list[Row]) -> str:
    found = Counter(r.group for r in those)
    right = sum(r.advice == "right" for r in those)
    cells = " | ".join(str(found[g] or "") for g in GROUPS)
    return f"| {name} | {right} | {cells} |"


def sentence(*, seen: bool) -> str:
    """What came of it, in words."""
    those = of(seen=seen)
    told = [r for r in those if r.group != "not seen"]
    counted = Counter(r.group for r in told)
    programs = len({r.style for r in those})
    right = sum(r.advice == "right" for r in told)
    given = sum(r.advice in ("right", "wrong") for r in told)
    return (
        f"{len(those)} mistakes in {programs} programs: {len(told)} can be told; "
        f"a changed line was named in {counted['changed']}, a line beside it in "
        f"{counted['beside']}, another in {counted['elsewhere']}, none in "
        f"{counted['not found']}; {counted['stopped']} took too long. "
        f"A text to write was given in {given}, and it makes the step right in {right}."
    )


def first_runs() -> str:
    """Of the programs that were run for the first time, then and now, in words."""
    runs = [[Row(*row) for row in rows] for rows in record.read(FIRST_RUNS)]
    each = []
    for those in [*runs, of(seen=False)]:
        told = [r for r in those if r.group != "not seen"]
        changed = sum(r.group == "changed" for r in told)
        each.append(f"{changed} of {len(told)}")
    return (
        "New programs were written three times, each after the search was improved on "
        "those before. In their first runs, a changed line was named in "
        f"{each[0]}, {each[1]} and {each[2]}."
    )


def main() -> None:
    """Renew the record."""
    done = []
    for style in [*unseen(), *seen()]:
        for mistake in style.mistakes:
            start = process_time()
            done.append(judged(style, mistake))
            seconds = f"{process_time() - start:.1f} s"
            print(*done[-1], seconds, file=sys.stderr, flush=True)
    record.write(RECORD, done)


if __name__ == "__main__":
    main()

"""`find_first_wrong` on every mistake of `tests/styles`, by a strict rule.

What counts as which is said in `sitebuild.evidence.first_wrong_rule`.  A second finding
is not looked at.  The *advice* is what the answer says to write instead.  It is put
into the source, and `check_step` is asked again: it is "right" or "wrong" then, or
"none" if the answer gives no text to put in.

The search was tuned on all styles of `tests/styles`, and on those of folders in it
that are named after what they were once.  Those of the last folder were written last.
What counts is the first run of each such folder, which is kept apart: it was made
before anything was changed for its programs.

`python -m sitebuild.evidence.first_wrong` renews the record, in a quarter of an hour.
"""

import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time
from typing import Any, NamedTuple

from backprop_explained import check_step, find_first_wrong
from sitebuild.evidence import markdown, record
from sitebuild.evidence.first_wrong_rule import GROUPS, SECONDS, changed_lines, group
from sitebuild.evidence.styles import FOLDER, corpus, edited

RECORD = "first_wrong"
TIMES = ("once_", "second_", "third_", "fourth_", "fifth_", "")
TIMES += ("sixth_", "seventh_", "eighth_")
"""What the folders of new programs are called, in the order in which they came."""
*ONCE_UNSEEN, UNSEEN = [FOLDER / f"{n}unseen" for n in TIMES]
"""Programs that were new, until the search was improved on what it missed there; and
the folder of those that were written last."""
FIRST_RUNS = "first_wrong_first_runs"
"""The rows of each such folder when its programs were run for the first time."""


class Row(NamedTuple):
    """A network, the mistake in it, the group, the lines, and what the advice does.

    `others` are the lines that are listed below those that were named.
    """

    style: str
    mistake: str
    group: str
    changed: list[int]
    named: list[int]
    advice: str = ""
    others: list[int] | tuple[()] = ()

    @property
    def listed(self) -> bool:
        """Whether a changed line is not named, and listed below."""
        return self.group != "changed" and bool({*self.others} & {*self.changed})


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


def judged(style: Any, mistake: str) -> Row:
    source = style.mistaken(mistake)
    changed = changed_lines(style.source, source)
    with limited(SECONDS):
        found = find_first_wrong(*style.case(0, mistake))
        named = sorted(found.lines[0].lines) if found.lines else []
        where = group(source, changed, found)
        others = list(found.lines[0].others) if found.lines else []
        told = named, advised(style, found), others
        return Row(style.name, mistake, where, sorted(changed), *told)
    return Row(style.name, mistake, "stopped", sorted(changed), [], "", [])


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
    return [Row(*row) for row in record.read(RECORD)["rows"]]


def earlier() -> set[tuple[str, str]]:
    """The networks and mistakes of the rows that an earlier search made."""
    return {(style, mistake) for style, mistake in record.read(RECORD)["earlier"]}


def unseen() -> list[Any]:
    """The programs that were written last."""
    return [corpus()._read(path) for path in sorted(UNSEEN.glob("*.py"))]


def seen() -> list[Any]:
    """All others."""
    paths = [path for folder in ONCE_UNSEEN for path in sorted(folder.glob("*.py"))]
    return [*corpus().STYLES, *map(corpus()._read, paths)]


def of(*, seen: bool) -> list[Row]:
    """The rows of the programs that were written last, or of all others."""
    names = {style.name for style in unseen()}
    return [r for r in rows() if (r.style not in names) == seen]


def table() -> str:
    """One line per network, those that were written last first, as Markdown."""
    lines = []
    for seen, title in ((False, "last"), (True, "before")):
        those = of(seen=seen)
        lines.append(_line(f"**all that were written {title}**", those))
        for style in dict.fromkeys(r.style for r in those):
            of_style = [r for r in those if r.style == style]
            lines.append(_line(style.replace("_", " "), of_style))
    head = f"| network | advice right | {' | '.join(GROUPS)} |"
    return markdown.table(head, "|---" + "|--:" * 7 + "|", lines)


def _line(name: str, those: list[Row]) -> list[object]:
    found = Counter(r.group for r in those)
    right = sum(r.advice == "right" for r in those)
    return [name, right, *(found[g] or "" for g in GROUPS)]


def sentence() -> str:
    """What came of all of them, in words."""
    those = rows()
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
        f"In {sum(r.listed for r in told)} of the others a changed line is listed "
        "below the one that was named. "
        f"A text to write was given in {given}, and it makes the step right in {right}."
    )


def age() -> str:
    """How many rows an earlier search made, in words; empty if none."""
    old = len(earlier())
    return f" {old} of these rows were made by an earlier search." if old else ""


def first_runs() -> str:
    """What came of the programs of each folder when they were new, as Markdown."""
    rows = []
    for run in record.read(FIRST_RUNS):
        those = [Row(*row) for row in run]
        told = [r for r in those if r.group != "not seen"]
        found = Counter(r.group for r in told)
        changed = found["changed"]
        counts = (
            changed,
            changed + sum(r.listed for r in told),
            changed + found["beside"],
        )
        shares = [f"{count} ({100 * count / len(told):.0f}\xa0%)" for count in counts]
        if not any(r.others for r in told):
            shares[1] = ""
        programs = len({r.style for r in those})
        rows.append([programs, len(those), len(told), *shares, found["stopped"]])
    return markdown.table(
        "| new programs | mistakes | told | changed line | or listed | or beside "
        "| stopped |",
        "|--:" * 7 + "|",
        rows,
    )


if __name__ == "__main__":
    done = []
    for style in [*unseen(), *seen()]:
        for mistake in style.mistakes:
            start = process_time()
            done.append(judged(style, mistake))
            seconds = f"{process_time() - start:.1f} s"
            print(*done[-1], seconds, file=sys.stderr, flush=True)
    record.write(RECORD, {"rows": done, "earlier": []})

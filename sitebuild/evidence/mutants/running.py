"""Judges mutants in a copy of the project, and tells of them."""

import os
import resource
import tempfile
import tomllib
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Literal, NamedTuple

import pytest

from sitebuild.evidence import markdown, record
from sitebuild.evidence.faults.judging import Copy, run_tests
from sitebuild.evidence.mutants.drawing import Mutant, drawn
from sitebuild.evidence.mutants.narrow import PACKAGE, ROOT, name_of, narrow_tests

RECORD = "mutants"
EQUIVALENT = Path(__file__).parent / "equivalent.toml"
LIBRARIES = ("autograd.numpy", "hypothesis", "mpmath", "playwright.sync_api")
PASSED = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
SECONDS = 120
"""What the tests of one mutant may take of a processor."""
WAIT = 1800
Verdict = Literal["killed", "survived", "timeout"]


class Judged(NamedTuple):
    """A mutant, and what the tests said."""

    path: str
    line: int
    before: str
    after: str
    verdict: Verdict


class Equivalent(NamedTuple):
    """A change that no test can see, or should not, and why."""

    path: str
    before: str
    after: str
    reason: str


def _test(tests: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # a second each time
    run_tests(tests, "-p", "no:xdist")


def _verdict(copy: Copy, tests: list[str]) -> Verdict:
    """What the tests say, file by file, as most mutants are seen by the first."""
    for test in tests:
        code = copy.forked(_test, [test], seconds=WAIT)
        if code < 0:
            return "timeout"
        if code not in PASSED:
            return "killed"
    return "survived"


def judge(copy: Copy, one: Mutant) -> Judged:
    """Put it in, run the tests that belong to its module, and take it out."""
    path = copy.root / one.path
    text = path.read_text("utf-8")
    tests = narrow_tests(name_of(ROOT / one.path))
    try:
        path.write_text(one.within(text), "utf-8")
        return Judged(*one, _verdict(copy, tests))
    finally:
        path.write_text(text, "utf-8")


def made_copy(folder: Path) -> Copy:
    for library in LIBRARIES:
        import_module(library)
    return Copy(folder)


def judged_in(folder: Path, mutants: list[Mutant]) -> list[Judged]:
    """These mutants, judged in a copy that is made there."""
    copy = made_copy(folder)
    return [judge(copy, one) for one in mutants]


def judged(count: int) -> list[Judged]:
    """About so many mutants judged, one after the other, told as they come."""
    rows: list[Judged] = []
    passing: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        copy = made_copy(Path(folder))
        for one in drawn(count):
            new = {*narrow_tests(name_of(ROOT / one.path))} - passing
            if new and _verdict(copy, sorted(new)) != "survived":
                raise RuntimeError(f"without a mutant, one of {sorted(new)} fails")
            passing |= new
            rows.append(judge(copy, one))
            print(*rows[-1][:2], rows[-1].verdict, flush=True)
    return rows


def recorded() -> list[Judged]:
    return [Judged(*row) for row in record.read(RECORD)]


def equivalents() -> list[Equivalent]:
    """The changes that are listed with a reason."""
    tables = tomllib.loads(EQUIVALENT.read_text("utf-8"))["mutant"]
    return [Equivalent(**table) for table in tables]


def survivors(rows: list[Judged]) -> list[Judged]:
    """Those that no test sees although one could."""
    listed = {(one.path, one.before, one.after) for one in equivalents()}
    return [
        row
        for row in rows
        if row.verdict == "survived"
        and (row.path, row.before.strip(), row.after.strip()) not in listed
    ]


def room(path: str) -> str:
    """The part of the package that a file belongs to."""
    return Path(path).parent.relative_to(PACKAGE.name).as_posix()


def table(rows: list[Judged]) -> str:
    """One line per room of the package, as Markdown."""
    lines = []
    left = survivors(rows)
    for name in sorted({room(row.path) for row in rows}):
        mine = [row for row in rows if room(row.path) == name]
        count = Counter(row.verdict for row in mine)
        open_ = sum(room(row.path) == name for row in left)
        numbers = (count["killed"], count["timeout"], count["survived"] - open_, open_)
        shown = "the reference network" if name == "." else name
        lines.append((shown, len(mine), *numbers))
    head = "| room | mutants | killed | timeout | equivalent | survived |"
    return markdown.table(head, "|---|--:|--:|--:|--:|--:|", lines)

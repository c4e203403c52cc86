"""The record of the mutants: few survive, each is judged, and some are tried again."""

import random
import re

import pytest

from sitebuild.evidence.faults.judging import apart
from sitebuild.evidence.mutants import running
from sitebuild.evidence.mutants.drawing import Mutant
from sitebuild.evidence.mutants.narrow import ROOT, modules, narrow_tests
from sitebuild.evidence.mutants.running import (
    Judged,
    equivalents,
    recorded,
    survivors,
    table,
)


def test_mutants_of_most_modules_are_on_record_and_nearly_all_are_seen():
    rows = recorded()
    files = {path.relative_to(ROOT).as_posix() for path in modules().values()}
    assert len({row.path for row in rows} & files) > 0.6 * len(files)
    assert len(rows) >= 146
    assert len(survivors(rows)) <= 0.05 * len(rows)


@pytest.mark.parametrize("one", equivalents(), ids=lambda one: one.after)
def test_a_change_that_no_test_sees_can_still_be_made_and_has_a_reason(one):
    lines = [line.strip() for line in (ROOT / one.path).read_text().splitlines()]
    assert one.before in lines, "it is gone from the module: take it off the list"
    assert one.after != one.before
    assert len(one.reason.split()) > 3


def test_a_survivor_on_the_list_is_no_survivor(monkeypatch):
    row = Judged("backprop_explained/costs.py", 1, "    a = 1", "    a = 2", "survived")
    assert survivors([row, row._replace(verdict="killed")]) == [row]
    listed = running.Equivalent(row.path, "a = 1", "a = 2", "nothing reads it at all")
    monkeypatch.setattr(running, "equivalents", lambda: [listed])
    assert survivors([row]) == []
    assert table([row]).endswith("| the reference network | 1 | 0 | 0 | 1 | 0 |")


def test_a_line_that_has_changed_is_no_place_for_a_mutant():
    mutant = Mutant("backprop_explained/costs.py", 2, "b", "c")
    assert mutant.within("a\nb\n") == "a\nc\n"
    with pytest.raises(ValueError, match=r"costs\.py:2 is no longer 'b'"):
        mutant.within("a\nx\n")


def test_the_tests_of_a_module_exist_and_the_nearest_come_first():
    for module in modules():
        tests = narrow_tests(module)
        assert tests[-1].startswith("tests/package/")
        assert all((ROOT / test).exists() for test in tests)
    assert "tests/package/test_costs.py" in narrow_tests("costs")[1:3]
    assert narrow_tests("costs")[0] == "backprop_explained/costs.py"
    assert "/check/" in narrow_tests("check.step")[1]


QUICK = re.compile(r"\w+/(check/numbers|published)")


@pytest.mark.long
def test_mutants_come_out_again(tmp_path):
    """One of those that were killed, and a change that is none."""
    still = [
        row
        for row in recorded()
        if row.verdict == "killed"
        and QUICK.match(row.path)
        and row.before == (ROOT / row.path).read_text().split("\n")[row.line - 1]
    ]
    (row,) = random.Random(1).sample(still, 1)
    path = "backprop_explained/check/numbers.py"
    first = (ROOT / path).read_text().split("\n")[0]
    none = Mutant(path, 1, first, f"{first}  # nothing changes")
    found = apart(running.judged_in, tmp_path, [Mutant(*row[:4]), none])
    assert [one.verdict for one in found] == ["killed", "survived"]

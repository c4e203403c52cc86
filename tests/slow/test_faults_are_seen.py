"""Faults in what a reader sees are seen, and a mechanism switched off is noticed."""

import pytest

from sitebuild.evidence.faults.judging import ROOT, Judged, apart
from sitebuild.evidence.faults.kinds import KINDS, files_of
from sitebuild.evidence.faults.places import OF_PAGES, Fault
from sitebuild.evidence.faults.running import again, recorded, renewed

BY_NAME = {kind.name: kind for kind in KINDS}
CHECKS = "tests/sitebuild/checks"
NOTHING = f"{CHECKS}/test_words.py::test_the_table_shows_what_the_list_rejects"
SAMPLE = {"formula": "caught", "name in a code span": "caught", "record": "caught"}
SAMPLE |= {"digit in code": "difference"}
BROWSER = {"constant in a moving figure", "text of a moving figure"}


def rows_of(name, verdict):
    rows = [row for row in recorded() if (row.kind, row.verdict) == (name, verdict)]
    return BY_NAME[name], rows


def test_what_was_seen_is_seen_again_and_a_check_that_is_left_out_misses():
    work = [rows_of(*one) for one in SAMPLE.items()]
    formula, rows = work[0]
    work.append((formula._replace(tests=(NOTHING,)), rows))
    work.append((formula._replace(tests=(f"{NOTHING}_which_is_none",)), rows))
    *found, missed, none = apart(again, work)
    assert dict(zip(SAMPLE, found, strict=True)) == SAMPLE
    assert missed == "missed"
    assert none.startswith("pytest found none of")


@pytest.mark.long
def test_a_fault_of_each_kind_is_caught_again():
    work = [rows_of(name, "caught") for name in BY_NAME if name not in BROWSER]
    work = [(kind, rows) for kind, rows in work if rows]
    assert len(work) > 12
    assert apart(again, work) == ["caught"] * len(work)


@pytest.mark.parametrize("name", BY_NAME)
def test_each_kind_has_places_and_changes_them(name):
    count = 0
    for path in files_of(BY_NAME[name], ROOT):
        text = path.read_text("utf-8")
        for fault in BY_NAME[name].places(text):
            assert text[fault.start : fault.end] != fault.after
            count += 1
            if count == 20:
                return
    assert count >= 5


def test_the_places_of_a_page():
    text = "# Two layers\n\nThree numbers, 12 of them; $a_1 + 2$, `x - 1`.\n"
    found = {
        name: [fault.within(text) for fault in places(text)]
        for name, places in OF_PAGES.items()
    }
    assert text.replace("12", "13") in found["whole number in prose"]
    assert text.replace("Three", "four") in found["number word"]
    assert text.replace("a_1 + 2", "a_1 - 2") in found["formula"]
    assert text.replace("x - 1", "x + 1") in found["formula in a code span"]
    assert text.replace("layers", "lyaers") in found["word of a heading"]
    assert found["fence option"] == found["operator in code"] == []


def test_a_fault_is_within_its_text():
    assert Fault(1, 2, "xy").within("abc") == "axyc"


def test_kinds_that_are_judged_again_are_renewed_and_no_others():
    one = Judged("formula", "a.md", 1, "x", "y", "missed")
    other, new = one._replace(kind="record"), one._replace(verdict="caught")
    assert renewed([one, other, one], [new]) == [new, other]

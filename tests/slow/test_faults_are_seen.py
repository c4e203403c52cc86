"""Faults in what a reader sees are seen, and a mechanism switched off is noticed."""

import pytest

from sitebuild.evidence.faults.judging import ROOT, apart
from sitebuild.evidence.faults.kinds import KINDS, files_of
from sitebuild.evidence.faults.places import OF_PAGES, Fault
from sitebuild.evidence.faults.running import again, drawn, once, recorded

BY_NAME = {kind.name: kind for kind in KINDS}
AGAIN = ["formula", "number word", "name in a code span", "record"]
NOTHING = (
    "tests/sitebuild/checks/test_words.py::test_the_table_shows_what_the_list_rejects"
)


@pytest.mark.parametrize("name", AGAIN)
def test_what_was_caught_is_caught_again(name):
    caught = [r for r in recorded() if (r.kind, r.verdict) == (name, "caught")]
    assert apart(again, BY_NAME[name], caught) == "caught"


def test_a_check_that_is_left_out_misses():
    kind = BY_NAME["formula"]._replace(tests=(NOTHING,))
    (place,) = drawn(kind, 1)
    assert apart(once, kind, *place) == "missed"


def test_a_test_that_does_not_exist_is_no_verdict():
    kind = BY_NAME["formula"]._replace(tests=("tests/project/test_texts.py::test_no",))
    (place,) = drawn(kind, 1)
    with pytest.raises(RuntimeError, match="pytest found none of"):
        apart(once, kind, *place)


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

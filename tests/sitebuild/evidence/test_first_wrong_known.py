"""The line of each known mistake, in a program that is right without it."""

import pytest

from backprop_explained import MISTAKES, check_step
from sitebuild.evidence import first_wrong_known as known


@pytest.mark.long
@pytest.mark.parametrize("name", dict.fromkeys(map(known.alike, MISTAKES)))
def test_the_program_is_right_with_the_right_line_and_has_the_other_once(name):
    right = known.text_of(name, mistaken=False)
    assert check_step(*known.case(right, known.sizes_of(name))).verdict == "right"
    wrong = known.text_of(name, mistaken=True)
    lines = [line.strip() for line in wrong.splitlines()]
    at = lines.index(MISTAKES[name].code.split("; ")[0])
    assert MISTAKES[name].code.split("; ") == lines[at : at + wrong_lines(name)]


def wrong_lines(name):
    return MISTAKES[name].code.count("; ") + 1


@pytest.mark.long
@pytest.mark.parametrize("name", ["z where a belongs", "factor 1/m"])
def test_the_record_says_what_is_found_again(name):
    assert known.found(name) == known.rows()[name]


def test_a_mistake_that_is_not_on_record_is_told_and_leaves_the_others(monkeypatch):
    before, row = known.cell("sign"), MISTAKES["sign"]
    new = row._replace(name="new", code="delta = 0 * error")
    monkeypatch.setitem(MISTAKES, "new", new)
    assert known.cell("sign") == before
    with pytest.raises(KeyError, match='first_wrong_known "new"'):
        known.cell("new")


def test_every_mistake_has_a_row_and_misses_are_told():
    missing = set(MISTAKES) - set(known.rows())
    assert not missing, f"run sitebuild.evidence.first_wrong_known with {missing}"
    missed = [name for name in MISTAKES if known.cell(name) == "another"]
    assert missed
    for name in missed:
        row = known.rows()[name]
        assert not {*row.named} <= {*row.mistaken}

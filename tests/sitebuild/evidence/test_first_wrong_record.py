"""The record of the lines that were named, on a sample that is run again."""

from collections import Counter

import pytest

from sitebuild.evidence.first_wrong import (
    GROUPS,
    UNTUNED,
    changed_lines,
    counts,
    group,
    judged,
    rows,
    table,
)
from sitebuild.evidence.styles import corpus

SLOW = {"lists_of_numbers", "neuron_objects", "columns_mini_batch", "tape"}
"""Left out of the sample: thousands of runs of a step in pure Python."""


def test_the_record_has_every_mistake_once():
    given = [(s.name, m) for s, m in corpus().CASES if m]
    assert sorted(given) == sorted((row.style, row.mistake) for row in rows())
    assert {row.group for row in rows()} <= set(GROUPS)
    assert {row.style for row in rows()} >= UNTUNED


def test_every_second_mistake_again():
    sample = [row for row in rows() if row.style not in SLOW][::2]
    styles = {style.name: style for style in corpus().STYLES}
    again = [judged(styles[row.style], row.mistake) for row in sample]
    assert Counter(r.group for r in again) == Counter(r.group for r in sample)


@pytest.mark.parametrize(
    ("style", "mistake"),
    [
        ("dictionary_of_parameters", "z where a belongs"),
        ("theta_unrolled", "mean missing"),
    ],
)
def test_plain_misses_are_counted_as_misses(style, mistake):
    """Of these two, a line was named that nobody had to change."""
    (row,) = [r for r in rows() if (r.style, r.mistake) == (style, mistake)]
    assert row.group == "elsewhere"
    assert not {*row.named} & {*row.changed}


class Line:
    """What `group` reads of an answer."""

    def __init__(self, lines, calls=(), verdict="wrong"):
        self.lines, self.calls, self.verdict = lines, calls, verdict


class Answer:
    def __init__(self, *lines, verdict="wrong"):
        self.lines, self.check = lines, Line((), verdict=verdict)


SOURCE = """def slope(a):
    return a * (1 - a)
def step(a, e):
    d = e * slope(a)
    return d * a
"""


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(Line((4,))), "changed"),
        (Answer(Line((4, 5))), "beside"),
        (Answer(Line((2,))), "beside"),
        (Answer(Line((5,))), "elsewhere"),
        (Answer(Line((5,), (4,))), "beside"),
        (Answer(), "not found"),
        (Answer(verdict="right"), "not seen"),
    ],
)
def test_the_rule_is_strict(answer, expected):
    assert group(SOURCE, {4}, answer) == expected


def test_the_line_after_a_deletion_stands_for_it():
    assert changed_lines("a\nb\nc", "a\nc") == {2}


def test_the_table_adds_up():
    total = sum((counts(tuned=t) for t in (True, False)), Counter())
    assert total.total() == len(rows())
    assert "tuned on" in table()

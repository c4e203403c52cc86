"""The times of `find_first_wrong` that a page states."""

import pytest

from backprop_explained import MISTAKES
from sitebuild.evidence import first_wrong_times as times
from sitebuild.evidence.first_wrong import SECONDS, seen


def test_each_mistake_is_timed_once_and_both_kinds_are_told():
    asked = [(s.name, m) for s in seen() if s.name in times.LISTS for m in s.mistakes]
    assert [row[:2] for row in times.rows(lists=True)] == asked
    assert [row.mistake for row in times.rows(lists=False)] == list(times.NAMES)
    assert set(times.NAMES) <= set(MISTAKES)
    large, lists = times.sentences()
    assert large.startswith("8 mistakes in a network of 64-32-10 units, with 32 ")
    assert lists.startswith(f"{len(asked)} mistakes in 5 networks of Python lists")


@pytest.mark.long
def test_a_large_network_and_lists_are_answered_in_time_again():
    style = next(style for style in seen() if style.name == "lists_of_numbers")
    again = [times.of_known("slope missing"), times.of_lists(style, "sign")]
    assert 0 < max(row.seconds for row in again) < SECONDS
    kept = times.rows(lists=False) + times.rows(lists=True)
    assert {row[:2] for row in again} <= {row[:2] for row in kept}

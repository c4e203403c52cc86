"""The record of one call per network: whole, all right, and a sample run again."""

import pytest
from styles import CASES, STYLES

from sitebuild.evidence.styles import judged, rows, table

SILENT = {
    ("layer_classes", "bias gradient missing"),
    ("recurrent", "the last step alone"),
}
"""What the step leaves as it is: a note names it, and it is not judged."""


def test_the_record_has_every_network_and_mistake():
    assert [(row.style, row.mistake or None) for row in rows()] == [
        (style.name, mistake) for style, mistake in CASES
    ]


def test_there_are_25_networks_each_with_three_mistakes():
    assert len(STYLES) >= 25
    assert all(len(style.mistakes) >= 3 for style in STYLES)


def test_every_verdict_is_right_but_where_nothing_was_judged():
    for row in rows():
        silent = (row.style, row.mistake) in SILENT
        expected = "wrong" if row.mistake and not silent else "right"
        assert row.verdict == expected, row
        assert bool(row.where) == (expected == "wrong"), row


@pytest.mark.parametrize(
    ("style", "mistake"), CASES[::6], ids=lambda v: getattr(v, "name", v)
)
def test_a_sample_is_found_again(style, mistake):
    (recorded,) = [
        row for row in rows() if (row.style, row.mistake) == (style.name, mistake or "")
    ]
    found = judged(style, mistake)
    assert found._replace(factor=None) == recorded._replace(factor=None)
    expected = recorded.factor and pytest.approx(recorded.factor, rel=1e-2)
    assert found.factor == expected


def test_the_table_has_a_row_for_each():
    assert len(table().splitlines()) == len(CASES) + 2
    assert "all by the factor 0.5" in table()

"""The theme's search takes a stop word as it stands."""

from pathlib import Path

import material
import pytest

from sitebuild import searching

WORKER = next(Path(material.__file__).parent.rglob("workers/search.*.min.js"))


def test_the_themes_search_has_the_rule():
    theirs = WORKER.read_text("utf-8")
    ours = searching.with_whole_stop_words(theirs)
    rule = "!lunr.stopWordFilter(r.toLowerCase())"
    assert rule not in theirs
    assert ours.count(rule) == 1


def test_a_search_that_is_made_otherwise_is_refused():
    ours = searching.with_whole_stop_words(WORKER.read_text("utf-8"))
    with pytest.raises(ValueError, match="in another way"):
        searching.with_whole_stop_words(ours)

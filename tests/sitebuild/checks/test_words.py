"""The word list: what it rejects, and the files that already keep to it."""

from pathlib import Path

import pytest

from sitebuild.checks.words import wrong_words

ROOT = Path(__file__).parents[3]
KEPT = [*(ROOT / "sitebuild" / "checks").glob("*.py"), ROOT / "sitebuild" / "hooks.py"]
KEPT += [ROOT / "sitebuild" / "build.py", ROOT / "sitebuild" / "evidence" / "recipe.py"]


@pytest.mark.parametrize(
    "text",
    [
        "It was mended.",
        "Whoever reads",
        "draw it anew",
        "on the way\nback",
        "the slope in every weight",
        "is turned over",
        "all but for one",
    ],
)
def test_a_word_of_the_list_is_found(text):
    ((line, _),) = wrong_words(f"\n{text}\n")
    assert line == 2


@pytest.mark.parametrize(
    "text",
    ["recommended", "renew it", "back on the way", "but forward", "a slope in z"],
)
def test_other_words_pass(text):
    assert not list(wrong_words(text))


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_these_files_keep_to_it(path):
    if path.stem != "words":  # the list itself
        assert not list(wrong_words(path.read_text()))

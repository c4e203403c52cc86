"""The word list: what it rejects, and that the whole repository keeps to it."""

import re
from pathlib import Path

import pytest

from sitebuild.checks.words import wrong_words

ROOT = Path(__file__).parents[3]
ROOMS = ["backprop_explained", "docs", "sitebuild", "tests"]
TYPES = {".py", ".md", ".mjs", ".js", ".css", ".html", ".svg", ".json"}
LISTS = {ROOT / "sitebuild" / "checks" / "words.py", Path(__file__).resolve()}
SINGLE = ["CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "Makefile", "README.md"]
SINGLE += ["mkdocs.yml", "pyproject.toml", ".ci/run", ".github/workflows/site.yml"]


@pytest.mark.parametrize(
    "text",
    [
        "It was mended.",
        "Whoever reads",
        "draw it anew",
        "on the way\nback",
        "the slope in every weight",
        "the gradient of the cost in every weight",
        "a slope in w",
        "is turned over",
        "all but for one",
        "one row an example",
        "one a layer",
        "3 numbers an example",
    ],
)
def test_a_word_of_the_list_is_found(text):
    ((line, _),) = wrong_words(f"\n{text}\n")
    assert line == 2


@pytest.mark.parametrize(
    "text",
    [
        "recommended",
        "renew it",
        "back on the way",
        "but forward",
        "a slope in z",
        "one is a row",
        "one row per example",
    ],
)
def test_other_words_pass(text):
    assert not list(wrong_words(text))


def texts(folder):
    """The files of a room that a person wrote."""
    made = {"node_modules", "__pycache__"}
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix in TYPES and not made & set(path.parts):
            yield path


def without_the_table(path):
    """A text, less the rows of the table in CONTRIBUTING that show both words."""
    text = path.read_text()
    if path.name == "CONTRIBUTING.md":
        text = re.sub(r"(?<=^\| not \| but \|\n)(?:\|.*\n)+", "", text, flags=re.M)
    return text


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_keeps_to_it(room):
    paths = [path for path in texts(room) if path not in LISTS]
    assert len(paths) > 20
    assert_kept(paths)


def test_the_texts_at_the_top_keep_to_it():
    assert_kept([ROOT / name for name in SINGLE if (ROOT / name).exists()])


def assert_kept(paths):
    found = [
        f"{path.relative_to(ROOT)}:{line}: {message}"
        for path in paths
        for line, message in wrong_words(without_the_table(path))
    ]
    assert not found, "\n".join(found)


def test_the_table_shows_what_the_list_rejects():
    text = (ROOT / "CONTRIBUTING.md").read_text()
    left = without_the_table(ROOT / "CONTRIBUTING.md")
    assert len(list(wrong_words(text))) >= 7
    assert not list(wrong_words(left))

"""The recipe of a mistake, walked through in a copy of the project."""

import shutil

import pytest
from recipes import blocks, section, shown
from sites import ROOT, run

LINES = "backprop_explained/check/mistaken_lines.py"
TABLE = "backprop_explained/check/mistakes.py"
BY_HAND = "tests/package/check/mistakes_by_hand.py"
PAGE = "docs/the-question/mistakes-and-their-fingerprints.md"

RECIPE = section("Add a mistake")
FUNCTION = shown(RECIPE, "python")
ROW, ORACLE = blocks(RECIPE, "text")
SECTION = shown(RECIPE, "markdown")


def put(folder, name, text, before=None):
    """Add lines to a file, at its end or where a line stands for the first time."""
    path = folder / name
    old = path.read_text()
    assert before is None or before in old
    new = old + text if before is None else old.replace(before, text + before, 1)
    path.write_text(new)


@pytest.fixture
def copy(tmp_path):
    """What the tests of the mistakes read, with a mistake added, and no oracle."""
    shutil.copytree(ROOT / "backprop_explained", tmp_path / "backprop_explained")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    for name in (BY_HAND, "tests/package/check/test_mistakes.py", "pyproject.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    put(tmp_path, LINES, f"\n\n{FUNCTION}")
    put(tmp_path, TABLE, ROW, before="]\n\nMISTAKES:")
    put(tmp_path, PAGE, f"\n{SECTION}")
    return tmp_path


def outcome(folder):
    return run(folder, "pytest", "-q", "tests/package/check")


def test_a_mistake_is_a_row_a_function_a_section_and_an_oracle(copy):
    put(copy, BY_HAND, ORACLE, before="}\n\n\ndef by_hand")
    ended = outcome(copy)
    assert ended.returncode == 0, ended.stdout


def test_a_mistake_without_an_oracle_is_refused(copy):
    ended = outcome(copy)
    assert ended.returncode == 1, ended.stdout
    assert "write “first example only” out by hand" in ended.stdout


def test_a_mistake_whose_function_is_wrong_is_refused(copy):
    put(copy, BY_HAND, ORACLE, before="}\n\n\ndef by_hand")
    path = copy / LINES
    path.write_text(path.read_text().replace("v.delta[:1]", "v.delta[:1] / 2"))
    ended = outcome(copy)
    assert ended.returncode == 1, ended.stdout
    assert "written_out_by_hand[first example only]" in ended.stdout


def test_a_mistake_without_its_section_is_refused(copy):
    put(copy, BY_HAND, ORACLE, before="}\n\n\ndef by_hand")
    shutil.copy(ROOT / PAGE, copy / PAGE)
    ended = outcome(copy)
    assert ended.returncode == 1, ended.stdout
    assert "the_page_of_a_row" in ended.stdout

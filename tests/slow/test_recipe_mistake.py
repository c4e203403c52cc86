"""The recipe of a mistake, walked through in a copy of the project."""

import shutil

import pytest
from sites import ROOT, run

LINES = "backprop_explained/check/mistaken_lines.py"
TABLE = "backprop_explained/check/mistakes.py"
BY_HAND = "tests/package/check/mistakes_by_hand.py"
PAGE = "docs/the-question/mistakes-and-their-fingerprints.md"

FUNCTION = '''

def first_example_only(v: Values) -> Array:
    """The gradient of the first example alone."""
    return v.a_previous[:1].T @ v.delta[:1]
'''
ROW = """\
    Mistake(
        "first example only",
        "only the first example of the batch reaches the gradient of the weights",
        "dW = a_previous[:1].T @ delta[:1]",
        f"{_FINGERPRINTS}#first-example-only",
        mistaken(dW=lines.first_example_only),
        "dW = a_previous.T @ delta",
    ),
"""
SECTION = "\n## The first example only { #first-example-only }\n\nThe rest is lost.\n"
ORACLE = """\
    "first example only": (
        "sigmoid",
        "dW2 = np.outer(a1[0], delta2[0])",
        "dW1 = np.outer(x[0], delta1[0])",
    ),
"""


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
    put(tmp_path, LINES, FUNCTION)
    put(tmp_path, TABLE, ROW, before="]\n\nMISTAKES:")
    put(tmp_path, PAGE, SECTION)
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

"""Output is approved as it is: whatever else a page prints is found, with its line."""

import os

import matplotlib as mpl
import pytest
from sites import ROOT, printed_by

from sitebuild.checks import approve, approved
from sitebuild.checks.checker import check_page

BLOCK = '```python exec="true" source="above" result="text"\nprint({})\n```\n\n'
HTML = '```python exec="true" html="true"\nprint({!r})\n```\n\n'
FIGURE = (
    '<figure class="bp-figure" id="a"><svg role="img"><title id="a-title">{}</title>'
    "<path d='{}'/></svg><figcaption>{}</figcaption></figure>"
)


def printed(text):
    checked = check_page(text, "docs/a.md")
    assert not [problem for problem in checked.problems if "raised" in problem.message]
    return checked.printed


def compared(text, before):
    """The line and the message of what is not as it was before."""
    found = approved.compare(printed(text), "docs/a.md", before and as_text(before))
    assert all(problem.page == "docs/a.md" for problem in found.problems)
    return [(problem.line, problem.message) for problem in found.problems]


def as_text(text):
    return approved.as_text(printed(text))


ONE, TWO = BLOCK.format(1), BLOCK.format(2)


@pytest.mark.parametrize("text", ["", "Words.\n", ONE, ONE + TWO, "```text\na\n```\n"])
def test_what_is_approved_passes(text):
    assert compared(text, text) == []


@pytest.mark.parametrize(
    ("before", "text", "line", "message"),
    [
        (None, "Words.\n\n" + ONE + TWO, 3, "nobody has approved what the blocks of"),
        (ONE, ONE + TWO, 5, "nobody has approved what this block prints"),
        (ONE, TWO + ONE, 1, "nobody has approved what this block prints"),
        (ONE + TWO, ONE, 1, "no block is left for what is approved here"),
        (ONE, "Words.\n", 1, "no block is left for what is approved here"),
        (ONE, "Words.\n\n" + TWO, 3, "this block gives '2', but approved is '1'"),
        (ONE, BLOCK.format("1, 2"), 1, "this block gives '1 2', but approved is '1'"),
        (ONE, BLOCK.format("'1 '"), 1, "this block gives '1 ', but approved is '1'"),
        (ONE, BLOCK.format("'1\\n'"), 1, "gives '', but approved is '(nothing)'"),
        (
            *(ONE, BLOCK.format("'1', end=''"), 1),
            "gives '(without a line break at its end)'",
        ),
        (ONE, BLOCK.format("''"), 1, "this block gives '', but approved is '1'"),
        (ONE, ONE.replace("exec", 'id="a" exec'), 1, "this block gives '=== python id"),
        (
            *(HTML.format("<p><b>1</b></p>"), HTML.format("<p><b>2</b></p>"), 1),
            "this block gives '<b>2</b>', but approved is '<b>1</b>'",
        ),
        (
            *(HTML.format("<p>\n<b>"), HTML.format("<p><b>"), 1),
            "this block gives '<b>', but approved is '<b>'",
        ),
    ],
)
def test_what_is_not_approved_is_found(before, text, line, message):
    ((found_line, said),) = compared(text, before)
    assert found_line == line
    assert message in said
    assert "make approve" in said


def test_each_changed_block_is_named_and_no_other():
    before = "".join(BLOCK.format(n) for n in range(8))
    text = before.replace("print(2)", "print(20)").replace("print(6)", "print(60)")
    assert [line for line, _ in compared(text, before)] == [9, 25]


@pytest.mark.parametrize("name", ["<<<<<<< HEAD\n", "Words.\n"])
def test_a_file_that_is_not_as_it_was_written_is_found(name):
    found = approved.compare(printed(ONE), "docs/a.md", name + as_text(ONE))
    assert "cannot be read" in found.problems[0].message


def figure(title="t", path="M 0 0", caption="c"):
    return HTML.format(FIGURE.format(title, path, caption))


OTHER_FIGURES = {"path": "M 0 1"}, {"title": "u"}, {"caption": "d"}


@pytest.mark.parametrize("changes", OTHER_FIGURES)
def test_a_changed_figure_is_found(changes):
    assert len(compared(figure(**changes), figure())) == 1


@pytest.mark.parametrize("changes", OTHER_FIGURES)
def test_another_matplotlib_is_said_once_and_the_words_still_count(
    changes, monkeypatch
):
    before = as_text(figure() + ONE + figure())
    monkeypatch.setattr(mpl, "__version__", "0.0.1")
    text = figure(**changes) + TWO + figure()
    problems, note = approved.compare(printed(text), "docs/a.md", before)
    lines = [5] if "path" in changes else [1, 5]
    assert [problem.line for problem in problems] == lines
    assert note.count("drawings are not compared: matplotlib ") == 1
    assert note.endswith("here is 0.0.1")


@pytest.mark.parametrize("variable", approved.SETTINGS)
def test_what_a_build_is_told_is_not_compared_and_nothing_else_is_spared(
    variable, monkeypatch
):
    module = approved.SETTINGS[variable]
    shows = BLOCK.format("1").replace("print", f"import {module}\nprint")
    monkeypatch.delenv(variable, raising=False)
    before, text = as_text(shows + ONE), shows.replace("(1)", "(2)") + TWO
    assert len(approved.compare(printed(text), "a", before).problems) == 2
    monkeypatch.setenv(variable, "https://example.org/source.git")
    problems, note = approved.compare(printed(text), "a", before)
    assert [problem.line for problem in problems] == [6]
    assert note == f"what shows {variable} is not compared: it is set"


def test_the_drawings_were_approved_with_the_pinned_version():
    pinned = (ROOT / "constraints.txt").read_text()
    texts = [path.read_text() for path in ROOT.glob("docs/**/*.approved.txt")]
    versions = {found for text in texts for found in approved.VERSION.findall(text)}
    (version,) = versions
    assert f"\nmatplotlib=={version}\n" in pinned


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(ONE)
    (tmp_path / "docs" / "b.md").write_text(TWO)
    assert approve.approve(tmp_path) == 0
    return tmp_path


def problems_of(folder, name):
    page = folder / "docs" / name
    text = page.read_text()
    return approved.compare(printed(text), name, approved.beside(page)).problems


def test_approving_shows_the_difference_and_accepts_it(folder, capsys):
    capsys.readouterr()
    (folder / "docs" / "a.md").write_text(ONE.replace("1", "1 + 10"))
    assert len(problems_of(folder, "a.md")) == 1
    assert approve.approve(folder) == 0
    said = capsys.readouterr().out.splitlines()
    assert {"-| 1", "+| 11", "--- docs/a.approved.txt"} <= set(said)
    assert not [line for line in said if "docs/b" in line]
    assert said[-1] == "2 pages: 1 newly approved, 0 with problems"
    assert problems_of(folder, "a.md") == []
    assert approve.approve(folder) == 0
    assert "0 newly approved" in capsys.readouterr().out


def test_only_the_pages_that_are_named_are_approved(folder):
    for name in ("a.md", "b.md"):
        (folder / "docs" / name).write_text(BLOCK.format(3))
    assert approve.approve(folder, ["docs/b"]) == 0
    assert len(problems_of(folder, "a.md")) == 1
    assert problems_of(folder, "b.md") == []


def test_a_page_with_problems_is_not_approved(folder, capsys):
    before = approved.beside(folder / "docs" / "a.md")
    (folder / "docs" / "a.md").write_text(ONE + BLOCK.format("1 / 0"))
    (folder / "docs" / "b.md").write_text(BLOCK.format(3))
    assert approve.approve(folder) == 1
    assert "docs/a.md:6: the block raised ZeroDivisionError" in capsys.readouterr().out
    assert approved.beside(folder / "docs" / "a.md") == before
    assert problems_of(folder, "b.md") == []


def test_output_of_a_page_that_is_gone_is_found_and_removed(folder):
    (folder / "docs" / "a.md").unlink()
    (problem,) = approved.pageless_problems(folder / "docs")
    assert str(problem).startswith("docs/a.approved.txt:1: no such page")
    approve.approve(folder)
    assert approved.pageless_problems(folder / "docs") == []


def test_a_conflict_in_the_file_is_overwritten(folder):
    path = approved.path_beside(folder / "docs" / "a.md")
    path.write_text("<<<<<<< HEAD\n" + path.read_text() + ">>>>>>> other\n")
    assert approve.approve(folder) == 0
    assert problems_of(folder, "a.md") == []


OTHER_KERNEL = {  # as make kernels has it
    "OPENBLAS_CORETYPE": "Nehalem",
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4",
}
SHOW_ROUNDING = ["far-tail", "check-a-gradient"]
COMPARE = """
import sys
from pathlib import Path
from sitebuild.checks import approved
from sitebuild.checks.checker import check_page
for page in sorted(Path("docs").rglob("*.md")):
    if any(word in page.name for word in sys.argv[1:]):
        done = check_page(page.read_text(), page.as_posix())
        stored = approved.beside(page)
        found = approved.compare(done.printed, page.as_posix(), stored).problems
        print(page, *map(str, [*done.problems, *found]), sep="\\n")
"""


def test_another_processor_prints_the_same():
    env = os.environ | OTHER_KERNEL
    said = printed_by(COMPARE, *SHOW_ROUNDING, cwd=ROOT, env=env)
    assert len(said.splitlines()) == len(SHOW_ROUNDING), said

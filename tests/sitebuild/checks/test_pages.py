"""Every page of the site goes through the checker, and every page is found."""

import subprocess
from pathlib import Path

import pytest
from sites import ROOT, navigation

from sitebuild.checks import approved
from sitebuild.checks.checker import check_page
from sitebuild.checks.fences import find_fences

PAGES = sorted((ROOT / "docs").rglob("*.md"))


def test_every_page_of_the_navigation_is_collected():
    collected = {page.relative_to(ROOT / "docs").as_posix() for page in PAGES}
    assert collected == set(navigation())
    assert "index.md" in collected


@pytest.fixture
def ran(monkeypatch):
    """The files, name and text, in the folders in which something has run."""
    files, run = set(), subprocess.run

    def recording(*args, cwd=None, **options):
        files.update((path.name, path.read_text()) for path in Path(cwd).glob("*.py"))
        return run(*args, cwd=cwd, **options)

    monkeypatch.setattr(subprocess, "run", recording)
    return files


def files_of(text, checked):
    """What a page shows as files: titled fences, written or printed."""
    texts = [text, *(output for _, output in checked.printed)]
    fences = [fence for shown in texts for fence in find_fences(shown)]
    titled = [f for f in fences if f.language == "py" and "title" in f.options]
    return {(fence.options["title"], fence.source) for fence in titled}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_has_no_problems_and_its_files_have_run(page, ran):
    text, name = page.read_text(), page.relative_to(ROOT).as_posix()
    checked = check_page(text, name)
    problems, note = checked.problems, ""
    if not problems:
        problems, note = approved.compare(checked.printed, name, approved.beside(page))
    assert not problems, "\n" + "\n".join(map(str, problems))
    files = files_of(text, checked)
    assert files <= ran
    if page.stem == "test-it-in-my-project":
        assert len(files) == 3
    if note:
        pytest.skip(note)


def test_all_approved_output_belongs_to_a_page():
    assert not approved.pageless_problems(ROOT / "docs")


@pytest.mark.parametrize("changed", ["", "x = 2\n", "x = 1\n\n"])
def test_a_file_that_is_not_shown_as_it_ran_is_found(tmp_path, ran, changed):
    (tmp_path / "a.py").write_text("x = 1\n")
    subprocess.run(["true"], cwd=tmp_path, check=True)
    text = f'```py title="a.py"\n{changed}```\n'
    assert not files_of(text, check_page(text, "page.md")) <= ran
    text = '```py title="a.py"\nx = 1\n```\n'
    assert files_of(text, check_page(text, "page.md")) <= ran != set()

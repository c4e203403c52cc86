"""What one page does must not reach the next, and what the site shows was checked."""

import os
from pathlib import Path

import numpy as np
import pytest
from sites import one_page_site, run

import backprop_explained as package
from sitebuild.checks.checker import check_page

BLOCK = '```python exec="true" session="page"\n{}\n```\n'


def problems(text):
    return [problem.message for problem in check_page(text, "page.md").problems]


@pytest.mark.parametrize(
    ("meddling", "state"),
    [
        ("np.seterr(all='ignore')", np.geterr),
        ("np.set_printoptions(precision=2)", np.get_printoptions),
        ("np.random.seed(0)", lambda: np.random.get_state()[1].tolist()),
        ("import os; os.environ['BACKPROP_LEAK'] = '1'", lambda: dict(os.environ)),
        ("import os; os.chdir('/')", Path.cwd),
        ("import backprop_explained as b; b.sigmoid = None", lambda: package.sigmoid),
    ],
)
def test_what_a_page_sets_ends_with_it(meddling, state):
    before = state()
    assert not problems(BLOCK.format(f"import numpy as np\n{meddling}"))
    assert state() == before


@pytest.mark.parametrize(
    ("front_matter", "message"),
    [
        ("---\ntitle: a: b\n---\n", "is not YAML"),
        ("---\ntitle: [\n---\n", "is not YAML"),
        ("---\ntitle: \x07\n---\n", "is not YAML"),
        ("---\njust words\n---\n", "must be lines of name: value"),
        ("---\ntitle: a\n", "never closed"),
    ],
)
def test_front_matter_that_would_be_shown_as_text_is_found(front_matter, message):
    (problem,) = problems(front_matter + "\n# A page\n")
    assert message in problem


def test_sound_front_matter_passes():
    assert not problems('---\ntitle: "a: b"\n---\n\n# A page\n')


def test_lines_count_from_the_front_matter():
    text = "---\ntitle: a\n---\n\n" + BLOCK.format("\n1 / 0")
    assert [problem.line for problem in check_page(text, "page.md").problems] == [7]


def test_dataclass_in_a_block_finds_its_module():
    source = "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: 'int' = 1"
    assert not problems(BLOCK.format(source))


def test_site_shows_the_very_output_that_was_checked(tmp_path):
    page = BLOCK.replace("page", "index").format(
        "from pathlib import Path\n"
        f"runs = Path({str(tmp_path / 'runs')!r})\n"
        "runs.write_text((runs.read_text() if runs.exists() else '') + 'x')\n"
        "print('- run', len(runs.read_text()))"
    )
    (tmp_path / "site").mkdir()
    site = one_page_site(tmp_path / "site", page)
    (tmp_path / "runs").unlink()  # it ran once to be approved
    built = run(site, "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stdout
    assert (tmp_path / "runs").read_text() == "x"
    assert "run 1" in (site / "site" / "index.html").read_text()

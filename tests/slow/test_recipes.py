"""What CONTRIBUTING says is all that it takes, done in a copy of the project."""

import re

import pytest
from sites import ROOT, copy_of_project, run

RECIPES = (ROOT / "CONTRIBUTING.md").read_text()
QUIETLY = ("pytest", "-q", "-p", "no:cacheprovider")


def section(title):
    return re.search(rf"^## {title}\n(.*?)(?=^## )", RECIPES, re.M | re.S)[1]


def shown(text, language):
    """The one block of a language."""
    fence = rf"^(````?){language}\n(.*?)^\1\n"
    ((_, block),) = re.findall(fence, text, re.M | re.S)
    return block


def failed(done):
    """The tests that failed, without their files."""
    return set(re.findall(r"^(?:FAILED|ERROR) \S+::(\S+)", done.stdout, re.M))


# A page


@pytest.fixture
def project(tmp_path):
    return copy_of_project(tmp_path)


def add_page(project):
    recipe = section("Add a page")
    path = f"docs/{shown(recipe, 'yaml').split()[-1]}"
    (project / path).write_text(shown(recipe, "markdown"))
    return path


def add_to_navigation(project):
    config = project / "mkdocs.yml"
    line = shown(section("Add a page"), "yaml")
    before, after = config.read_text().split("  - Learn:\n")
    config.write_text(f"{before}  - Learn:\n{line}{after}")


def check_pages(project, path):
    chosen = f"navigation or {path.rpartition('/')[2].removesuffix('.md')}]"
    tests = "tests/sitebuild/checks/test_pages.py"
    return run(project, *QUIETLY, tests, "-k", chosen)


def test_a_page_is_a_file_and_a_line(project):
    path = add_page(project)
    without_line = check_pages(project, path)
    assert failed(without_line) == {"test_every_page_of_the_navigation_is_collected"}
    add_to_navigation(project)
    done = check_pages(project, path)
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


def test_a_false_number_on_the_new_page_is_found(project):
    path = add_page(project)
    add_to_navigation(project)
    page = project / path
    page.write_text(page.read_text().replace("It is 0.25", "It is 0.24"))
    done = check_pages(project, path)
    assert failed(done) == {"test_page_has_no_problems[the-slope-at-zero]"}
    assert "the prose says 0.24" in done.stdout


# An activation

ENTRY = re.compile(r"^\| `(\S+\.py)` \| `(\w+)` \| `(.+)` \|$", re.M)
ENTRIES = ENTRY.findall(section("Add an activation"))
FILES = (
    "tests/package/test_catalogue.py",
    "tests/package/test_catalogue_peers.py",
    "tests/sitebuild/evidence/test_output_enough.py",
)


def add_row(project):
    """Write the row above the first of the catalogue's sections on functions."""
    path = project / "backprop_explained" / "catalogue.py"
    row = shown(section("Add an activation"), "python")
    text = path.read_text()
    assert text.count("# ---- pickling") == 1
    path.write_text(text.replace("# ---- pickling", f"{row}\n# ---- pickling"))


def add_entry(project, file, name, entry):
    """Write an entry where the table of that name begins."""
    path = project / file
    text = path.read_text()
    opens = re.search(rf"^(?:def )?{name}\b.*?{{\n", text, re.M | re.S).end()
    path.write_text(f"{text[:opens]}    {entry},\n{text[opens:]}")


def check_activation(project, chosen):
    return run(project, *QUIETLY, *FILES, "-k", chosen)


COMPARED = "exact_function or one_of_the_tables"


def test_an_activation_is_its_row_and_what_it_is_compared_with(project):
    assert len(ENTRIES) == 3
    add_row(project)
    without = failed(check_activation(project, COMPARED))
    assert without == {"test_every_row_has_an_exact_function"}
    for entry in ENTRIES:
        add_entry(project, *entry)
    done = check_activation(project, f"{COMPARED} or cos] or cos-")
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) > 10


def test_a_false_row_is_found(project):
    add_row(project)
    for entry in ENTRIES:
        add_entry(project, *entry)
    catalogue = project / "backprop_explained" / "catalogue.py"
    right = catalogue.read_text()
    assert "lambda z: -np.sin(z)" in right
    catalogue.write_text(right.replace("lambda z: -np.sin(z)", "lambda z: np.sin(z)"))
    done = check_activation(project, "mpmath and (cos] or cos-)")
    names = {name.partition("[")[0] for name in failed(done)}
    assert names == {"test_the_derivative_agrees_with_mpmath"}, done.stdout

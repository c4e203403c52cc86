"""What CONTRIBUTING says is all that it takes, done in a copy of the project."""

import re

import pytest
from recipes import (
    CHECKED,
    QUIETLY,
    add_page,
    add_to_navigation,
    approve,
    check_among,
    check_pages,
    failed,
    lead_to_it,
    section,
    shown,
)
from sites import ROOT, copy_of_project, run

pytestmark = pytest.mark.long

# A page


@pytest.fixture
def project(tmp_path):
    return copy_of_project(tmp_path)


def test_a_page_is_a_file_a_line_and_the_way_to_it(project):
    path = add_page(project)
    without_line = check_pages(project, path)
    line = "test_every_page_of_the_navigation_is_collected"
    assert failed(without_line) == {line, CHECKED}
    assert f"{path}:8: nobody has approved" in without_line.stdout
    add_to_navigation(project)
    shown = approve(project, path).stdout
    assert "+| 0.25" in shown.splitlines()
    done = check_pages(project, path)
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout
    lead_to_it(project)
    among = check_among(project)
    assert among.returncode == 0, among.stdout


def test_a_false_number_on_the_new_page_is_found(project):
    path = add_page(project)
    add_to_navigation(project)
    approve(project, path)
    page = project / path
    page.write_text(page.read_text().replace("It is 0.25", "It is 0.24"))
    done = check_pages(project, path)
    assert failed(done) == {CHECKED}
    assert "the prose says 0.24" in done.stdout


# A figure that stands still


def add_figure(project, drawing):
    """A module of the figures, and a page that shows it."""
    recipe = section("Add a figure")
    block = shown(recipe, "markdown")
    module = re.search(r"from sitebuild\.figures\.(\w+) import", block)[1]
    path = project / "sitebuild" / "figures" / f"{module}.py"
    assert not path.exists()
    path.write_text(drawing)
    page = add_page(project)
    (project / page).write_text(f"{(project / page).read_text()}\n{block}")
    add_to_navigation(project)
    return page, path.relative_to(project).as_posix()


def test_a_figure_is_a_module_and_a_block_on_a_page(project):
    drawing = shown(section("Add a figure"), "python")
    page, _ = add_figure(project, drawing)
    approve(project, page)
    done = check_pages(project, page)
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout
    code = "from sitebuild.figures.steepness import steepness; print(steepness())"
    svg = run(project, "python", "-c", code).stdout
    assert '<figure class="bp-figure" id="steepness">' in svg
    assert "its slope there is 0.25." in svg


def test_an_error_in_a_figure_is_found_with_its_module_and_line(project):
    drawing = shown(section("Add a figure"), "python")
    wrong = drawing.replace("slope = sigmoid_derivative(z)", "slope = z / len(())")
    line = wrong[: wrong.index("slope = z / len(())")].count("\n") + 1
    page, module = add_figure(project, wrong)
    done = check_pages(project, page)
    assert failed(done) == {CHECKED}
    assert f"{page}:" in done.stdout
    assert f"in {module}:{line}" in done.stdout


# An activation

ENTRY = re.compile(r"^\| `(\S+\.py)` \| `(\w+)` \| `(.+)` \|$", re.M)
ENTRIES = ENTRY.findall(section("Add an activation"))
ROW = shown(section("Add an activation"), "python")
FILES = (
    "tests/package/test_catalogue.py",
    "tests/package/test_catalogue_arrays.py",
    "tests/package/test_catalogue_laws.py",
    "tests/package/test_catalogue_peers.py",
    "tests/sitebuild/evidence/test_output_enough.py",
    "tests/sitebuild/evidence/test_output_equation.py",
    "tests/sitebuild/evidence/test_output_proof.py",
)


def add_row(project, row=ROW):
    """Write the row where the rows of the catalogue end."""
    path = project / "backprop_explained" / "catalogue.py"
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


MONOTONE = """_row(
    "log1p",
    np.log1p,
    lambda z: 1 / (1 + z),
    lambda a: np.exp(-a),
    domain=(-1.0, math.inf),
    formulas=("ln(1 + z)", "1 / (1 + z)", "exp(-a)"),
)
"""


def test_the_pages_stay_true_with_more_rows(project):
    for row in (ROW, MONOTONE):
        add_row(project, row)
    pages = [p for p in (ROOT / "docs").rglob("*.md") if "ACTIVATIONS" in p.read_text()]
    assert len(pages) >= 5
    stems = [page.stem for page in pages]
    approved = run(project, "python", "-m", "sitebuild.checks.approve", *stems)
    assert approved.returncode == 0, approved.stdout
    chosen = " or ".join(f"{stem}]" for stem in stems)
    done = run(project, *QUIETLY, "tests/sitebuild/checks/test_pages.py", "-k", chosen)
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) >= len(pages)

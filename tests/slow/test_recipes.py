"""What CONTRIBUTING says is all that it takes, done in a copy of the project."""

import re

import pytest
from recipes import QUIETLY, failed, section, shown
from sites import copy_of_project, one_page_site, run

from backprop_explained import sigmoid_derivative

# A page

CHECKED = "test_page_has_no_problems_and_its_files_have_run[the-slope-at-zero]"


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
    line = f"{6 * ' '}{shown(section('Add a page'), 'yaml')}"
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


# A figure that moves

NAME = "steep"
MOVING = section("Add a moving figure")


def add_moving_figure(project):
    """Its two files, and a page that shows it."""
    drawn = project / "sitebuild" / "figures" / f"live_{NAME}.py"
    module = project / "docs" / "javascripts" / f"{NAME}.mjs"
    assert not drawn.exists()
    assert not module.exists()
    drawn.write_text(shown(MOVING, "python"))
    module.write_text(shown(MOVING, "javascript"))
    page = add_page(project)
    text = (project / page).read_text()
    (project / page).write_text(f"{text}\n{shown(MOVING, 'markdown')}")
    return page, module


@pytest.fixture(scope="module")
def moving(tmp_path_factory):
    """The site of the page with the figure, alone, and the page's address in it."""
    project = copy_of_project(tmp_path_factory.mktemp("moving"))
    page, _ = add_moving_figure(project)
    small = tmp_path_factory.mktemp("small")
    one_page_site(small, (project / page).read_text())
    for name in ("docs/javascripts", "sitebuild"):
        (small / name).unlink()
        (small / name).symlink_to(project / name)
    done = run(small, "mkdocs", "build", "--strict", "--quiet")
    assert done.returncode == 0, done.stdout
    return small / "site"


def opened(site, tab, mistaken=("", "")):
    """The figure in a browser, once its module has come, with a mistake in it."""
    address = "http://site.test/"

    def answer(route):
        name = route.request.url.removeprefix(address).partition("?")[0]
        if name.endswith(f"/{NAME}.mjs"):
            body = (site / name).read_text().replace(*mistaken)
            route.fulfill(body=body, content_type="text/javascript")
        else:
            route.fulfill(path=site / (name or "index.html"))

    tab.route(f"{address}**", answer)
    tab.goto(address)
    tab.locator(f"bp-{NAME}").scroll_into_view_if_needed()
    tab.locator(f"bp-{NAME}:defined").wait_for()
    return tab.locator(f"bp-{NAME}")


def test_a_moving_figure_is_two_modules_and_a_block_on_a_page(moving, page_at):
    figure = opened(moving, page_at())
    for z in (-1.0, 3.0, 0.0):
        figure.locator("input").fill(f"{z:g}")
        text = figure.locator("[data-part=slope]").text_content()
        assert text == f"σ′(z) = {sigmoid_derivative(z):.3f}"
    bar = figure.locator("[data-part=bar]")
    assert float(bar.get_attribute("width")) == 340  # the slope is largest at 0


def test_a_part_that_nobody_drew_is_found(moving, page_at):
    opened(moving, page_at(), ("slope, bar }", "slope, beam: bar }"))
    assert len(page_at.problems) == 1
    assert "undefined" in page_at.problems[0]
    page_at.problems.clear()


def test_a_figure_whose_module_defines_another_element_is_found(project):
    page, module = add_moving_figure(project)
    add_to_navigation(project)
    right = module.read_text()
    assert f'define("bp-{NAME}"' in right
    module.write_text(right.replace(f'define("bp-{NAME}"', 'define("bp-step"'))
    done = check_pages(project, page)
    assert failed(done) == {CHECKED}
    assert f"{page}:" in done.stdout
    assert f"nothing moves bp-{NAME}" in done.stdout


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

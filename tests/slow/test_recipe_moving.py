"""The recipe of a moving figure, walked through in a copy of the project."""

import pytest
import recipes
from sites import copy_of_project, one_page_site, run

from backprop_explained import sigmoid_derivative

pytestmark = pytest.mark.long

NAME = "steep"
MOVING = recipes.section("Add a moving figure")


def add_moving_figure(project):
    """Its two files, and a page that shows it."""
    drawn = project / "sitebuild" / "figures" / f"live_{NAME}.py"
    module = project / "docs" / "javascripts" / f"{NAME}.mjs"
    assert not drawn.exists()
    assert not module.exists()
    drawn.write_text(recipes.shown(MOVING, "python"))
    module.write_text(recipes.shown(MOVING, "javascript"))
    page = recipes.add_page(project)
    text = (project / page).read_text()
    (project / page).write_text(f"{text}\n{recipes.shown(MOVING, 'markdown')}")
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


def test_a_figure_whose_module_defines_another_element_is_found(tmp_path):
    project = copy_of_project(tmp_path)
    page, module = add_moving_figure(project)
    recipes.add_to_navigation(project)
    right = module.read_text()
    assert f'define("bp-{NAME}"' in right
    module.write_text(right.replace(f'define("bp-{NAME}"', 'define("bp-step"'))
    done = recipes.check_pages(project, page)
    assert recipes.failed(done) == {recipes.CHECKED}
    assert f"{page}:" in done.stdout
    assert f"nothing moves bp-{NAME}" in done.stdout

"""The recipes of CONTRIBUTING, as the tests read them and walk through them."""

import re

from sites import ROOT, run

from sitebuild.checks.fences import find_fences
from sitebuild.checks.structure import without

RECIPES = (ROOT / "CONTRIBUTING.md").read_text()
CHECKED = "test_page_has_no_problems_and_its_files_have_run[the-slope-at-zero]"
"""The check of the page of the recipe."""
NEIGHBOUR = "      - At a kink: the-question/at-a-kink.md\n"
"""The line of the page that the page of the recipe follows."""

QUIETLY = ("pytest", "-q", "-p", "no:cacheprovider")


def section(title):
    """What stands under a heading, up to the next one outside a block."""
    outline = without(RECIPES, "fence")
    found = re.search(rf"^## {title}\n(.*?)(?=^## )", outline, re.M | re.S)
    return RECIPES[found.start(1) : found.end(1)]


def blocks(text, language):
    """The blocks of a language, in order, without those that another block shows."""
    found, end = [], 0
    for fence in find_fences(text):
        if fence.start >= end:
            end = fence.end
            found += [fence.source] * (fence.language == language)
    return found


def shown(text, language):
    """The one block of a language."""
    (block,) = blocks(text, language)
    return block


def failed(done):
    """The tests that failed, without their files."""
    return set(re.findall(r"^(?:FAILED|ERROR) \S+::(\S+)", done.stdout, re.M))


def add_page(project):
    """Write the page of the recipe, and say where."""
    recipe = section("Add a page")
    path = f"docs/{shown(recipe, 'yaml').split()[-1]}"
    (project / path).write_text(shown(recipe, "markdown"))
    return path


def add_to_navigation(project):
    """Write the line of the recipe."""
    config = project / "mkdocs.yml"
    line = f"{6 * ' '}{shown(section('Add a page'), 'yaml')}"
    before, after = config.read_text().split(NEIGHBOUR)
    config.write_text(f"{before}{NEIGHBOUR}{line}{after}")


def lead_to_it(project):
    """Let the page before it lead to the page of the recipe."""
    page = project / "docs" / NEIGHBOUR.split()[-1]
    before, after = page.read_text().split("\nNext: ")
    there = "[the slope at zero](the-slope-at-zero.md)"
    page.write_text(f"{before}\nNext: {there}, and then {after}")


def check_among(project):
    """Check all pages beside it."""
    return run(project, *QUIETLY, "tests/sitebuild/checks/test_whole.py", "-k", "among")


def approve(project, path):
    """Approve what this page prints."""
    return run(project, "python", "-m", "sitebuild.checks.approve", path)


def check_pages(project, path):
    """Check this page, and that it is in the navigation."""
    chosen = f"navigation or {path.rpartition('/')[2].removesuffix('.md')}]"
    tests = "tests/sitebuild/checks/test_pages.py"
    return run(project, *QUIETLY, tests, "-k", chosen)

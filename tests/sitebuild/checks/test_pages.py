"""Every page of the site goes through the checker, and every page is found."""

from pathlib import Path

import pytest
import yaml

from sitebuild.checks.checker import check_page

ROOT = Path(__file__).parents[3]
PAGES = sorted((ROOT / "docs").rglob("*.md"))


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, whose tags this test does not need."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


def _pages_of(nav: list) -> set[str]:
    pages = set()
    for entry in nav:
        target = next(iter(entry.values())) if isinstance(entry, dict) else entry
        pages |= {target} if isinstance(target, str) else _pages_of(target)
    return pages


def test_every_page_of_the_navigation_is_collected():
    config = yaml.load((ROOT / "mkdocs.yml").read_text(), _Loader)
    collected = {page.relative_to(ROOT / "docs").as_posix() for page in PAGES}
    assert collected == _pages_of(config["nav"])
    assert "index.md" in collected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_has_no_problems(page):
    checked = check_page(page.read_text(), page.relative_to(ROOT).as_posix())
    assert not checked.problems, "\n" + "\n".join(map(str, checked.problems))

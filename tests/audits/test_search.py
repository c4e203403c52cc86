"""What people type is answered first by the page that answers it."""

import tomllib
from pathlib import Path

from conftest import pages

QUERIES = tomllib.loads((Path(__file__).parent / "queries.toml").read_text("utf-8"))
ITEMS = "[...document.querySelectorAll('.md-search-result__item > a')]"


def pages_found(tab, address):
    """The pages that are found, in order."""
    links = tab.evaluate(f"{ITEMS}.map(link => link.href)")
    found = [link.partition("?")[0].partition("#")[0] for link in links]
    return list(dict.fromkeys(link.removeprefix(f"{address}/") for link in found))


def answer(tab, address, words):
    """The pages found for these words."""
    box = tab.get_by_role("textbox", name="Search")
    first = tab.locator(".md-search-result__item").first
    for typed, state in (("zzgglfrx", "detached"), (words, "attached")):
        box.fill(typed)
        box.press("End")  # the search listens to keys
        first.wait_for(state=state)
    return pages_found(tab, address)


def test_what_people_type_finds_its_page_first(page_at, site_url):
    tab = page_at(1280)
    tab.goto(f"{site_url}/", wait_until="networkidle")
    asked = [(words, page) for page, many in QUERIES.items() for words in many]
    assert len(asked) >= 60
    assert {page or "./" for page in QUERIES} <= {page or "./" for page in pages()}
    first = {words: answer(tab, site_url, words)[:1] for words, _ in asked}
    assert first == {words: [page] for words, page in asked}


def test_words_that_stand_nowhere_find_nothing(page_at, site_url):
    tab = page_at(1280)
    tab.goto(f"{site_url}/", wait_until="networkidle")
    box = tab.get_by_role("textbox", name="Search")
    box.fill("zzgglfrx")
    box.press("End")
    tab.get_by_text("No matching documents").wait_for()
    assert pages_found(tab, site_url) == []

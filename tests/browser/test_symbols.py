"""A symbol that is pointed at is marked wherever else it stands."""

import pytest
from browser import expect

PAGE = "learn/the-chain-rule/"
LIT = ".bp-lit"


@pytest.fixture
def tab(page_at, site_url):
    tab = page_at()
    tab.goto(f"{site_url}/{PAGE}")
    tab.locator("math").first.scroll_into_view_if_needed()
    with tab.expect_request("**/symbols.mjs") as asked:
        tab.mouse.move(5, 5)
    tab.evaluate("(address) => import(address).then(() => {})", asked.value.url)
    return tab


def texts(tab):
    return set(tab.locator(LIT).evaluate_all("all => all.map(a => a.textContent)"))


def test_each_place_of_a_letter_is_marked_until_the_pointer_leaves(tab):
    expect(tab.locator(LIT)).to_have_count(0)
    symbol = tab.locator("math > semantics > mi.bp-z").first
    symbol.hover()
    expect(symbol).to_have_class("bp-z bp-lit")
    assert texts(tab) == {"z"}
    assert tab.locator(LIT).count() > 1
    tab.locator("h1").hover()
    expect(tab.locator(LIT)).to_have_count(0)


def test_a_letter_with_an_index_is_another_symbol(tab):
    first = tab.locator("math msub").filter(has_text="1").first
    first.locator("mi").first.hover()
    expect(first).to_have_class("bp-lit")
    assert {text.replace("₁", "1") for text in texts(tab)} == {first.text_content()}


def test_a_word_is_no_symbol(tab):
    word = tab.locator(".md-content :not(pre) > code", has_text="forward").first
    word.hover()
    expect(tab.locator(LIT)).to_have_count(0)

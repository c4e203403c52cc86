"""The theme's script does here what it did before it was shortened."""

import pytest
from browser import expect

PAGE = "learn/one-neuron/"
FORBIDDEN = """() => {
  window.kept = navigator.clipboard;
  Object.defineProperty(navigator, "clipboard", { value: undefined });
}"""
ALLOWED = ["clipboard-read", "clipboard-write"]


@pytest.mark.parametrize("insecure", [False, True])
def test_a_press_copies_a_block_of_code(page_at, site_url, insecure):
    tab = page_at(permissions=ALLOWED)
    if insecure:  # as where a class serves the site without https
        tab.add_init_script(f"({FORBIDDEN})()")
    tab.goto(f"{site_url}/{PAGE}")
    block = tab.locator("div.highlight", has=tab.locator(".md-code__button")).first
    block.hover()
    block.locator(".md-code__button").click()
    expect(tab.locator(".md-dialog")).to_have_text("Copied to clipboard")
    copied = tab.evaluate("(window.kept ?? navigator.clipboard).readText()")
    assert copied.strip() == block.locator("code").inner_text().strip()
    assert tab.locator("textarea[readonly]").count() == 0


def test_the_keyboard_sees_where_it_is_and_the_pointer_does_not(page_at, site_url):
    tab = page_at()
    tab.goto(f"{site_url}/{PAGE}")
    button = tab.locator(".md-header__button.md-logo").first
    outline = "node => getComputedStyle(node).outlineStyle"
    button.focus()  # by script: as the keyboard does
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Tab")
    assert button.evaluate(outline) != "none"


def test_the_contents_say_where_the_reader_is(page_at, site_url):
    tab = page_at()
    tab.goto(f"{site_url}/{PAGE}")
    tab.locator("article h2[id]").nth(3).scroll_into_view_if_needed()
    tab.mouse.wheel(0, 400)
    active = tab.locator(".md-sidebar--secondary .md-nav__link--active")
    expect(active).to_be_visible()
    headings = tab.locator("article h2").all_inner_texts()
    assert active.inner_text() in [text.rstrip("¶") for text in headings]

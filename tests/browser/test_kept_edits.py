"""Edits outlive the page, and go with an address; nothing of that runs by itself."""

import pytest
from browser import expect
from cells import CODE, Cell, wake

EDIT = "print('σ′ “3” +/=')\nx = 1 < 2 & 3"
FORBID = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("forbidden", "SecurityError"); } })"""
FULL = """Storage.prototype.setItem = () => {
  throw new DOMException("full", "QuotaExceededError"); }"""


@pytest.fixture
def cell(cell):
    """A cell whose Python does not arrive: no edit waits for it."""
    cell.page.context.route("**/runtime/**", lambda route: None)
    return cell


def text_of(page, how="address"):
    """The first cell, once it has brought an edit back."""
    cell = Cell(page)
    wake(page)
    expect(cell.status).to_contain_text(how)
    # nothing runs by itself, and Python is not asked for
    assert not [worker for worker in page.workers if "live" in worker.url]
    return cell.text


@pytest.fixture
def shared_address(cell):
    """An address with an edit, as the button makes it."""
    cell.button("Edit and run").click()
    cell.editor.fill(EDIT)
    cell.button("Share").click()
    expect(cell.status).to_contain_text("The address of this page now has your code")
    cell.button("Stop").click()
    return cell.page.url


def test_an_address_shows_code_and_runs_nothing(shared_address, page_at, own):
    assert shared_address.startswith(f"{own}#run=")
    page = page_at()
    page.goto(shared_address)
    assert text_of(page) == EDIT
    page.goto(f"{own}#run=1.0.%%%")  # cut off on its way, in the same tab
    page.reload()
    wake(page)
    expect(Cell(page).button("Edit and run")).to_be_visible()


STORED = "Object.keys(localStorage).some((name) => name.startsWith('bp-'))"


def test_edits_are_there_after_reload_and_navigation(cell, own):
    page = cell.page
    cell.button("Edit and run").click()
    cell.editor.fill(EDIT)
    page.wait_for_function(STORED)
    page.goto("about:blank")
    page.goto(own)
    assert text_of(page, "kept") == EDIT
    cell.button("Reset").click()
    assert cell.text == CODE.rstrip("\n")
    page.keyboard.press("Control+z")
    assert cell.text == EDIT
    page.wait_for_function(STORED)
    page.reload()
    assert text_of(page, "kept") == EDIT
    cell.button("Reset").click()
    page.reload()
    wake(page)
    expect(cell.button("Edit and run")).to_be_visible()
    assert not page.evaluate(STORED)


@pytest.mark.parametrize("script", [FORBID, pytest.param(FULL, marks=pytest.mark.long)])
def test_storage_that_is_full_or_forbidden_is_said(page_at, own, script):
    page = page_at()
    page.add_init_script(script)
    page.goto(own)
    cell = Cell(page)
    cell.button("Edit and run").click()
    expect(cell.button("Stop")).to_be_visible()
    cell.button("Stop").click()
    cell.editor.fill(EDIT)
    expect(cell.status).to_contain_text("storage is full or forbidden")
    assert cell.run("print(6 * 7)") == "42\n"
    if script == FORBID:  # the theme asks for it too
        others = [said for said in page_at.problems if "forbidden" not in said]
        page_at.problems[:] = others


def test_a_narrow_screen_has_large_buttons_and_more_of_them(page_at, own):
    page = page_at(375, has_touch=True)
    page.context.route("**/runtime/**", lambda route: None)
    page.goto(own)
    cell = Cell(page)
    cell.button("Edit and run").tap()
    expect(cell.button("Share")).to_be_hidden()
    cell.button("More").tap()
    for name in ("Run", "Stop", "Reset", "More", "Copy", "Share", "Run all", "Restart"):
        box = cell.button(name).bounding_box()
        assert min(box["width"], box["height"]) >= 44
    size = cell.editor.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 16
    cell.button("Stop").tap()


def test_a_copy_is_made_of_what_stands_there(cell):
    cell.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell.button("Edit and run").click()
    cell.editor.fill(EDIT)
    cell.button("Copy").click()
    expect(cell.status).to_have_text("Copied.")
    assert cell.page.evaluate("navigator.clipboard.readText()") == EDIT
    cell.button("Stop").click()

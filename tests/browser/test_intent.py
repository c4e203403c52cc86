"""Python is loaded for a reader who is about to press the button, not before."""

import pytest
from browser import expect
from cells import wake

NOTHING_COMES = 500  # ms to see that
UNDER = "(button) => button.matches(':hover')"
SAVING = """Object.defineProperty(
  navigator, "connection", { value: { saveData: true } })"""
FINGER = """(button) => button.dispatchEvent(
  new PointerEvent("pointermove", { pointerType: "touch", movementY: 9 }))"""


def awake(page, own):
    """The first button of a page whose cells are awake, and what it asks of Python."""
    asked = []
    page.context.route("**/runtime/**", lambda route: None)  # no answer
    page.on("request", lambda r: "/runtime/" in r.url and asked.append(r.url))
    page.goto(own)
    wake(page)
    page.locator("bp-cell:defined").first.wait_for()
    return page.get_by_role("button", name="Edit and run").first, asked


def test_what_is_no_intent_loads_nothing(page_at, own):
    page = page_at()
    page.set_viewport_size({"width": 1280, "height": 300})
    button, asked = awake(page, own)
    box = button.bounding_box()
    page.mouse.move(box["x"] + 20, 200)
    page.mouse.wheel(0, box["y"] + 10 - 200)
    page.wait_for_function(UNDER, arg=button.element_handle())
    button.evaluate(FINGER)
    page.wait_for_timeout(NOTHING_COMES)
    assert asked == []
    box = button.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 10)  # through it, and on
    page.mouse.move(box["x"] + 20, box["y"] - 30)
    page.keyboard.press("Tab")
    button.focus()
    page.keyboard.press("Tab")
    expect(button).not_to_be_focused()
    page.wait_for_timeout(NOTHING_COMES)
    assert asked == []


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_pointer_or_the_focus_that_rests_is(page_at, own, way):
    page = page_at()
    button, asked = awake(page, own)
    with page.expect_request("**/pyodide.mjs"):
        getattr(button, way)()
    assert asked
    expect(button).to_have_text("Edit and run")  # nothing is opened


@pytest.mark.long
def test_for_a_reader_who_saves_data_only_a_press_is(page_at, own):
    page = page_at()
    page.add_init_script(SAVING)
    button, asked = awake(page, own)
    button.hover()
    button.focus()
    page.wait_for_timeout(NOTHING_COMES)
    assert asked == []
    with page.expect_request("**/pyodide.mjs"):
        button.click()

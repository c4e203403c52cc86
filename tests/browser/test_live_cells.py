"""Live cells in a real browser: loaded on a click, stopped, broken, and laid out."""

import re

import pytest
from browser import IN_SCHEMES, expect, navigate_instantly
from cells import CODE, LOADING, PRINTED, Cell, rounded

from sitebuild.live import runtime

SOME = ("", "learn/by-hand/", "published/loy/")
"""Of the pages with cells, the home page first; make audit visits all."""
LONG = pytest.mark.long


def from_the_distribution(page, python):
    """Answer what is asked of the distribution from the folder; a list of names."""
    asked = []

    served = runtime.files(python)

    def answer(route):
        name = route.request.url.removeprefix(runtime.DISTRIBUTION)
        asked.append(name)
        types = {"mjs": "text/javascript", "wasm": "application/wasm"}
        route.fulfill(
            body=served[name],
            content_type=types.get(name.split(".")[-1], "application/octet-stream"),
            headers={"Access-Control-Allow-Origin": "*"},
        )

    page.context.route(f"{runtime.DISTRIBUTION}**", answer)
    return asked


def test_rounding_keeps_what_a_reader_would_call_another_result():
    assert rounded("a 0.1234561 b") == rounded("a 0.12345612 b")
    assert rounded("error 2.1e-11") == rounded("error 3.3e-12")
    for other in ("a 0.12346 b", "a -0.1234561 b", "a 0.1234561 c", "a 1234561 b"):
        assert rounded("a 0.1234561 b") != rounded(other)


def test_a_cell_prints_what_the_build_printed(site, site_url, page_at, python):
    """One visit, by instant navigation: Python is asked for once, and on a click."""
    page = page_at()
    asked = from_the_distribution(page, python)
    navigate_instantly(page, site, site_url)
    page.goto(f"{site_url}/")
    page.evaluate("window.visit = 'the first'")
    for path in SOME:
        if path:
            page.evaluate("document.querySelector('bp-cell').id = 'left'")
            link = page.locator(f'.md-nav--primary a[href$="{path}"]').first
            link.evaluate("link => link.click()")  # its section may be folded
            expect(page.locator("#left")).to_have_count(0)
            assert page.url == f"{site_url}/{path}"
        cell = page.locator("bp-cell").last  # with most to stand on
        output = cell.locator(".language-text code")
        built = output.text_content()
        assert bool(asked) == bool(path)
        cell.get_by_role("button", name="Edit and run").click()
        status = cell.get_by_role("status")
        expect(status).to_have_text(re.compile("It took"), timeout=LOADING)
        assert rounded(output.text_content()) == rounded(built)
    assert page.evaluate("window.visit") == "the first"  # no page was loaded again
    wanted = {runtime.LOCK, *(piece.name for piece in runtime.PIECES)}
    assert sorted(asked) == sorted(wanted)


@LONG
def test_stop_while_python_loads(cell):
    cell.button("Edit and run").click()
    expect(cell.element.get_by_role("progressbar")).to_be_visible()
    cell.button("Stop").click()
    expect(cell.status).to_have_text("Stopped.")
    assert cell.output.text_content() == PRINTED
    cell.button("Run").click()
    cell.ends("It took")


@LONG
def test_leaving_the_page_ends_what_runs(cell):
    cell.open()
    cell.editor.fill("while True:\n    pass")
    cell.button("Run").click()
    (worker,) = [w for w in cell.page.workers if "live-worker" in w.url]
    with cell.page.expect_event("worker") as begun, worker.expect_event("close"):
        cell.page.evaluate("document.querySelector('bp-cell').remove()")
    assert "live-worker" in begun.value.url  # another one is made ready


def test_by_keyboard_alone(cell):
    press, type_ = cell.page.keyboard.press, cell.page.keyboard.type
    cell.button("Edit and run").focus()
    press("Enter")
    expect(cell.editor).to_be_focused()
    cell.ends("It took")
    press("Control+a")
    type_("for n in range(2):\nprint(n")  # indented, and the bracket is closed
    assert cell.text == "for n in range(2):\n    print(n)"
    press("Control+Enter")
    cell.ends("It took")
    assert cell.output.text_content() == "0\n1\n"
    press("Escape")
    press("Tab")
    for name in ("Run", "Stop", "Reset"):
        expect(cell.button(name)).to_be_focused()
        press("Tab")
    cell.button("Reset").press("Enter")
    assert cell.text == CODE.rstrip("\n")
    expect(cell.editor).to_be_focused()
    press("Control+z")
    assert cell.text == "for n in range(2):\n    print(n)"


@LONG
def test_two_cells_wait_for_each_other_and_stop_alone(cell):
    first = cell
    second = Cell(cell.page, place=1)
    first.open()
    first.editor.fill("while True:\n    pass")
    first.button("Run").click()
    second.button("Edit and run").click()
    expect(second.status).to_have_text("Waiting ...")
    second.button("Stop").click()
    expect(second.status).to_have_text("Stopped.")
    expect(first.status).to_have_text("Running ...")
    second.button("Run").click()
    expect(second.status).to_have_text("Waiting ...")
    first.editor.fill(CODE)
    first.button("Stop").click()
    expect(first.status).to_have_text("Stopped.")
    second.ends("with the block above that it stands on")
    assert second.output.text_content() == "0.25\n"


@LONG
def test_run_all_and_restart(cell):
    second, session = (Cell(cell.page, place) for place in (1, 2))
    expect(session.output).to_be_hidden()
    cell.open()
    cell.button("Run all").click()
    session.ends("It took")
    assert second.output.text_content() == "0.25\n"
    assert session.output.text_content() == "0.25\nTrue\n"
    session.button("Edit and run").click()
    assert session.text == "half = yours(0.5)\nhalf\nyours(half) < half"
    session.ends("It took")
    assert session.run("yours(0.5)\nhalf") == "0.25\n0.25\n"
    cell.button("Restart").click()
    cell.ends("The variables of this page are gone.")


@LONG
def test_without_the_editor_there_is_a_text_area(page_at, own):
    page = page_at()
    none = {"body": "export const mount = null;", "content_type": "text/javascript"}
    page.route("**/codemirror.mjs", lambda route: route.fulfill(**none))
    page.goto(own)
    cell = Cell(page)
    cell.open()
    assert cell.run("print(6 * 7)") == "42\n"
    assert cell.run("x = 1\n1 / 0", "It ended with an error.")
    place = cell.mark.bounding_box()["y"] - cell.editor.bounding_box()["y"]
    assert 1 < place / cell.mark.bounding_box()["height"] < 2.2  # padding, one line


@pytest.mark.parametrize(
    ("name", "fail"),
    [
        pytest.param("pyodide.mjs", lambda route: route.abort(), marks=LONG),
        pytest.param("pyodide.asm.wasm", lambda route: route.abort(), marks=LONG),
        ("numpy-*", lambda route: route.fulfill(status=404)),
    ],
)
def test_a_runtime_that_cannot_be_had_is_reported_and_tried_again(
    cell, page_at, name, fail
):
    there = []
    answer = lambda route: route.continue_() if there else fail(route)
    cell.page.context.route(f"**/runtime/*/{name}", answer)
    cell.button("Edit and run").click()
    cell.ends("Python could not be loaded.")
    assert re.search("Failed to fetch|404", cell.output.text_content())
    there.append(True)
    cell.button("Run").click()
    cell.ends("It took")
    assert cell.output.text_content() == PRINTED
    page_at.problems.clear()


def test_without_scripts_a_cell_is_a_plain_block(page_at, own):
    page = page_at(java_script_enabled=False)
    page.goto(own)
    cell = Cell(page)
    expect(cell.element.locator("pre").first).to_be_visible()
    assert cell.output.text_content() == PRINTED
    expect(cell.element.locator(".bp-cell-bar")).to_be_hidden()


@pytest.mark.parametrize("scheme", IN_SCHEMES)
@pytest.mark.parametrize("width", [375, 1280])
def test_a_cell_fits_its_column_and_nothing_moves(page_at, own, width, scheme):
    page = page_at(width, scheme)
    empty = {"body": "", "content_type": "text/javascript"}
    module = "**/javascripts/live/cell.mjs"
    page.context.route(module, lambda route: route.fulfill(**empty))
    page.goto(own)
    before = Cell(page).element.bounding_box()["height"]  # without the module
    page.context.unroute_all()
    page.goto(own)
    cell = Cell(page)
    assert cell.element.bounding_box()["height"] == before
    cell.button("Edit and run").click()
    expect(cell.editor).to_be_visible()
    column = cell.element.locator("xpath=..").bounding_box()
    for name in ("Run", "Stop", "Reset"):
        box = cell.button(name).bounding_box()
        assert box["height"] >= 24
        assert box["x"] + box["width"] <= column["x"] + column["width"]
    wide = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(wide) <= 0

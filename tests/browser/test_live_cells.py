"""Live cells in a real browser: loaded on a click, run, stopped, broken, and reset."""

import os
import re
import time
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest
from browser import SCHEMES, SUB_PATH, Handler, Pages, navigate_instantly
from sites import one_page_site, run

from sitebuild.live import runtime
from sitebuild.policy import POLICY

expect = pytest.importorskip(
    "playwright.sync_api", reason="pip install 'backprop-explained[test]'"
).expect

WITH_CELLS = {  # the pages on which a reader can run code
    "",
    "learn/two-derivatives/",
    "learn/check-a-gradient/",
    "how-to/add-an-activation/",
    "how-to/check-my-derivative/",
    "how-to/check-numbers/",
    "how-to/check-my-gradients/",
    "how-to/which-line-is-wrong/",
}
LOADING = 90_000  # ms, on a machine that is busy with other tests
CODE = """\
from backprop_explained import derivative_argument


def yours(x):
    return x * (1 - x)


print(derivative_argument(yours))
"""
PRINTED = "takes the output: pass `a`, not `z`\n"
PAGE = f"""# A page

```python exec="true" source="above" result="text" session="index" live="true"
{CODE}```

The end.
"""


@pytest.fixture(scope="session")
def python():
    """The folder with Python for the browser; skips where there is none."""
    found = runtime.problem(runtime.FOLDER)
    if found and "BACKPROP_BROWSER" in os.environ:
        pytest.fail(f"BACKPROP_BROWSER is set, but {found}; make runtime assembles it")
    if found:
        pytest.skip(f"{found} in runtime/; make runtime assembles it")
    return runtime.FOLDER


@pytest.fixture(scope="session")
def own(python, tmp_path_factory):
    """A page below a sub-path, with its own Python, and its policy in a header too."""
    folder = one_page_site(tmp_path_factory.mktemp("own"), PAGE)
    (folder / "runtime").symlink_to(python)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUNTIME", "runtime/")
        built = run(folder, "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stdout
    serve = partial(_Strict, directory=str(folder / "site"))
    _Strict.policy = (folder / "site" / POLICY).read_text().strip()
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}/"
        server.shutdown()


class _Strict(Handler):
    policy = ""

    def end_headers(self):
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()


class Cell:
    """The first live cell of a page."""

    def __init__(self, page):
        self.page = page
        self.element = page.locator("bp-cell").first
        self.output = self.element.locator(".language-text code")
        self.editor = self.element.get_by_role("textbox", name="Python code")
        self.status = self.element.get_by_role("status")
        self.mark = self.element.locator(".bp-cell-mark")

    def button(self, name):
        return self.element.get_by_role("button", name=name, exact=True)

    def open(self):
        self.button("Edit and run").click()
        self.ends("It took")

    def ends(self, how):
        expect(self.status).to_have_text(re.compile(re.escape(how)), timeout=LOADING)

    def run(self, code, how="It took"):
        self.editor.fill(code)
        self.button("Run").click()
        self.ends(how)
        return self.output.text_content()


@pytest.fixture
def cell(page_at, own):
    page = page_at()
    page.goto(own)
    return Cell(page)


@pytest.fixture(scope="module")
def shared(browser, own):
    """A cell whose Python stays for several tests."""
    pages = Pages(browser)
    page = pages()
    page.goto(own)
    cell = Cell(page)
    cell.open()
    yield cell
    pages.close()
    assert not pages.problems


def from_the_distribution(page, python):
    """Answer what is asked of the distribution from the folder; a list of it."""
    asked = []

    def answer(route):
        asked.append(route.request.url)
        path = python / route.request.url.removeprefix(runtime.DISTRIBUTION)
        types = {".mjs": "text/javascript", ".wasm": "application/wasm"}
        route.fulfill(
            path=path,
            content_type=types.get(path.suffix, "application/octet-stream"),
            headers={"Access-Control-Allow-Origin": "*"},
        )

    page.context.route(f"{runtime.DISTRIBUTION}**", answer)
    return asked


NUMBER = re.compile(r"-?\d+\.\d+(?:e[-+]\d+)?|-?\d+e[-+]\d+")


def rounded(text):
    """The words of an output, and its numbers to six digits; noise counts as 0."""
    numbers = [float(number) for number in NUMBER.findall(text)]
    return NUMBER.sub("#", text), [
        0 if abs(number) < 1e-8 else float(f"{number:.6g}") for number in numbers
    ]


def test_rounding_keeps_what_a_reader_would_call_another_result():
    assert rounded("a 0.1234561 b") == rounded("a 0.12345612 b")
    assert rounded("error 2.1e-11") == rounded("error 3.3e-12")
    for other in ("a 0.12346 b", "a -0.1234561 b", "a 0.1234561 c", "a 1234561 b"):
        assert rounded("a 0.1234561 b") != rounded(other)


def test_every_cell_prints_what_the_build_printed(site, site_url, page_at, python):
    """One visit, by instant navigation: Python is asked for once, and on a click."""
    with_cells = {
        path.parent.relative_to(site).as_posix().removeprefix(".") + "/"
        for path in site.rglob("index.html")
        if "<bp-cell" in path.read_text()
    }
    assert {page.removeprefix("/") for page in with_cells} == WITH_CELLS
    page = page_at()
    asked = from_the_distribution(page, python)
    navigate_instantly(page, site, site_url)
    page.goto(f"{site_url}/")
    page.evaluate("window.visit = 'the first'")
    for path in sorted(WITH_CELLS):
        if path:
            page.evaluate("document.querySelector('bp-cell').id = 'left'")
            page.locator(f'.md-nav--primary a[href$="{path}"]').first.click()
            expect(page.locator("#left")).to_have_count(0)
            assert page.url == f"{site_url}/{path}"
        for cell in page.locator("bp-cell").all():
            output = cell.locator(".language-text code")
            built = output.text_content()
            if not path:
                assert not asked
            cell.get_by_role("button", name="Edit and run").click()
            expect(cell.get_by_role("status")).to_have_text(
                re.compile("It took"), timeout=LOADING
            )
            assert rounded(output.text_content()) == rounded(built)
    assert page.evaluate("window.visit") == "the first"  # no page was loaded again
    names = [address.removeprefix(runtime.DISTRIBUTION) for address in asked]
    assert sorted(names) == sorted(path.name for path in python.iterdir())


def test_edit_run_error_and_reset(shared):
    assert shared.run(CODE) == PRINTED
    z = CODE.replace("x * (1 - x)", "np.exp(-x) / (1 + np.exp(-x)) ** 2")
    said = shared.run("import numpy as np\n" + z)
    assert said == "takes the pre-activation: pass `z`, not `a`\n"

    said = shared.run(CODE.replace("(1 - x)", "(1 - y)"), "It ended with an error.")
    assert said == "Line 5: return x * (1 - y)\nNameError: name 'y' is not defined"
    place = shared.mark.bounding_box()["y"] - shared.editor.bounding_box()["y"]
    assert 4 < place / shared.mark.bounding_box()["height"] < 5.2  # padding, 4 lines

    shared.button("Reset").click()
    expect(shared.editor).to_have_value(CODE.rstrip("\n"))
    expect(shared.editor).to_be_focused()
    expect(shared.mark).to_be_hidden()
    assert shared.output.text_content() == PRINTED


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("a = 1\nb = = 2", "Line 2: b = = 2\nSyntaxError: invalid syntax"),
        (
            "def f(n):\n    return 1 / n\n\n\nprint('so far')\nf(0)",
            "so far\n\nLine 2: return 1 / n\nZeroDivisionError: division by zero",
        ),
        (
            "import torch",
            "Line 1: import torch\nModuleNotFoundError: torch is not here, only NumPy "
            "and backprop_explained",
        ),
        (
            "import backprop_explained as b\n\nb.derivative_argument(3)",
            "Line 3: b.derivative_argument(3)\nTypeError: ",
        ),
        ("input('n? ')", "n? \nLine 1: input('n? ')\nEOFError: "),
        (
            "class E(Exception):\n    def __str__(self):\n        1 / 0\n\n\nraise E",
            "Line 6: raise E\nE: it cannot be shown",
        ),
        ("import sys\nsys.stdout = 3\nprint(1)", "Line 3: print(1)\nAttributeError: "),
        ("raise SystemExit", "Line 1: raise SystemExit\nSystemExit"),
        ("f = lambda: f()\nf()", "Line 1: f = lambda: f()\nRecursionError: "),
        (
            "try:\n    {}[1]\nexcept KeyError:\n    raise ValueError('mine')",
            "Line 4: raise ValueError('mine')\nValueError: mine",
        ),
    ],
)
def test_error_is_short_and_at_the_line_of_the_reader(shared, code, said):
    found = shared.run(code, "It ended with an error.")
    assert found.startswith(said)
    assert len(found.splitlines()) <= 4


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "print('<img src=x onerror=alert(1)>&amp;')",
            "<img src=x onerror=alert(1)>&amp;\n",
        ),
        ("print('a', 'b', sep='-', end='!')", "a-b!"),
        ("print('σ′(z) ✓ 🙂')", "σ′(z) ✓ 🙂\n"),
        ("if __name__ == '__main__':\n    print('run')", "run\n"),
        (
            "import warnings\nwarnings.warn('careful')",
            "line 2: UserWarning: careful\n",
        ),
        (
            "from dataclasses import dataclass\n\n\n@dataclass\nclass A:\n    n: 'int'"
            "\n\n\nprint(A(1))",
            "A(n=1)\n",
        ),
        ("a = 1", ""),
    ],
)
def test_output_is_shown_as_it_was_printed(shared, code, said):
    assert shared.run(code) == said
    assert not shared.output.locator("img").count()


def test_a_run_does_not_reach_the_next(shared):
    setting = "np.set_printoptions(precision=1)\nnp.seterr(all='raise')\na = 1"
    shared.run(f"import numpy as np\n{setting}")
    asking = "print('a' in globals(), np.array([0.123]), np.geterr()['under'])"
    said = shared.run(f"import numpy as np\n{asking}")
    assert said == "False [0.123] ignore\n"


def test_what_differs_in_a_browser_is_what_the_pages_say(shared):
    said = shared.run(
        "import numpy as np\nprint(np.arange(1).dtype, np.exp(np.array([1000.0])))"
    )
    assert said == "int32 [inf]\n"  # and no warning of the overflow


def test_endless_loop_is_stopped_and_the_page_stays_responsive(shared):
    shared.editor.fill("print('begun')\nwhile True:\n    pass")
    shared.button("Run").click()
    expect(shared.status).to_have_text("Running ...")
    begun = time.monotonic()
    shared.page.evaluate("new Promise(requestAnimationFrame)")
    assert time.monotonic() - begun < 1
    shared.editor.fill("print(6 * 7)")
    shared.button("Stop").click()
    expect(shared.status).to_have_text("Stopped.")
    expect(shared.button("Stop")).to_have_attribute("aria-disabled", "true")
    shared.button("Run").click()
    shared.ends("It took")
    assert shared.output.text_content() == "42\n"


def test_endless_output_is_cut_and_can_be_stopped(shared):
    shared.editor.fill("while True:\n    print('again')")
    shared.button("Run").click()
    expect(shared.output).to_have_text(re.compile("cut after 20000 characters"))
    shared.button("Stop").click()
    expect(shared.status).to_have_text("Stopped.")
    assert len(shared.output.text_content()) < 20_100


def test_stop_while_python_loads(cell):
    cell.button("Edit and run").click()
    expect(cell.element.get_by_role("progressbar")).to_be_visible()
    cell.button("Stop").click()
    expect(cell.status).to_have_text("Stopped.")
    assert cell.output.text_content() == PRINTED
    cell.button("Run").click()
    cell.ends("It took")


def test_python_that_broke_down_begins_again(shared):
    shared.run("import os\n\nos._exit(3)", "Python broke down.")
    assert shared.run("print(6 * 7)") == "42\n"


def test_leaving_the_page_ends_what_runs(cell):
    cell.open()
    cell.editor.fill("while True:\n    pass")
    cell.button("Run").click()
    (worker,) = [w for w in cell.page.workers if "live-worker" in w.url]
    with cell.page.expect_event("worker") as begun, worker.expect_event("close"):
        cell.page.evaluate("document.querySelector('bp-cell').remove()")
    assert "live-worker" in begun.value.url  # another one is made ready


def test_by_keyboard_alone(cell):
    press = cell.page.keyboard.press
    cell.button("Edit and run").focus()
    press("Enter")
    expect(cell.editor).to_be_focused()
    cell.ends("It took")
    press("Control+a")
    cell.page.keyboard.type("for n in range(2):\nprint(n)")  # the second is indented
    press("Control+Enter")
    cell.ends("It took")
    assert cell.output.text_content() == "0\n1\n"
    for name in ("Run", "Stop", "Reset"):
        press("Tab")
        expect(cell.button(name)).to_be_focused()
    press("Enter")
    expect(cell.editor).to_have_value(CODE.rstrip("\n"))
    press("Shift+Tab")
    expect(cell.editor).not_to_be_focused()


@pytest.mark.parametrize(
    ("name", "fail"),
    [
        ("pyodide.mjs", lambda route: route.abort()),
        ("pyodide.asm.wasm", lambda route: route.abort()),
        ("numpy-*", lambda route: route.fulfill(status=404)),
    ],
)
def test_a_runtime_that_cannot_be_had_is_reported_and_tried_again(
    cell, page_at, name, fail
):
    there = []
    cell.page.context.route(
        f"**/runtime/{name}",
        lambda route: route.continue_() if there else fail(route),
    )
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


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [375, 1280])
def test_a_cell_fits_its_column_and_nothing_moves(page_at, own, width, scheme):
    page = page_at(width, scheme)
    heights = []
    for scripts in ("live.mjs", "none"):
        page.context.unroute_all()
        page.context.route("**/javascripts/live.mjs", lambda route: route.continue_())
        if scripts == "none":
            page.context.route(
                "**/javascripts/live.mjs",
                lambda route: route.fulfill(body="", content_type="text/javascript"),
            )
        page.goto(own)
        heights.append(Cell(page).element.bounding_box()["height"])
    assert heights[0] == heights[1]  # before and after the module has come
    page.context.unroute_all()
    page.goto(own)
    cell = Cell(page)
    cell.button("Edit and run").click()
    expect(cell.editor).to_be_visible()
    column = cell.element.locator("xpath=..").bounding_box()
    for name in ("Run", "Stop", "Reset"):
        box = cell.button(name).bounding_box()
        assert box["height"] >= 24
        assert box["x"] + box["width"] <= column["x"] + column["width"]
    wide = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(wide) <= 0

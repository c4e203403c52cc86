"""Live cells in a real browser: a site with one, and how it is used."""

import os
import re
from contextlib import contextmanager

import browser
import pytest
from browser import SUB_PATH, Handler, Pages, expect
from sites import one_page_site, run

from sitebuild.live import editor, runtime
from sitebuild.policy import POLICY

LOADING = 90_000  # ms, on a machine that is busy with other tests
CODE = """\
from backprop_explained import derivative_argument


def yours(x):
    return x * (1 - x)


print(derivative_argument(yours))
"""
PRINTED = "takes the output: pass `a`, not `z`\n"
PAGE = f"""# A page

```python exec="true" source="above" result="text" session="index"
{CODE}```

And one that stands on it:

```python exec="true" source="above" result="text" session="index"
print(yours(0.5))
```

A session:

```pycon
>>> half = yours(0.5)
>>> half
0.25
>>> yours(half) < half
True

```

The end.
"""


NUMBER = re.compile(r"-?\d+\.\d+(?:e[-+]\d+)?|-?\d+e[-+]\d+")


def rounded(text):
    """The words of an output, and its numbers to six digits; noise counts as 0."""
    short = lambda number: 0 if abs(number) < 1e-8 else float(f"{number:.6g}")
    numbers = [short(float(number)) for number in NUMBER.findall(text)]
    return NUMBER.sub("#", text), numbers


@pytest.fixture(scope="session")
def python():
    """The folder with Python for the browser; skips where there is none."""
    found = runtime.problem(runtime.FOLDER)
    way_out = f"{found} in runtime/; make runtime assembles it"
    if not found and not editor.is_built(editor.FOLDER):
        found, way_out = "no editor", "make editor builds the editor of the cells"
    if found and "BACKPROP_BROWSER" in os.environ:
        pytest.fail(f"BACKPROP_BROWSER is set, but: {way_out}")
    if found:
        pytest.skip(way_out)
    return runtime.FOLDER


def build_with_python(folder, python):
    """Build a site that has its own Python; how the build ended."""
    (folder / "editor").symlink_to(editor.FOLDER)
    (folder / "runtime").symlink_to(python)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUNTIME", "runtime/")
        return run(folder, "mkdocs", "build", "--strict")


@pytest.fixture(scope="session")
def own_folder(python, once):
    """The folder of a site of one page, with its own Python."""
    own = once("own", lambda new: build_with_python(one_page_site(new, PAGE), python))
    assert own.status == 0, own.said
    return own.folder / "site"


@pytest.fixture(scope="session")
def own(own_folder):
    """The page, below a sub-path, with its policy in a header too."""
    with served(own_folder) as address:
        yield address


@contextmanager
def served(folder):
    """The address of a folder, below a sub-path, with its policy in a header too."""
    _Strict.policy = (folder / POLICY).read_text().strip()
    with browser.served(folder, _Strict) as address:
        yield f"{address}{SUB_PATH}/"


class _Strict(Handler):
    policy = ""

    def end_headers(self):
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()


def wake(page):
    """Move the pointer until the cells are awake: a first move may come too early."""
    for place in range(10, 160):
        page.mouse.move(place, place)
        if page.evaluate("Boolean(customElements.get('bp-cell'))"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the cells of the page never came awake")


class Cell:
    """A live cell of a page, by its place on it."""

    def __init__(self, page, place=0):
        self.page = page
        self.element = page.locator("bp-cell").nth(place)
        self.output = self.element.locator(".language-text code")
        self.editor = self.element.get_by_role("textbox", name="Python code")
        self.status = self.element.get_by_role("status")
        self.mark = self.element.locator(".bp-cell-mark")

    @property
    def text(self):
        return self.element.evaluate("cell => cell.text")

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


@pytest.fixture(scope="session")
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

"""After the first result pages and cells need no network, and no page is old."""

import pytest
from browser import expect
from cells import PRINTED, Cell, served, wake
from playwright.sync_api import Error

KEPT = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("bp-kept"));
  const all = names.map(async (name) => (await caches.open(name)).keys());
  return (await Promise.all(all)).flat().map(({ url }) => url);
}"""
REGISTERED = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
PARTS = (
    *("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"),
    *("pyodide-lock.json", "backprop_explained.zip", "codemirror.mjs"),
    "live-worker.mjs",
)


@pytest.fixture
def own_copy(own_folder, tmp_path):
    """The site in a folder whose page and Python can be changed."""
    for path in own_folder.iterdir():
        if path.name != "index.html":
            (tmp_path / path.name).symlink_to(path)
    page = (own_folder / "index.html").read_text()
    (tmp_path / "index.html").write_text(page)
    return tmp_path


def waits_for(page, names):
    """Wait until the browser has kept files of these names; all that it has."""
    for _ in range(200):
        kept = page.evaluate(KEPT)
        if all(any(f"/{name}" in url for url in kept) for name in names):
            return kept
        page.wait_for_timeout(100)
    raise AssertionError(f"{names} are not all among {kept}")


def first_result(page, address):
    """Run the first cell: nothing was kept before, and all that it needs is after."""
    page.goto(address)
    wake(page)
    page.locator("bp-cell:defined").first.wait_for()
    assert page.evaluate(KEPT) == []
    assert page.evaluate(REGISTERED) == 0
    cell = Cell(page)
    cell.open()
    kept = waits_for(page, PARTS)
    assert all(url.startswith(address) for url in kept)
    assert page.evaluate(REGISTERED) == 1
    return cell


def test_without_a_network_cells_run_and_no_page_is_old(page_at, own_copy):
    with served(own_copy) as address:
        page = page_at(service_workers="allow")
        cell = first_result(page, address)
        shown = own_copy / "index.html"
        shown.write_text(shown.read_text().replace("The end.", "Another end."))
        (own_copy / "runtime").unlink()  # its address names its content: it was kept
        page.reload()
        expect(page.get_by_text("Another end.")).to_be_visible()

        page.context.set_offline(True)
        page.reload()
        expect(page.get_by_text("Another end.")).to_be_visible()
        with pytest.raises(Error):
            page.evaluate("fetch('reference/')")  # of which nothing was kept
        assert page_at.problems == ["Failed to load resource: net::ERR_FAILED"]
        page_at.problems.clear()
        cell.open()
        assert cell.output.text_content() == PRINTED

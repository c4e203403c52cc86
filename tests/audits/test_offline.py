"""The zip file of the whole site, unpacked and served by Python's own server."""

import re
import subprocess
import sys
import zipfile

import pytest

from sitebuild.offline import FOLDER, beside, packed


@pytest.fixture(scope="module")
def address(site, tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    packed(site, folder / "site.zip", beside())
    with zipfile.ZipFile(folder / "site.zip") as zipped:
        zipped.extractall(folder)
    serve = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"]
    with subprocess.Popen(
        serve, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        (port,) = re.findall(r"port (\d+)", server.stdout.readline())
        yield f"http://127.0.0.1:{port}/{FOLDER}/"
        server.terminate()


def test_every_part_that_others_wrote_has_its_licence():
    texts = beside()
    assert len(texts) >= 9
    assert all(len(text) > 200 for text in texts.values())
    assert "NumPy Developers" in texts["notices/NumPy.txt"]
    assert "SIL Open Font License" in texts["notices/STIX Two Math.txt"]


def test_a_cell_runs_and_no_other_host_is_asked(page_at, address):
    tab = page_at(1280)
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{address}how-to/check-my-derivative/", wait_until="networkidle")
    cell = tab.locator("bp-cell").first
    cell.get_by_role("button", name="Edit and run").click()
    cell.get_by_text("It took").wait_for(timeout=120_000)
    assert len(asked) > 10
    assert [url for url in asked if not url.startswith(address)] == []

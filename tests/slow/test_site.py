"""The strict build succeeds without a warning, and asks nothing of another host."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOADING = {"script": "src", "img": "src", "link": "href", "iframe": "src"}
LOADED_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "preconnect"}


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The built site: its folder, and what the build said."""
    folder = tmp_path_factory.mktemp("site")
    build = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return folder, build


def test_strict_build_succeeds_without_a_warning(site):
    _, build = site
    said = build.stdout + build.stderr
    assert build.returncode == 0, said
    assert "WARNING" not in said, said


class _Requests(HTMLParser):
    """What a page loads by itself."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "link" and not LOADED_RELATIONS & set(attrs["rel"].split()):
            return
        if tag in LOADING and LOADING[tag] in attrs:
            self.found.append(attrs[LOADING[tag]])


def test_no_page_makes_a_request_to_another_host(site):
    folder, _ = site
    pages = list(folder.rglob("*.html"))
    assert pages
    for page in pages:
        requests = _Requests()
        requests.feed(page.read_text())
        assert requests.found
        assert not [url for url in requests.found if re.match(r"(https?:)?//", url)]


def test_no_stylesheet_makes_a_request_to_another_host(site):
    folder, _ = site
    sheets = list(folder.rglob("*.css"))
    assert sheets
    for sheet in sheets:
        assert not re.findall(
            r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", sheet.read_text()
        )


def test_no_page_shows_a_fence_or_a_traceback_as_text(site):
    folder, _ = site
    for page in folder.rglob("*.html"):
        prose = re.sub(
            r"<(pre|script)\b.*?</\1>", "", page.read_text(), flags=re.DOTALL
        )
        assert "```" not in prose, page
        assert "Traceback (most recent call last)" not in prose, page

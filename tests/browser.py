"""The built site in a real browser: what the browser tests share.

They need Playwright's Python package (of the extra `test`) and a Chromium; the browser
that Playwright would download is not used.  Without one of the two they are skipped,
and say so; BACKPROP_BROWSER=1 requires both.
"""

import os
import re
import sys
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from sitebuild.book import ABSENT, CHROMIUM

try:
    from playwright.sync_api import expect, sync_playwright
except ImportError:
    expect = sync_playwright = None

OPTIONS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic"),
    "--disable-background-networking",
]
HEIGHTS = {375: 812, 1280: 800}
SCHEMES = ("light", "dark")
IN_SCHEMES = ("light", pytest.param("dark", marks=pytest.mark.long))
SUB_PATH = "/some/where"
"""The site is served here too: nothing in it may count on being at the root."""


def missing():
    """What is not here and has to be, or None."""
    if sync_playwright is None:
        return "Playwright is not installed; pip install 'backprop-explained[test]'"
    if CHROMIUM is None:
        return ABSENT
    return None


class Handler(SimpleHTTPRequestHandler):
    """Serves the site at / and below SUB_PATH, in silence."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path):
        return super().translate_path(path.removeprefix(SUB_PATH) or "/")

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    """Takes it in silence that a tab asks for no more."""

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder, handler=Handler):
    """The address, without a slash at the end, at which a folder is served."""
    serve = partial(handler, directory=str(folder))
    with Server(("127.0.0.1", 0), serve) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Pages:
    """Opens pages of the site; `problems` holds what a console complained about."""

    def __init__(self, browser):
        self.browser = browser
        self.problems = []
        self.contexts = []

    def __call__(self, width=1280, scheme="light", **options):
        """An empty tab of its own; `options` are those of Playwright's new_context.

        Nothing is kept by a service worker, past which no request is seen, but where
        `options` let it.
        """
        size = {"width": width, "height": HEIGHTS[width]}
        options = {"viewport": size, "service_workers": "block", **options}
        context = self.browser.new_context(color_scheme=scheme, **options)
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        return page

    def _listen(self, message):
        blocked = message.text.startswith("Service Worker registration blocked")
        if message.type in ("error", "warning") and not blocked:
            self.problems.append(message.text)

    def close(self):
        for context in self.contexts:
            context.close()


def navigate_instantly(tab, site, address):
    """Have the site map name the place at which a test serves the site.

    The theme navigates instantly to what the map names, and reads it with a page.
    """
    site_map = (site / "sitemap.xml").read_text()
    home = re.search("<loc>(.*?)/?</loc>", site_map)[1]
    body = site_map.replace(home, address)
    answer = {"body": body, "content_type": "application/xml"}
    tab.context.route("**/sitemap.xml", lambda route: route.fulfill(**answer))


@pytest.fixture(scope="session")
def site(built):
    """The folder of the site; that its build is strict, test_site.py shows."""
    assert (built.folder / "404.html").exists(), built.said
    return built.folder


@pytest.fixture(scope="session")
def site_url(site):
    """Where the site is served, without a slash at the end."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests; skips where there is none, unless it is required."""
    if reason := missing():
        if "BACKPROP_BROWSER" in os.environ:
            pytest.fail(f"BACKPROP_BROWSER is set, but {reason}")
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield chromium
        chromium.close()


class Tabs(Pages):
    """Tabs that tests have one after the other: each finds one as a new one is."""

    def __init__(self, browser):
        super().__init__(browser)
        self.idle = {}
        self.used = []

    def __call__(self, width=1280, scheme="light", **options):
        key = width, scheme, *sorted(options.items())
        tab = self.idle.pop(key, None) or super().__call__(width, scheme, **options)
        self.used.append((key, tab))
        return tab

    def _listen(self, message):
        if "was preloaded" not in message.text:  # a font that the tab has had before
            super()._listen(message)

    def put_back(self):
        """Have nothing of a test stay but what the browser has loaded."""
        for key, tab in self.used:
            tab.evaluate("localStorage.clear()")
            tab.mouse.move(0, 0)
            tab.goto("about:blank")
            tab.emulate_media(media="null")
            tab.set_viewport_size({"width": key[0], "height": HEIGHTS[key[0]]})
            self.idle[key] = tab
        self.used.clear()


@pytest.fixture(scope="session")
def tabs(browser):
    tabs = Tabs(browser)
    yield tabs
    tabs.close()


@pytest.fixture
def tab_at(tabs):
    """As `page_at`, of tabs that are kept; for tests that leave no more than a page."""
    tabs.problems.clear()
    yield tabs
    tabs.put_back()
    assert not tabs.problems, tabs.problems


@pytest.fixture
def page_at(browser):
    """`page_at(width, scheme)` opens a tab; its console has to stay empty.

    A test that breaks something on purpose ends with `page_at.problems.clear()`.
    """
    pages = Pages(browser)
    yield pages
    pages.close()
    assert not pages.problems, pages.problems

"""The audits: every page of the built site, as its readers meet it.

`make audit` builds the site, brings what package.json names, and runs them.  What
is missing fails them: an audit that was not made has not passed.
"""

import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
os.environ["BACKPROP_BROWSER"] = "1"

from browser import browser, page_at  # noqa: E402, F401
from hosting import hosted  # noqa: E402
from sites import ROOT  # noqa: E402

SITE = ROOT / ".audit"


def pages():
    """The addresses of all pages, below that of the site."""
    docs = ROOT / "docs"
    names = [path.relative_to(docs).with_suffix("") for path in docs.rglob("*.md")]
    return sorted(
        f"{name.parent if name.name == 'index' else name}/".removeprefix("./")
        for name in map(Path, names)
    )


def sampled(items):
    """A fifth of them, spread over all; with EVERY=1 all."""
    return list(items) if "EVERY" in os.environ else list(items)[::5]


@pytest.fixture(scope="session")
def site():
    """The folder of the site that is audited."""
    assert (SITE / "index.html").exists(), "no site to audit was built: run make audit"
    return SITE


@pytest.fixture(scope="session")
def site_url(site):
    """Where it is served."""
    with hosted(site) as address:
        yield address


def pytest_terminal_summary(terminalreporter):
    """A line for each page: the figures of its first views, and how many findings."""
    seen = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", []):
                if name == "visit":
                    page = report.nodeid.partition("[")[2].rsplit("-", 1)[0]
                    seen.setdefault(page, []).append(value)
                if name == "lighthouse":
                    scores = "  ".join(f"{k} {100 * v:.0f}" for k, v in value.items())
                    terminalreporter.write_line(f"{report.nodeid}: {scores}")
    if seen:
        terminalreporter.section("first views: the worse of two")
        head = f"{'page':48}{'bytes':>9}{'requests':>10}{'shift':>9}{'findings':>10}"
        terminalreporter.write_line(head)
    for page, values in sorted(seen.items()):
        worst = {key: max(value[key] for value in values) for key in values[0]}
        terminalreporter.write_line(
            f"{page:48}{worst['bytes']:9,}{worst['requests']:10}{worst['shift']:9.4f}"
            f"{worst['problems']:10}"
        )


@pytest.fixture(scope="session", autouse=True)
def _started(browser, site_url):  # noqa: F811
    """A browser and a server that have just started are slow once: not the site's."""
    tab = browser.new_page()
    tab.goto(f"{site_url}/")
    tab.close()

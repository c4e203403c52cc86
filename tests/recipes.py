"""The recipes of CONTRIBUTING, as the tests read them and walk through them."""

import re

from sites import ROOT

from sitebuild.checks.fences import find_fences
from sitebuild.checks.structure import without

RECIPES = (ROOT / "CONTRIBUTING.md").read_text()
QUIETLY = ("pytest", "-q", "-p", "no:cacheprovider")


def section(title):
    """What stands under a heading, up to the next one outside a block."""
    outline = without(RECIPES, "fence")
    found = re.search(rf"^## {title}\n(.*?)(?=^## )", outline, re.M | re.S)
    return RECIPES[found.start(1) : found.end(1)]


def blocks(text, language):
    """The blocks of a language, in order, without those that another block shows."""
    found, end = [], 0
    for fence in find_fences(text):
        if fence.start >= end:
            end = fence.end
            found += [fence.source] * (fence.language == language)
    return found


def shown(text, language):
    """The one block of a language."""
    (block,) = blocks(text, language)
    return block


def failed(done):
    """The tests that failed, without their files."""
    return set(re.findall(r"^(?:FAILED|ERROR) \S+::(\S+)", done.stdout, re.M))

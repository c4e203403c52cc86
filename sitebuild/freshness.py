"""What a live preview must not keep from one build to the next, and what it may."""

import hashlib
import importlib
import sys
from functools import lru_cache
from pathlib import Path

from sitebuild.checks import checker

PACKAGES = ("backprop_explained", "sitebuild")
KEPT = {  # the build itself stands on these
    "sitebuild",
    "sitebuild.checks.checker",
    "sitebuild.checks.fences",
    "sitebuild.freshness",
    "sitebuild.checks.links",
    "sitebuild.live.cells",
    "sitebuild.maths.font",
    "sitebuild.maths.extension",
    "sitebuild.checks.prose",
    "sitebuild.live.runtime",
}
_digest = ""

check_page = lru_cache(maxsize=256)(checker.check_page)
"""The checker, run once for each text and state of the package."""


def source_digest(root: Path) -> str:
    """A digest of all that a page's blocks can import."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in (".py", ".json"):
                digest.update(path.read_bytes())
    return digest.hexdigest()


def forget_changed_modules(root: Path) -> None:
    """If a source file has changed, have the pages import it anew."""
    global _digest
    digest = source_digest(root)
    if digest == _digest:
        return
    _digest = digest
    check_page.cache_clear()
    for name in list(sys.modules):
        if name.split(".")[0] in PACKAGES and name not in KEPT:
            del sys.modules[name]
    importlib.invalidate_caches()

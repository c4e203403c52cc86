"""Versions in prose, compared with those that were installed, recorded or required."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sitebuild.checks.structure import line_at
from sitebuild.evidence import record
from sitebuild.live import runtime

ROOT = Path(__file__).parents[2]
VERSION = re.compile(
    r"(?i:\b(?P<name>[a-z-]+)\]?\s+`?)?(?<![\w.,-])v?"
    r"(?P<version>\d+(?:\.\d+){2,}|(?<=\s)\d+\.\d+(?=\s+or\s+newer))\b"
)
"""Three numbers, after the name if it has one; or two, if newer ones will do."""
_NAMES = {"pytorch": "torch", "version": "backprop-explained", "learn": "scikit-learn"}


@cache
def known() -> dict[str, set[str]]:
    """The versions that are true of each name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    versions = {name: {v} for name, v in record.read("frameworks")["versions"].items()}
    versions["backprop-explained"] = {project["version"]}
    versions["python"] = {project["requires-python"].removeprefix(">=")}
    versions["pyodide"] = {runtime.VERSION}
    versions["numpy"] = {runtime.NUMPY.version}
    return versions


def wrong_versions(prose: str) -> Iterator[tuple[int, str]]:
    """Line and message of each version that is not the one in use."""
    for found in VERSION.finditer(prose):
        name = (found["name"] or "").lower()
        name = _NAMES.get(name, name)
        right = known().get(name) or set().union(*known().values())
        if found["version"] not in right:
            yield (
                line_at(prose, found.start()),
                f"{found[0].strip()!r} is not a version in use: "
                f"{', '.join(sorted(right))}",
            )

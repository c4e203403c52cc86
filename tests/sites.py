"""One-page copies of the site, to break and to preview."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ("tests/sitebuild/checks/test_pages.py", "tests/slow/test_site.py")


def one_page_site(folder: Path, page: str) -> Path:
    """A copy of the site with a single page, in which all else is the real thing."""
    config = (ROOT / "mkdocs.yml").read_text()
    config = re.sub(
        r"^nav:\n(?:[ \t].*\n|\n)+", "nav: [index.md]\n\n", config, flags=re.M
    )
    (folder / "mkdocs.yml").write_text(config)
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text(page)
    for name in ("assets", "javascripts", "stylesheets"):
        (folder / "docs" / name).symlink_to(ROOT / "docs" / name)
    (folder / "backprop_explained").symlink_to(ROOT / "backprop_explained")
    (folder / "sitebuild").symlink_to(ROOT / "sitebuild")
    for name in TESTS:
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text((ROOT / name).read_text())
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    return folder


def run(folder: Path, *command: str) -> subprocess.CompletedProcess:
    """Run a Python module there, its output in one stream."""
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def environment(folder: Path) -> dict[str, str]:
    """The environment in which the copy's own folders are imported."""
    return os.environ | {"PYTHONPATH": str(folder), "NO_MKDOCS_2_WARNING": "1"}

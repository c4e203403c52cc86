"""The site, built once for all tests, and one-page copies to break and to preview."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable
from pathlib import Path
from subprocess import CompletedProcess
from typing import NamedTuple

import pytest
import yaml
from filelock import FileLock

from sitebuild.checks import approved
from sitebuild.checks.checker import check_page

ROOT = Path(__file__).parents[1]
TESTS = (
    "tests/sitebuild/checks/test_pages.py",
    "tests/sites.py",
    "tests/slow/test_site.py",
)
OURS = re.compile(r"PYTEST_|MAKE|MFLAGS|BACKPROP_|SITE_URL|NO_MKDOCS_2_WARNING")
QUIET = {"NO_MKDOCS_2_WARNING": "1"}


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, whose tags no test needs."""


_Loader.add_multi_constructor("!", lambda *_: None)


def navigation() -> list[str]:
    """The pages of the navigation, in order."""

    def below(entry):
        if isinstance(entry, str):
            return [entry]
        return [page for part in entry for page in below(one_of(part))]

    one_of = lambda part: next(iter(part.values())) if isinstance(part, dict) else part
    return below(yaml.load((ROOT / "mkdocs.yml").read_text(), _Loader)["nav"])


class Built(NamedTuple):
    """The folder of a site, how its build ended, and what it said."""

    folder: Path
    status: int
    said: str


@pytest.fixture(scope="session")
def once(tmp_path_factory, worker_id):
    """`once(name, make)`: a folder that the first worker that asks has made."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder if worker_id == "master" else folder.parent
    return lambda name, make: _once(folder, name, make)


def _once(folder: Path, name: str, make: Callable[[Path], CompletedProcess]) -> Built:
    end = folder / f"{name}.json"
    with FileLock(folder / f"{name}.lock"):
        if not end.exists():
            (folder / name).mkdir()
            done = make(folder / name)
            end.write_text(json.dumps([done.returncode, done.stdout]))
    return Built(folder / name, *json.loads(end.read_text()))


@pytest.fixture(scope="session")
def built(once):
    """The strict build as a user starts it; in BACKPROP_BUILT, two runs have it."""
    if folder := os.environ.get("BACKPROP_BUILT"):
        return _once(Path(folder), "site", _build)
    return once("site", _build)


def _build(site: Path) -> CompletedProcess:
    return bare("mkdocs", "build", "--strict", "--site-dir", site, **QUIET)


def bare(command, *arguments, cwd=ROOT, **variables):
    """Run a command of this environment without make, its output in one stream."""
    return subprocess.run(
        [installed(command), *map(str, arguments)],
        cwd=cwd,
        env=plain_environment() | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=900,
        check=False,
    )


def printed_by(code, *arguments, options=(), **context):
    """What an interpreter of its own prints; `context` is that of `subprocess.run`."""
    command = [sys.executable, *options, "-c", code, *map(str, arguments)]
    ended = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, **context
    )
    return ended.stdout


def installed(command):
    """The path of a command of this environment."""
    path = shutil.which(command, path=sysconfig.get_path("scripts"))
    assert path, f"{command} is not installed beside {sys.executable}"
    return path


def plain_environment():
    """The environment variables, less those that the make or the tests have set."""
    return {name: value for name, value in os.environ.items() if not OURS.match(name)}


def one_page_site(folder: Path, page: str) -> Path:
    """A copy of the site with a single page, in which all else is the real thing."""
    return small_site(folder, {"index.md": page})


def small_site(folder: Path, pages: dict[str, str]) -> Path:
    """A copy of the site with these pages alone."""
    nav = f"nav: {json.dumps(list(pages))}\n\n"
    config = (ROOT / "mkdocs.yml").read_text()
    config = re.sub(r"^nav:\n(?:[ \t].*\n|\n)+", nav, config, flags=re.M)
    (folder / "mkdocs.yml").write_text(config)
    (folder / "docs").mkdir()
    for name, page in pages.items():
        (folder / "docs" / name).write_text(page)
    for name in ("docs/assets", "docs/javascripts", "docs/stylesheets"):
        (folder / name).symlink_to(ROOT / name)
    for name in ("backprop_explained", "sitebuild"):
        (folder / name).symlink_to(ROOT / name)
    for name in (*TESTS, "pyproject.toml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / "tests" / "conftest.py").write_text(
        "from sites import built as built, once as once\n"
    )
    approve(folder, pages)
    return folder


def approve(folder: Path, pages: Iterable[str]) -> None:
    """Approve what the sound ones among these pages print."""
    for name in pages:
        page = folder / "docs" / name
        checked = check_page(page.read_text(), f"docs/{name}")
        if not checked.problems and checked.printed:
            approved.path_beside(page).write_text(approved.as_text(checked.printed))


def copy_of_project(folder: Path) -> Path:
    """A copy of what the tests and the site are made of, to add to."""
    for name in ("backprop_explained", "docs", "sitebuild", "tests"):
        left_out = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(ROOT / name, folder / name, ignore=left_out)
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    return folder


def run(folder: Path, *command: str) -> CompletedProcess:
    """Run a command on the copy, whose own folders are imported."""
    return bare(*command, cwd=folder, PYTHONPATH=str(folder), **QUIET)


def environment(folder: Path) -> dict[str, str]:
    """The environment in which the copy's own folders are imported."""
    return os.environ | QUIET | {"PYTHONPATH": str(folder)}

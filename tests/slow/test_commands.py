"""The bare commands do what they say, and so do the wheel and make."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import numpy as np
import pytest
from previews import previewed
from sites import (
    ROOT,
    bare,
    one_page_site,
    plain_environment,
    printed_by,
)

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    done = bare("hatchling", "build", "-t", "wheel", "-d", folder)
    assert done.returncode == 0, done.stdout
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_holds_the_package_alone(wheel):
    version = PROJECT["project"]["version"]
    folders = {name.partition("/")[0] for name in wheel.namelist()}
    assert folders == {"backprop_explained", f"backprop_explained-{version}.dist-info"}
    assert "backprop_explained/py.typed" in wheel.namelist()
    modules = (ROOT / "backprop_explained").rglob("*.py")
    packed = {name for name in wheel.namelist() if name.endswith(".py")}
    assert packed == {path.relative_to(ROOT).as_posix() for path in modules}


USE_ALONE = """
import importlib.util, sys
sys.path[:0] = sys.argv[1:3]
import backprop_explained
for name in backprop_explained.__all__:
    getattr(backprop_explained, name)
print(backprop_explained.__file__)
print([name for name in sys.argv[3:] if importlib.util.find_spec(name)])
"""


def test_the_wheel_needs_numpy_alone(wheel, tmp_path):
    package, others = tmp_path / "package", tmp_path / "others"
    wheel.extractall(package)
    others.mkdir()
    (others / "numpy").symlink_to(Path(np.__file__).parent)
    absent = ["tqdm", "mkdocs", "sybil", "pytest", "sitebuild", "tests"]
    isolated = {"options": ("-I", "-S", "-W", "error"), "cwd": tmp_path}
    said = printed_by(USE_ALONE, package, others, "numpy", *absent, **isolated)
    imported, visible = said.splitlines()
    assert Path(imported).is_relative_to(package)
    assert visible == "['numpy']"


# The bare commands; the bare build is the one that test_site.py looks at


@pytest.mark.long
def test_bare_pytest_collects_every_file_that_holds_tests():
    done = bare("pytest", "--collect-only", "-q")
    assert done.returncode == 0, done.stdout
    files = set(re.findall(r"^([\w/]+\.py)::", done.stdout, re.M))
    tests = {path.relative_to(ROOT) for path in ROOT.glob("tests/**/test_*.py")}
    assert {p.as_posix() for p in tests if "audits" not in p.parts} <= files
    folders = {file.partition("/")[0] for file in files}
    assert {"backprop_explained", "tests"} <= folders
    assert folders <= set(PROJECT["tool"]["pytest"]["ini_options"]["testpaths"])


def test_bare_serve_answers_at_its_address(tmp_path):
    site = one_page_site(tmp_path, "# A page of its own\n")
    log = tmp_path / "log"
    with previewed(site, log, plain_environment()) as (shown, address):
        page = shown("</html>")
    assert "A page of its own</h1>" in re.sub("<a .*?</a>", "", page), log.read_text()
    assert f"Serving on {address}" in log.read_text()


# Make


def executable(path, script):
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def make(folder, *arguments):
    """Run make there, on copies of the files that it reads."""
    for name in ["Makefile", "pyproject.toml", "constraints.txt"]:
        shutil.copy(ROOT / name, folder)
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env=plain_environment(),
        capture_output=True,
        text=True,
    )


needs_make = pytest.mark.skipif(
    not shutil.which("make"), reason="there is no make here"
)
BAD_PYTHONS = {
    "missing": (None, "No ./python was found"),
    "old": (
        'if [ "$1" = -c ]; then exit 1; else echo Python 3.9.18; fi',
        "Python 3.11 or newer is needed, but ./python is Python 3.9.18",
    ),
    "without ensurepip": (
        'case "$2" in *ensurepip*) exit 1 ;; esac',
        "apt install python3-venv",
    ),
}


@needs_make
@pytest.mark.parametrize(
    ("script", "message"), BAD_PYTHONS.values(), ids=BAD_PYTHONS.keys()
)
def test_make_says_what_is_wrong_with_a_python(script, message, tmp_path):
    if script:
        executable(tmp_path / "python", script)
    done = make(tmp_path, "serve", "PYTHON=./python")
    assert done.returncode != 0
    assert message in done.stderr
    assert not (tmp_path / ".venv").exists()


@needs_make
@pytest.mark.parametrize("home", ["this", "another", "none"])
def test_make_installs_into_no_environment_of_another_folder(home, tmp_path):
    project, other = tmp_path / "with space", tmp_path / "other"
    tools, site = project / ".venv" / "bin", tmp_path / "site"
    info = site / "backprop_explained-0.1.0.dist-info"
    for folder in (tools, other, info):
        folder.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: backprop-explained\n")
    if home != "none":
        url = {"this": project, "another": other}[home].as_uri()
        (info / "direct_url.json").write_text(json.dumps({"url": url}))
    looking = f'PYTHONPATH={site} exec {sys.executable} -S "$@"'
    script = f'if [ "$1" = -c ]; then {looking}; fi; echo "$*"'
    executable(tools / "python", script)
    done = make(project, ".venv/installed")
    refused = home == "another"
    assert (done.returncode != 0) == refused, done.stderr
    assert ("pip" in done.stdout) == (not refused)
    assert (project / ".venv" / "installed").exists() == (not refused)
    if refused:
        assert f".venv has the project of {other} installed" in done.stderr
        assert "Remove .venv" in done.stderr


@pytest.fixture
def tools(tmp_path):
    """The commands of an environment in which all is installed: none as yet."""
    folder = tmp_path / ".venv" / "bin"
    folder.mkdir(parents=True)
    (folder.parent / "installed").touch()
    return folder


@needs_make
@pytest.mark.parametrize("failing", [None, "ruff", "mypy", "pytest"])
def test_make_test_fails_where_one_of_its_parts_does(failing, tools, tmp_path):
    for name in ["python", "ruff", "mypy", "pytest"]:
        executable(tools / name, f"echo {name} $*; exit {int(name == failing)}")
    done = make(tmp_path, "test", "--assume-old=.venv/installed")
    assert (done.returncode != 0) == bool(failing)
    said = {line.partition(" ")[0] for line in done.stdout.splitlines()}
    assert {failing} <= said if failing else {"ruff", "mypy", "pytest"} <= said


@needs_make
@pytest.mark.parametrize("command", ["serve", "build"])
def test_make_brings_the_editor_first_and_goes_on_without_it(command, tools, tmp_path):
    executable(tools / "python", 'echo python $*; case "$*" in *pip*) exit 1 ;; esac')
    executable(tools / "mkdocs", "echo mkdocs $*")
    done = make(tmp_path, command, "--assume-old=.venv/installed")
    assert done.returncode == 0, done.stderr
    said = re.findall("(?m)^(?:mkdocs|python).*", done.stdout)
    assert "python -m sitebuild.live.editor" in said
    assert said[-1].startswith(f"mkdocs {command}")

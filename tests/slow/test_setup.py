"""The set-up: what is installed, what the bare commands do, what the README says."""

import doctest
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import tomllib
import urllib.error
import urllib.request
import zipfile
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import backprop_explained
from backprop_explained import catalogue, numerical_gradient

ROOT = Path(__file__).parents[2]
NAME, FOLDER = "backprop-explained", "backprop_explained"
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONSTRAINTS = (ROOT / "constraints.txt").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()
TEXTS = ["README.md", "CONTRIBUTING.md"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
# What the pages say of them holds of one version; PyTorch's dependencies on Linux would
# bring gigabytes for graphics cards into the constraints.
UNCONSTRAINED = {"peers"}


def run(command, *arguments, cwd=ROOT, **variables):
    """Run a command of this environment as its user would, without make."""
    path = shutil.which(command, path=sysconfig.get_path("scripts"))
    assert path, f"{command} is not installed beside {sys.executable}"
    return subprocess.run(
        [path, *map(str, arguments)],
        cwd=cwd,
        env=plain_environment() | variables,
        capture_output=True,
        text=True,
        timeout=300,
    )


def plain_environment():
    """The environment variables, less those that the make or the tests have set."""
    ours = re.compile(r"PYTEST_|MAKE|MFLAGS|BACKPROP_|SITE_URL|NO_MKDOCS_2_WARNING")
    return {name: value for name, value in os.environ.items() if not ours.match(name)}


# What is installed


def pins(environment=None):
    """Name to version, as constraints.txt has it for one Python (this one)."""
    applying = [
        requirement
        for requirement in map(Requirement, constraint_lines())
        if requirement.marker is None or requirement.marker.evaluate(environment)
    ]
    names = [canonicalize_name(requirement.name) for requirement in applying]
    assert len(names) == len(set(names)), "a package has two versions at once"
    return {
        name: str(requirement.specifier).removeprefix("==")
        for name, requirement in zip(names, applying, strict=True)
    }


def constraint_lines():
    lines = CONSTRAINTS.splitlines()
    return [line for line in lines if line and not line.lstrip().startswith("#")]


def needed(name, extras, found):
    """Name to version of all that a distribution needs here, however indirectly."""
    for requirement in map(Requirement, metadata.requires(name) or []):
        marker = requirement.marker
        if marker and not any(marker.evaluate({"extra": e}) for e in ["", *extras]):
            continue
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key not in found:
            found[key] = metadata.version(key[0])
            needed(*key, found)
    return {distribution: version for (distribution, _), version in found.items()}


def differences(installed, pinned):
    return {
        name: (version, pinned.get(name))
        for name, version in installed.items()
        if pinned.get(name) != version
    }


@pytest.mark.skipif(
    "BACKPROP_CONSTRAINED" not in os.environ,
    reason="only make test promises the exact versions",
)
def test_the_environment_is_what_the_constraints_say():
    (extras,) = re.findall(r"'\.\[([\w,]+)\]'\n\t@touch", MAKEFILE)
    installed = needed(NAME, extras.split(","), {})
    installed.pop(NAME, None)  # an extra may name another of this package
    assert len(installed) > 40
    assert differences(installed, pins()) == {}


def test_a_difference_from_the_constraints_is_found():
    installed = {"same": "1.0", "other": "2.0", "unknown": "3.0"}
    pinned = {"same": "1.0", "other": "2.1", "not-needed": "4.0"}
    assert differences(installed, pinned) == {
        "other": ("2.0", "2.1"),
        "unknown": ("3.0", None),
    }


def test_each_constraint_is_one_exact_version():
    lines = constraint_lines()
    exact = re.compile(r"[a-z0-9._-]+==[0-9][^*,<>~!=;\s]*( ; [^#]+)?")
    assert len(lines) > 40
    assert [line for line in lines if not exact.fullmatch(line)] == []
    assert "://" not in CONSTRAINTS


@pytest.mark.parametrize("python", PYTHONS)
def test_the_constraints_know_what_is_asked_for_on_each_python(python):
    pinned = pins({"python_version": python, "python_full_version": f"{python}.9"})
    covered = [r for name, r in EXTRAS.items() if name not in UNCONSTRAINED]
    asked = [*PROJECT["project"]["dependencies"], *(r for rs in covered for r in rs)]
    for requirement in map(Requirement, asked):
        name = canonicalize_name(requirement.name)
        if name != NAME:
            assert pinned[name] in requirement.specifier


@pytest.mark.parametrize("extra", UNCONSTRAINED)
def test_an_extra_without_constraints_names_exact_versions(extra):
    loose = [r for r in EXTRAS[extra] if not re.fullmatch(r"[\w-]+==[\d.]+", r)]
    assert EXTRAS[extra]
    assert loose == []


def test_the_constraints_cover_every_other_extra_and_no_graphics_card():
    (covered,) = re.findall(r"^CONSTRAINED := (.+)$", MAKEFILE, re.M)
    assert {*covered.split()} == EXTRAS.keys() - UNCONSTRAINED
    assert not re.search(r"^(torch|nvidia|cuda|triton)\b", CONSTRAINTS, re.M)


def test_the_imported_package_is_the_one_beside_these_tests():
    assert Path(backprop_explained.__file__).parents[1] == ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    done = run("hatchling", "build", "-t", "wheel", "-d", folder)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_holds_the_package_alone(wheel):
    version = PROJECT["project"]["version"]
    folders = {name.partition("/")[0] for name in wheel.namelist()}
    assert folders == {
        "backprop_explained",
        f"backprop_explained-{version}.dist-info",
    }
    assert "backprop_explained/py.typed" in wheel.namelist()
    modules = {path.name for path in (ROOT / "backprop_explained").glob("*.py")}
    packed = {Path(name).name for name in wheel.namelist() if name.endswith(".py")}
    assert packed == modules


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
    isolated = [sys.executable, "-I", "-S", "-W", "error", "-c", USE_ALONE]
    done = subprocess.run(
        [*isolated, package, others, "numpy", *absent],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    imported, visible = done.stdout.splitlines()
    assert Path(imported).is_relative_to(package)
    assert visible == "['numpy']"


# The bare commands


def test_bare_pytest_runs_the_doctests_of_the_package():
    done = run("pytest", "--doctest-modules", "-p", "no:cacheprovider", FOLDER)
    assert done.returncode == 0, done.stdout
    assert re.search(r"\d\d passed", done.stdout)


def test_bare_pytest_collects_every_folder_that_holds_tests():
    done = run("pytest", "--doctest-modules", "--collect-only", "-q")
    assert done.returncode == 0, done.stdout
    folders = {line.partition("/")[0] for line in done.stdout.splitlines()}
    tested = {"backprop_explained", "tests"}
    assert tested <= folders & set(
        PROJECT["tool"]["pytest"]["ini_options"]["testpaths"]
    )
    files = {path.name for path in (ROOT / "tests").glob("test_*.py")}
    assert files <= set(re.findall(r"^tests/(test_\w+\.py)::", done.stdout, re.M))


def test_bare_strict_build(tmp_path):
    done = run("mkdocs", "build", "--strict", "--site-dir", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "<title>" in (tmp_path / "index.html").read_text()


def test_bare_serve_answers_at_its_address(tmp_path):
    address = f"127.0.0.1:{free_port()}"
    log = tmp_path / "log"
    mkdocs = shutil.which("mkdocs", path=sysconfig.get_path("scripts"))
    with (
        log.open("w") as output,
        subprocess.Popen(
            [mkdocs, "serve", "--dev-addr", address],
            cwd=ROOT,
            env=plain_environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            page = first_answer(f"http://{address}/", server)
        finally:
            server.terminate()
    assert "<title>" in page, log.read_text()
    assert f"Serving on http://{address}/" in log.read_text()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def first_answer(url, server, patience=120):
    """What the address answers first, or nothing where the server ended or is slow."""
    end = time.monotonic() + patience
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                return answer.read().decode()
        except urllib.error.URLError:
            time.sleep(0.2)
    return ""


# Make


def targets():
    (line,) = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.M)
    return line.split()


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


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")
@pytest.mark.parametrize(
    ("script", "message"), BAD_PYTHONS.values(), ids=BAD_PYTHONS.keys()
)
def test_make_says_what_is_wrong_with_a_python(script, message, tmp_path):
    for name in ["Makefile", "pyproject.toml", "constraints.txt"]:
        shutil.copy(ROOT / name, tmp_path)
    if script:
        (tmp_path / "python").write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "python").chmod(0o755)
    done = subprocess.run(
        ["make", "serve", "PYTHON=./python"],
        cwd=tmp_path,
        env=plain_environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert message in done.stderr
    assert not (tmp_path / ".venv").exists()


# The large libraries

PEERS = """
import pytest

@pytest.mark.peers("json")
def test_there():
    assert True

@pytest.mark.peers("json", "no_such_module")
def test_absent():
    import no_such_module

@pytest.mark.peers("json")
def test_skipped():
    pytest.skip("for another reason")
"""


@pytest.mark.parametrize(
    ("variables", "outcome"),
    [({}, "1 passed, 2 skipped"), ({"BACKPROP_PEERS": "1"}, "2 failed, 1 passed")],
)
def test_peers_are_skipped_where_absent_and_required_by_make_peers(
    variables, outcome, tmp_path
):
    for name in ("conftest.py", "browser.py", "sites.py"):
        shutil.copy(ROOT / "tests" / name, tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "test_it.py").write_text(PEERS)
    command = ["pytest", "-m", "peers", "-p", "no:cacheprovider", "."]
    done = run(*command, cwd=tmp_path, **variables)
    assert outcome in done.stdout


def test_make_peers_fails_where_it_runs_nothing(tmp_path):
    (tmp_path / "test_it.py").write_text("def test_other():\n    assert True\n")
    done = run("pytest", "-m", "peers", "-p", "no:cacheprovider", ".", cwd=tmp_path)
    assert done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED


PEER_IMPORT = r"^\s*(?:import|from) (?:torch|jax|sklearn|micrograd)\b"


def test_each_file_that_needs_a_peer_is_run_by_make_peers():
    files = {path.name: path.read_text() for path in ROOT.glob("tests/test_*.py")}
    need = {name for name, text in files.items() if re.search(PEER_IMPORT, text, re.M)}
    marked = {name for name, text in files.items() if "pytest.mark.peers(" in text}
    assert "test_peers.py" in need
    assert need <= marked


# What the texts say


def blocks(text, language):
    fence = re.compile(rf"^```{language}\n(.*?)^```$", re.M | re.S)
    return fence.findall((ROOT / text).read_text())


def code(text):
    """What a text shows as code, in blocks and in spans."""
    source = (ROOT / text).read_text()
    return [*blocks(text, "bash"), *re.findall(r"`([^`\n]+)`", source)]


def test_the_examples_of_the_readme_give_what_it_says():
    (first, *others), namespace = blocks("README.md", "pycon"), {}
    runner = doctest.DocTestRunner()
    for source in [first, *others]:
        example = doctest.DocTestParser().get_doctest(
            source, namespace, "README.md", "README.md", 0
        )
        assert example.examples
        runner.run(example, clear_globs=False)
        namespace = example.globs
    assert runner.summarize(verbose=False).failed == 0


def test_the_activation_that_contributing_adds_is_right(monkeypatch):
    (source,) = blocks("CONTRIBUTING.md", "python")
    monkeypatch.setattr(catalogue, "ACTIVATIONS", {})
    exec(source, {})
    (added,) = catalogue.ACTIVATIONS.values()
    assert len(added.formulas) == 2
    z = np.linspace(-2, 2, 9)
    numerical = numerical_gradient(lambda z: added.function(z).sum(), z)
    np.testing.assert_allclose(added.slope(z, None), numerical, atol=1e-8)
    witness = np.array(added.witness)
    assert np.ptp(added.function(witness)) == 0
    assert np.ptp(added.derivative(witness)) > 1


@pytest.mark.parametrize("text", TEXTS)
def test_each_make_command_exists(text):
    named = {name for c in code(text) for name in re.findall(r"^make (\w+)", c, re.M)}
    assert {"serve", "test"} <= named
    assert named <= set(targets())


@pytest.mark.parametrize("text", TEXTS)
def test_each_path_exists(text):
    source = (ROOT / text).read_text()
    links = re.findall(r"\]\((?!https?:)([^)#]+)", source)
    spans = re.findall(r"`([\w./-]+(?:/|\.(?:md|py|toml|txt|yml)))`", source)
    assert links
    missing = [path for path in links + spans if not (ROOT / path).exists()]
    assert missing == []


def test_the_version_is_everywhere_the_same():
    version = PROJECT["project"]["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    (latest, *_) = re.findall(
        r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(), re.M
    )
    assert citation["version"] == version
    assert latest == version
    assert metadata.version(NAME) == version


def test_the_citation_has_what_its_format_asks_for():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= citation.keys()
    assert citation["license"] == PROJECT["project"]["license"]


def test_the_workflow_may_do_no_more_than_it_needs():
    source = (ROOT / ".github/workflows/site.yml").read_text()
    workflow = yaml.safe_load(source)
    jobs = workflow["jobs"]
    writing = {
        name
        for name, job in jobs.items()
        if "write" in job.get("permissions", {}).values()
    }
    assert workflow["permissions"] == {"contents": "read"}
    assert writing == {"publish"}
    assert {"3.11", "3.14"} <= set(jobs["test"]["strategy"]["matrix"]["python"])


# A home path, or the host of a package registry, belongs to one machine.
FOREIGN = re.compile(
    r"(?<![\w.:~/-])/(?:work|tmp|root|home/\w+|Users/\w+)/"
    r"|\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs\.org|deb\.debian\.org)"
)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no git checkout")
def test_no_file_names_a_machine_or_a_registry():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    found = [
        f"{path}: {match[0]}"
        for path in paths
        if path.is_file()
        for match in FOREIGN.finditer(path.read_text(errors="replace"))
    ]
    assert len(paths) > 20
    assert found == []
    assert "uv.lock" not in {path.name for path in paths}


@pytest.mark.parametrize(
    "parts",
    [
        ("", "work", "main"),
        ("", "tmp", "x"),
        ("at (", "root", "x"),
        ("", "home", "someone", "x"),
        ("https:", "", "py" + "pi.org", "simple"),
    ],
)
def test_a_machine_or_registry_is_found(parts):
    assert FOREIGN.search("/".join(parts))


def test_an_address_is_no_machine_path():
    assert not FOREIGN.search("https://example.com/work/tmp/ and docs/work/x")

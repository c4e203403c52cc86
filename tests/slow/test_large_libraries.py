"""The checks with large libraries run where they are asked for, and never nothing."""

import re
import shutil
from pathlib import Path

import pytest
from sites import ROOT, bare

pytestmark = pytest.mark.long

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
    for name in ("conftest", "browser", "cells", "moving_figures", "sites"):
        shutil.copy(ROOT / "tests" / f"{name}.py", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "test_it.py").write_text(PEERS)
    command = ["pytest", "-m", "peers", "-p", "no:cacheprovider", "."]
    done = bare(*command, cwd=tmp_path, **variables)
    assert outcome in done.stdout


def test_make_peers_fails_where_it_runs_nothing(tmp_path):
    (tmp_path / "test_it.py").write_text("def test_other():\n    assert True\n")
    done = bare("pytest", "-m", "peers", "-p", "no:cacheprovider", ".", cwd=tmp_path)
    assert done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED


PEER_IMPORT = r"^\s*(?:import|from) (?:torch|jax|sklearn|micrograd)\b"


def test_each_file_that_needs_a_peer_is_run_by_make_peers():
    (recipe,) = re.findall(r"pytest -m peers (.+)", (ROOT / "Makefile").read_text())
    run = {path for name in recipe.split() for path in ROOT.glob(f"{name}/**/*.py")}
    files = {path: path.read_text() for path in ROOT.glob("tests/**/*.py")}
    need = {path for path, text in files.items() if re.search(PEER_IMPORT, text, re.M)}
    marked = {path for path, text in files.items() if "pytest.mark.peers(" in text}
    marked.discard(Path(__file__))
    assert ROOT / "tests/sitebuild/evidence/test_peers.py" in need
    assert need <= marked <= run

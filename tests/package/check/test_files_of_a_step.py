"""Which files a step runs: its own, and those of its author, but no library's."""

import importlib
import sys
from functools import partial

import numpy as np
import pytest

from backprop_explained import sigmoid
from backprop_explained.check.line.watch import codes_run, files_of

files_run = lambda *calls: files_of(codes_run(*calls), *calls)

LAYERS = """\
import numpy as np


def forward(W):
    return np.tensordot(np.ones(3), W, 1)
"""
STEP = """\
from layers_of_a_step import forward


def step(W):
    return forward(W).sum()


def unused(W):
    return W


class Model:
    def step(self):
        return unused(1.0)
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of two files, and the module of one of them."""
    (tmp_path / "layers_of_a_step.py").write_text(LAYERS)
    (tmp_path / "own_step.py").write_text(STEP)
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path, importlib.import_module("own_step")
    for name in ("own_step", "layers_of_a_step"):
        sys.modules.pop(name)


def test_a_step_runs_its_own_file_and_those_that_it_calls(project):
    folder, module = project
    step = partial(module.step, np.ones((3, 2)))
    assert files_run(step) == {
        str(folder / "own_step.py"),
        str(folder / "layers_of_a_step.py"),
    }


def test_a_file_that_is_not_run_is_not_among_them(project):
    folder, module = project
    assert files_run(module.Model().step) == {str(folder / "own_step.py")}


def test_all_calls_are_watched(project):
    folder, module = project
    calls = module.Model().step, partial(module.step, np.ones((3, 2)))
    assert str(folder / "layers_of_a_step.py") in files_run(*calls)


def test_a_call_of_the_package_itself_counts_where_it_is_what_is_watched():
    (file,) = files_run(partial(sigmoid, 1.0))
    assert file.endswith("logistic.py")


def test_a_call_without_code_of_its_own_has_no_file():
    assert files_run(partial(max, 1, 2)) == set()

"""A bar on a terminal, nothing elsewhere, and no need of tqdm."""

import io
import itertools
import sys

import numpy as np
import pytest
import tqdm.std

from backprop_explained import Network, numerical_gradient, squared_error, train
from backprop_explained._progress import progress


@pytest.fixture
def shown(monkeypatch):
    """A function that runs another, each reading of the clock so many seconds later."""

    def run(task, *, terminal, seconds):
        ticks = itertools.count(0, seconds)
        output = io.StringIO()
        output.isatty = lambda: terminal
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stderr", output)
            patch.setattr(tqdm.std, "time", lambda: next(ticks))
            task()
        return output.getvalue()

    return run


def training():
    network = Network([[[0.5], [-1.0]]], [[0.0]])
    return train(network, [[1, 2]], [[1]], squared_error, 20, 1.0).costs


def differences():
    return numerical_gradient(lambda x: (x**2).sum(), np.ones(30))


TASKS = [
    (lambda: list(progress(range(5), "waiting")), "waiting", 5),
    (training, "training", 21),
    (differences, "central differences", 30),
]
each_task = pytest.mark.parametrize(("task", "name", "total"), TASKS)


@each_task
def test_a_terminal_shows_a_bar_for_a_long_loop(task, name, total, shown):
    text = shown(task, terminal=True, seconds=2)
    assert f"{name}: " in text
    assert f"/{total} " in text
    assert text.endswith(" \r")  # it leaves an empty line
    assert "\n" not in text


def test_the_bar_comes_after_one_second(shown):
    """The loop reads the clock six times: it takes 0.9 s, then 1.5 s."""
    task, name, _ = TASKS[0]
    assert name not in shown(task, terminal=True, seconds=0.15)
    assert name in shown(task, terminal=True, seconds=0.25)


@each_task
def test_a_terminal_shows_no_bar_for_a_short_loop(task, name, total, shown):
    assert name not in shown(task, terminal=True, seconds=0.1 / total)


@pytest.mark.parametrize("task", [task for task, _, _ in TASKS])
def test_elsewhere_nothing_is_shown(task, shown):
    assert shown(task, terminal=False, seconds=2) == ""


def test_without_tqdm_the_items_come_as_they_are(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)  # importing it now fails
    items = [1, 2, 3]
    assert progress(items, "waiting") is items


@pytest.mark.parametrize("task", [training, differences])
def test_results_are_the_same_without_tqdm(task, monkeypatch):
    with_tqdm = task()
    monkeypatch.setitem(sys.modules, "tqdm", None)
    assert (task() == with_tqdm).all()


def test_the_items_are_all_there_and_in_order():
    assert list(progress(range(5), "waiting")) == [0, 1, 2, 3, 4]
    assert list(progress(iter("abc"), "waiting")) == ["a", "b", "c"]

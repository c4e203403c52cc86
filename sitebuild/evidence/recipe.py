"""The files of *Test it in my project*, run as they are shown."""

import os
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

TEST = """\
import numpy as np
import pytest
from backprop_explained import check_gradients
from my_network import cost, gradients


@pytest.mark.parametrize("seed", range(3))
def test_gradients(seed):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(5, 3)), rng.random((5, 2))
    shapes = (3, 4), (4, 2)
    weights = [rng.normal(size=s) for s in shapes]
    check = check_gradients(
        lambda weights: cost(weights, x, y),
        weights,
        gradients(weights, x, y),
    )
    assert check, str(check)
"""

FIXED = """\
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_derivative_from_output(a):
    return a * (1 - a)


def gradients(weights, x, y):
    hidden = sigmoid(x @ weights[0])
    output = sigmoid(hidden @ weights[1])
    d2 = output - y
    d2 = d2 * sigmoid_derivative_from_output(output)
    d1 = d2 @ weights[1].T
    d1 = d1 * sigmoid_derivative_from_output(hidden)
    return [x.T @ d1, hidden.T @ d2]


def cost(weights, x, y):
    hidden = sigmoid(x @ weights[0])
    output = sigmoid(hidden @ weights[1])
    return 0.5 * np.sum((output - y) ** 2)
"""

MISTAKEN = FIXED.replace(
    """def sigmoid_derivative_from_output(a):
    return a * (1 - a)""",
    """def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))""",
).replace("sigmoid_derivative_from_output(", "sigmoid_derivative(")


def as_file(name: str, source: str, other: str = "") -> str:
    """A whole file as a fence; lines that the other version has not are marked."""
    known, lines = other.splitlines(), enumerate(source.splitlines(), 1)
    new = [str(number) for number, line in lines if other and line not in known]
    marked = f' hl_lines="{" ".join(new)}"' if new else ""
    return f'```py title="{name}"{marked}\n{source}```\n'


@cache  # the same code ends the same way
def run_recipe(network: str) -> str:
    """What pytest says of the recipe with this network: each verdict, and the count."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "my_network.py").write_text(network)
        Path(folder, "test_gradients.py").write_text(TEST)
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", folder],
            cwd=folder,
            env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    table = re.search(r"gradient check.*(?:\nE .*)*?(?=\nE +assert)", ended.stdout)
    verdict = re.sub(r"(?m)^E {7}", "", table[0]) + "\n...\n" if table else ""
    return verdict + ended.stdout.splitlines()[-1].partition(" in ")[0]

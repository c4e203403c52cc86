"""A script is judged where it stands: as its module."""

from types import ModuleType

import numpy as np
import pytest

from backprop_explained import check_step


def script_of(line):
    """A script as a module, with the line that updates its parameter."""
    module = ModuleType("script")
    source = f"""
import numpy as np
x, y = np.array([[0.0, 1.0], [1.0, 1.0]]), np.array([[1.0], [0.0]])
W, passes = np.array([[0.5], [-1.0]]), 0

def step():
    global W, passes
    passes = passes + 1
    {line}

def cost():
    return 0.5 * ((x @ W - y) ** 2).sum()
"""
    exec(source, vars(module))
    return module


@pytest.mark.parametrize("names", [(), ("W",)])
def test_a_script_can_be_handed_over_as_its_module(names):
    right = script_of("W = W - 0.1 * x.T @ (x @ W - y)")
    wrong = script_of("W -= 0.1 * x.T @ (x @ W - 2 * y)")
    for script, verdict in [(right, "right"), (wrong, "wrong")]:
        where = (script, *names) if names else script
        before = script.W.copy()
        check = check_step(script.step, script.cost, where, 0.1)
        assert (check.verdict, check.names) == (verdict, ("W",))
        assert np.array_equal(script.W, before)
        assert script.passes == 0

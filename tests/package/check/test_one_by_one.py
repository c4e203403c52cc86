"""Right updates after each example, read as one gradient."""

import numpy as np
import pytest

from backprop_explained import IDENTITY, Network, squared_error
from backprop_explained.check.given import Problem
from backprop_explained.check.numerical import FLOAT64
from backprop_explained.check.one_by_one import found_one_by_one

USUAL = [1.0, 0.5, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0001]


@pytest.mark.parametrize("step_size", USUAL)
def test_a_usual_step_size_is_found(step_size):
    network = Network([[[1.0]]], None, IDENTITY)
    problem = Problem(network, np.ones((2, 1)), np.zeros((2, 1)), squared_error, None)
    once = [np.array([[1 + (1 - step_size)]])]  # the weight is 1, and then less
    assert found_one_by_one(problem, once, FLOAT64) == step_size
    assert found_one_by_one(problem, [2.5 * once[0]], FLOAT64) is None

"""The activations that are tried where a network is known by its cost alone."""

import numpy as np
import pytest

from backprop_explained import numerical_gradient
from backprop_explained.check.recognised import KNOWN


@pytest.mark.parametrize("row", KNOWN, ids=lambda row: row.name)
def test_the_slopes_of_what_is_tried_are_those_of_its_function(row):
    low, high = max(row.domain[0], -3.0), min(row.domain[1], 3.0)
    z = low + (high - low) * np.array([0.06, 0.31, 0.44, 0.57, 0.83])
    slope = numerical_gradient(lambda z: row.function(z).sum(), z)
    np.testing.assert_allclose(row.derivative(z), slope, rtol=1e-6, atol=1e-9)
    if row.derivative_from_output:
        from_output = row.derivative_from_output(row.function(z))
        np.testing.assert_allclose(from_output, slope, rtol=1e-6, atol=1e-9)

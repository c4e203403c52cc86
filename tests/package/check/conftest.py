"""Networks that the tests of the diagnosis share."""

import numpy as np
import pytest

from backprop_explained import SIGMOID, random_network, squared_error
from sitebuild.evidence.diagnosis import STEP_SIZE, Case


@pytest.fixture(scope="module")
def wide():
    rng = np.random.default_rng(1)
    network = random_network([64, 32, 10], SIGMOID, rng)
    x, y = rng.normal(size=(32, 64)), rng.uniform(size=(32, 10))
    return Case(network, x, y, squared_error, STEP_SIZE)


@pytest.fixture
def small():
    """Layers of 3, 4 and 2, a batch of 5."""
    rng = np.random.default_rng(9)
    network = random_network([3, 4, 2], SIGMOID, rng)
    x, y = rng.normal(size=(5, 3)), rng.uniform(size=(5, 2))
    return Case(network, x, y, squared_error, STEP_SIZE)

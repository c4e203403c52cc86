"""Networks that the tests of the diagnosis share."""

import pytest
from diagnosed import drawn


@pytest.fixture(scope="module")
def wide():
    return drawn([64, 32, 10], 32, seed=1)


@pytest.fixture
def small():
    """Layers of 3, 4 and 2, a batch of 5."""
    return drawn([3, 4, 2], 5, seed=9)

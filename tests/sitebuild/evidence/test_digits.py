"""The record of Nielsen's network on digits, and a part of it run again."""

import numpy as np
import pytest
from networks import cost_of, gradient

from backprop_explained import check_gradients
from sitebuild.evidence.digits import EPOCHS, SEEDS, SIZES, recorded, run, start


def test_the_record_has_a_count_for_each_seed_and_epoch():
    counts = recorded()
    assert counts.shape == (len(SEEDS), EPOCHS + 1)
    assert counts.min() >= 0
    assert counts.max() <= 360
    assert (counts[:, -1] > counts[:, 0]).all()  # each start has learned something


@pytest.mark.peers("sklearn")
def test_the_first_epochs_of_the_record_come_out_again():
    assert run(seed=0, epochs=2) == recorded()[0, :3].tolist()


def test_the_gradient_of_the_network_agrees_with_central_differences():
    network = start(0)
    rng = np.random.default_rng(1)
    x, y = rng.random((2, SIZES[0])), np.eye(10)[[3, 7]]
    gradients = gradient(network, x, y).parameters
    assert check_gradients(cost_of(network, x, y), network.parameters, gradients).passed

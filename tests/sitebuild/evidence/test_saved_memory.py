"""What PyTorch keeps, as recorded, and counted again with PyTorch."""

import re

import pytest

from sitebuild.evidence.saved_memory import (
    BATCH,
    DEPTHS,
    MODULES,
    WIDTH,
    Saved,
    recorded,
    saved,
)
from sitebuild.figures.keeping import what_stays

with_pytorch = pytest.mark.peers("torch")
FROM_OUTPUT = {
    *("Sigmoid", "Tanh", "ReLU", "ReLU in place", "LeakyReLU in place", "ELU in place")
}


def test_the_record_counts_one_array_a_layer_or_two():
    record = recorded()
    assert list(record.saved) == list(MODULES)
    for name, row in record.saved.items():
        for depth in DEPTHS:
            arrays = depth + 1 if name in FROM_OUTPUT else 2 * depth
            assert row[depth] == Saved(arrays, arrays * WIDTH * BATCH * 4)


@with_pytorch
@pytest.mark.parametrize("name", MODULES)
def test_pytorch_keeps_what_the_record_says(name):
    for depth in (2, 10):
        assert saved(name, depth) == recorded().saved[name][depth]


@with_pytorch
def test_a_tensor_kept_twice_counts_once():
    import torch

    from sitebuild.evidence.saved_memory import _saved_by

    x = torch.ones(4, requires_grad=True)
    assert _saved_by(lambda: x * x.sin(), [x]) == Saved(1, 16)  # sin(x); x is left out
    assert _saved_by(lambda: (x * 2) ** 2 * 3, [x]).tensors == 1


@with_pytorch
def test_leaky_relu_in_place_refuses_a_slope_below_0():
    import torch

    z = torch.tensor([-1.0, 1.0], requires_grad=True)
    a = torch.nn.functional.leaky_relu(z * 1, -0.2, inplace=True)
    with pytest.raises(RuntimeError, match="negative slope"):
        a.sum().backward()


def test_the_figure_counts_as_pytorch_does():
    said = re.search(r"array of its own: (\d+) .* keeps (\d+)", what_stays())
    assert [*map(int, said.groups())] == [3 + 1, 2 * 3]

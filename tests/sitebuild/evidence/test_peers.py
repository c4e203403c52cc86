"""What the pages say of PyTorch, run with PyTorch; `make peers` installs it."""

from pathlib import Path

import numpy as np
import pytest

from backprop_explained import (
    SIGMOID,
    backward,
    forward,
    random_network,
    relative_error,
    squared_error,
)
from sitebuild.checks.fences import find_fences

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "check-my-gradients.md"

pytestmark = pytest.mark.peers("torch")


def test_the_block_of_the_page_gives_a_right_verdict():
    (block,) = [f.source for f in find_fences(PAGE.read_text()) if f.language == "py"]
    page = {}
    exec(compile(block, PAGE.name, "exec"), page)
    assert page["verdict"].passed
    assert len(page["verdict"].errors) == 2


def test_the_block_of_the_page_finds_a_mistake():
    (block,) = [f.source for f in find_fences(PAGE.read_text()) if f.language == "py"]
    page = {}
    mistaken = block.replace("p.grad.numpy()", "2 * p.grad.numpy()")
    assert mistaken != block
    exec(compile(mistaken, PAGE.name, "exec"), page)
    assert not page["verdict"].passed


def test_pytorch_has_the_same_gradients():
    import torch

    rng = np.random.default_rng(0)
    network = random_network([3, 5, 2], SIGMOID, rng)
    x, y = rng.normal(size=(7, 3)), rng.random((7, 2))
    leaves = [torch.tensor(p.copy(), requires_grad=True) for p in network.parameters]
    weights, biases = leaves[:2], leaves[2:]
    a = torch.tensor(x)
    for W, b in zip(weights, biases, strict=True):
        a = torch.sigmoid(a @ W + b)
    (((a - torch.tensor(y)) ** 2).sum() / 2).backward()
    ours = backward(network, forward(network, x), y, squared_error).parameters
    for leaf, own in zip(leaves, ours, strict=True):
        assert relative_error(own, leaf.grad.numpy()) < 1e-14

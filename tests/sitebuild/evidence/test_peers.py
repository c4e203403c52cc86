"""What the pages say of PyTorch, run with PyTorch; `make peers` installs it."""

from pathlib import Path

import numpy as np
import pytest
from networks import gradient

from backprop_explained import SIGMOID, random_network, relative_error
from sitebuild.checks.fences import find_fences

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "check-my-gradients.md"

pytestmark = pytest.mark.peers("torch")


def verdict(old="", new=""):
    """What the block of the page gives, with other code in one place of it."""
    (block,) = [f.source for f in find_fences(PAGE.read_text()) if f.language == "py"]
    assert old in block
    page = {}
    exec(compile(block.replace(old, new), PAGE.name, "exec"), page)
    return page["verdict"]


def test_the_block_of_the_page_gives_a_right_verdict():
    assert verdict().passed
    assert len(verdict().errors) == 2


def test_the_block_of_the_page_finds_a_mistake():
    assert not verdict("p.grad.numpy()", "2 * p.grad.numpy()").passed


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
    ours = gradient(network, x, y).parameters
    for leaf, own in zip(leaves, ours, strict=True):
        assert relative_error(own, leaf.grad.numpy()) < 1e-14

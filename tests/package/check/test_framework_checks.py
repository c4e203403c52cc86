"""Right and wrong gradients of PyTorch and JAX; `make peers` installs them."""

import copy

import numpy as np
import pytest

from backprop_explained.check.frameworks import check_function, check_module, check_tree

needs_torch = pytest.mark.peers("torch")
needs_jax = pytest.mark.peers("jax")


def own_sigmoid(slope):
    """A function with a backward of its own, in terms of the output and `dout`."""
    import torch

    class Own(torch.autograd.Function):
        @staticmethod
        def forward(ctx, z):
            a = 1 / (1 + torch.exp(-z))
            ctx.save_for_backward(a)
            return a

        @staticmethod
        def backward(ctx, dout):
            (a,) = ctx.saved_tensors
            return slope(a, dout)

    return Own


SLOPES = [
    (lambda a, dout: dout * a * (1 - a), True),
    (lambda a, dout: a * (1 - a) + 0 * dout, False),
    (lambda a, dout: dout * a.sigmoid() * (1 - a.sigmoid()), False),
    (lambda a, dout: dout, False),
    (lambda a, dout: 1.001 * dout * a * (1 - a), False),
]


@needs_torch
@pytest.mark.parametrize(("slope", "right"), SLOPES)
def test_a_backward_of_ones_own(slope, right):
    import torch

    torch.manual_seed(0)
    z = torch.randn(4, 3)
    before = z.clone()
    assert check_function(own_sigmoid(slope), z).passed == right
    assert torch.equal(z, before)
    assert not z.requires_grad


@needs_torch
@pytest.mark.parametrize(("slope", "right"), SLOPES)
def test_a_module_that_uses_it(slope, right):
    import torch

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.last = torch.nn.Linear(3, 4), torch.nn.Linear(4, 2)

        def forward(self, x):
            return self.last(own_sigmoid(slope).apply(self.first(x)))

    torch.manual_seed(0)
    net, x, y = Net(), torch.randn(5, 3), torch.randn(5, 2)
    before = copy.deepcopy(net.state_dict())
    state = torch.get_rng_state()
    check = check_module(net, torch.nn.functional.mse_loss, x, y)
    assert check.passed == right, str(check)
    assert all(torch.equal(v, before[k]) for k, v in net.state_dict().items())
    assert all(p.grad is None for p in net.parameters())
    assert torch.equal(torch.get_rng_state(), state)


@needs_torch
def test_what_pytorch_has_by_itself_is_right_with_dropout_too():
    import torch

    torch.manual_seed(0)
    net = torch.nn.Sequential(
        torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Dropout(0.5)
    )
    assert check_module(net, lambda a: (a**2).sum(), torch.randn(5, 3))


@needs_torch
def test_what_is_no_module_is_refused():
    import torch

    with pytest.raises(TypeError, match=r"must be a torch\.nn\.Module"):
        check_module(3, None)
    with pytest.raises(ValueError, match="give the input"):
        check_module(torch.nn.Linear(1, 1), None)
    with pytest.raises(ValueError, match="need a gradient"):
        check_module(torch.nn.Tanh(), torch.sum, torch.ones(1))
    with pytest.raises(ValueError, match="at least one tensor"):
        check_function(torch.sin, 3)


@needs_jax
def test_a_tree_of_jax():
    import jax
    from jax import numpy as jnp

    x = jnp.linspace(-1, 1, 12).reshape(4, 3)
    tree = {"W": jnp.full((3, 2), 0.3), "b": [jnp.array([0.1, -0.2])]}

    def cost(p):
        return (jax.nn.sigmoid(x @ p["W"] + p["b"][0]) ** 2).sum()

    right = jax.grad(cost)(tree)
    assert check_tree(cost, tree, right)
    wrong = {"W": right["W"], "b": [1.1 * right["b"][0]]}
    assert not check_tree(cost, tree, wrong)
    with pytest.raises(ValueError, match="structure"):
        check_tree(cost, tree, {"W": np.ones((3, 2))})

"""Ways to make the same training steps: NumPy, this package, PyTorch, JAX.

Each is a function of nothing that makes `steps` steps from one start, on the whole
batch, with sigmoid layers and the squared error in float64.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from backprop_explained import (
    SIGMOID,
    GradientCheck,
    Gradients,
    Network,
    backward,
    check_gradients,
    forward,
    random_network,
    sigmoid,
    squared_error,
    train,
)
from backprop_explained.notation import Array

STEP_SIZE = 1e-3
Contestant = Callable[[], Any]


class Size(NamedTuple):
    """The widths of a network, the examples in a batch, and whether it has biases."""

    widths: tuple[int, ...]
    batch: int
    biases: bool = True

    def __str__(self) -> str:
        return f"{'-'.join(map(str, self.widths))}, batch {self.batch}"


class Task(NamedTuple):
    """Where all contestants start, and on what they train."""

    network: Network
    x: Array
    y: Array

    @property
    def copies(self) -> tuple[list[Array], list[Array]]:
        """Weights and biases that may be written to."""
        Ws, bs = self.network.weights, self.network.biases
        return [W.copy() for W in Ws], [b.copy() for b in bs]


def task(size: Size) -> Task:
    """The task for a size of network, the same in every run."""
    rng = np.random.default_rng(0)
    network = random_network(size.widths, SIGMOID, rng, biases=size.biases)
    x = rng.normal(size=(size.batch, size.widths[0]))
    return Task(network, x, rng.random(size=(size.batch, size.widths[-1])))


def clear_step(Ws: list[Array], bs: list[Array], x: Array, y: Array) -> float:
    """The yardstick: one step as anyone writes it; the cost that it started from."""
    activations = [x]
    for W, b in zip(Ws, bs, strict=True):
        activations.append(1 / (1 + np.exp(-(activations[-1] @ W + b))))
    error = activations[-1] - y
    cost = 0.5 * (error**2).sum()
    gradients = []
    for layer in reversed(range(len(Ws))):
        a = activations[layer + 1]
        delta = error * a * (1 - a)
        gradients.append((layer, activations[layer].T @ delta, delta.sum(axis=0)))
        if layer > 0:
            error = delta @ Ws[layer].T
    for layer, dW, db in gradients:
        Ws[layer] -= STEP_SIZE * dW
        bs[layer] -= STEP_SIZE * db
    return float(cost)


def clear_numpy(task: Task, steps: int) -> tuple[list[Array], list[float]]:
    Ws, bs = task.copies
    costs = [clear_step(Ws, bs, task.x, task.y) for _ in range(steps)]
    return Ws + bs, costs


def package(task: Task, steps: int) -> tuple[list[Array], list[float]]:
    """`train`, which also checks what it is given and looks for numbers not finite."""
    network, costs = train(*task, squared_error, steps, STEP_SIZE)
    return network.parameters, costs.tolist()


def products(task: Task, steps: int) -> None:
    """The matrix products of the steps alone: nobody's step can take less."""
    Ws = task.network.weights
    activations = [task.x, *(np.zeros((len(task.x), W.shape[1])) for W in Ws)]
    for _ in range(steps):
        for layer, W in enumerate(Ws):
            activations[layer] @ W
        for layer in reversed(range(len(Ws))):
            activations[layer].T @ activations[layer + 1]
            if layer > 0:
                activations[layer + 1] @ Ws[layer].T


def pytorch(task: Task) -> Callable[[int], tuple[list[Any], list[float]]]:
    """PyTorch in eager mode, its gradient from `backward()`, on one thread."""
    import torch

    torch.set_num_threads(1)
    x, y = torch.from_numpy(task.x), torch.from_numpy(task.y)

    def run(steps: int) -> tuple[list[Any], list[float]]:
        Ws, bs = (
            [torch.from_numpy(array).requires_grad_() for array in arrays]
            for arrays in task.copies
        )
        costs = []
        for _ in range(steps):
            a = x
            for W, b in zip(Ws, bs, strict=True):
                a = torch.sigmoid(a @ W + b)
            cost = 0.5 * ((a - y) ** 2).sum()
            costs.append(cost.item())
            cost.backward()
            with torch.no_grad():
                for parameter in Ws + bs:
                    parameter -= STEP_SIZE * parameter.grad
                    parameter.grad = None
        return [p.detach().numpy() for p in Ws + bs], costs

    return run


def jax(task: Task) -> Callable[[int], tuple[list[Any], list[float]]]:
    """JAX, the whole step compiled, one call for each."""
    import jax

    jax.config.update("jax_enable_x64", True)
    step, start = _jax_step(task), jax.tree.map(jax.numpy.asarray, task.copies)

    def run(steps: int) -> tuple[list[Any], list[float]]:
        parameters, costs = start, []
        for _ in range(steps):
            parameters, cost = step(parameters)
            costs.append(float(cost))
        Ws, bs = parameters
        return [np.asarray(p) for p in Ws + bs], costs

    return run


def _jax_step(task: Task) -> Callable[[Any], tuple[Any, Any]]:
    """Parameters to those after a step, and the cost before it, compiled."""
    import jax

    x, y = jax.numpy.asarray(task.x), jax.numpy.asarray(task.y)

    def cost_of(parameters: tuple[list[Any], list[Any]]) -> Any:
        a = x
        for W, b in zip(*parameters, strict=True):
            a = jax.nn.sigmoid(a @ W + b)
        return 0.5 * ((a - y) ** 2).sum()

    @jax.jit
    def step(parameters: Any) -> tuple[Any, Any]:
        cost, gradients = jax.value_and_grad(cost_of)(parameters)
        moved = jax.tree.map(lambda p, g: p - STEP_SIZE * g, parameters, gradients)
        return moved, cost

    compiled: Callable[[Any], tuple[Any, Any]] = step
    return compiled


PEERS = {
    "PyTorch eager": ("torch", pytorch),
    "JAX, one jit call per step": ("jax", jax),
}
"""Name to the module that it needs, and what makes the contestant from a task."""


def single_calls(task: Task) -> dict[str, Contestant]:
    """One step of the yardstick, and what is called once for each verdict or value."""
    z = forward(task.network, task.x).zs[0]
    gradients = right(task).parameters
    return {
        "one plain step": partial(clear_step, *task.copies, task.x, task.y),
        "`forward` and `backward`": partial(right, task),
        "`sigmoid` of the first layer": partial(sigmoid, z),
        "`check_gradients`": partial(check, task, gradients),
    }


def check(task: Task, gradients: list[Array]) -> GradientCheck:
    return check_gradients(partial(cost, task), task.network.parameters, gradients)


def calls_of_a_check(task: Task) -> int:
    """How often a check of the right gradients asks for the cost."""
    return check(task, right(task).parameters).calls


def right(task: Task) -> Gradients:
    trace = forward(task.network, task.x)
    return backward(task.network, trace, task.y, squared_error)


def cost(task: Task, parameters: list[Array]) -> float:
    """The cost as a reader writes it for a check, without those of the package."""
    depth = len(task.network.weights)
    biases = parameters[depth:] or [0.0] * depth
    a = task.x
    for W, b in zip(parameters[:depth], biases, strict=True):
        a = 1 / (1 + np.exp(-(a @ W + b)))
    return float(0.5 * ((a - task.y) ** 2).sum())

"""A worksheet to print, with its answers apart: other numbers for every seed.

`python -m sitebuild.worksheet 7` prints both as Markdown; the answers come from the
package.
"""

import sys
from collections.abc import Callable
from random import Random
from typing import NamedTuple

import numpy as np

from backprop_explained import (
    ACTIVATIONS,
    IDENTITY,
    SIGMOID,
    Argument,
    Network,
    backward,
    derivative_argument,
    forward,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
    squared_error,
)
from backprop_explained.notation import Array


class Task(NamedTuple):
    """What is asked, and its answer, as Markdown."""

    asks: str
    answer: str


class Neuron(NamedTuple):
    """One neuron with one input, and what it should say."""

    x: float
    w: float
    b: float
    y: float

    def passes(self) -> "Passes":
        """What both passes compute."""
        network = Network([[[self.w]]], [[self.b]], activations=SIGMOID)
        trace, y = forward(network, [[self.x]]), [[self.y]]
        found = backward(network, trace, y, squared_error)
        numbers = (trace.zs[0], trace.output, found.weights[0], found.biases[0])
        return Passes(*(float(n.item()) for n in numbers))


class Passes(NamedTuple):
    """The numbers of one forward and one backward pass."""

    z: float
    a: float
    dw: float
    db: float


class Fork(NamedTuple):
    """A neuron with z = 0, which two linear outputs read; what these should say."""

    x: float
    weights: tuple[float, float]
    targets: tuple[float, float]

    def backward(self) -> tuple[list[float], float]:
        """The delta of each output, and the derivative with respect to w."""
        layers = [[[0.0]], [list(self.weights)]]
        network = Network(layers, [[0.0], [0.0, 0.0]], [SIGMOID, IDENTITY])
        trace, y = forward(network, [[self.x]]), [list(self.targets)]
        found = backward(network, trace, y, squared_error)
        return found.biases[1].tolist(), float(found.weights[0].item())


DERIVATIVES: list[tuple[str, str, Callable[[Array], Array]]] = [
    ("tanh", "1 - x**2", lambda x: 1 - x**2),
    ("tanh", "1 / cosh(x)**2", lambda x: 1 / np.cosh(x) ** 2),
    ("relu", "1 if x > 0 else 0", lambda x: np.heaviside(x, 0.0)),
    ("softplus", "1 - exp(-x)", lambda x: 1 - np.exp(-x)),
]
_ANSWERS = {
    Argument.PRE_ACTIVATION: "`z`",
    Argument.OUTPUT: "the output",
    Argument.EITHER: "either: both are above 0 at the same time",
}
_MISTAKEN = """\
```python
d2 = (a2 - y) * a2 * (1 - a2)
d1 = d2 * w2 * z1 * (1 - z1)
dw2 = a1 * d2
dw1 = x * d1
```"""


def neuron(seed: int) -> Neuron:
    """The neuron of a seed: one that is neither near 0 nor saturated."""
    rng = Random(seed)
    while True:
        x, w, b = (rng.choice([-1, 1]) * rng.randint(3, 20) / 10 for _ in range(3))
        if 0.5 < abs(x * w + b) < 2.5:
            return Neuron(x, w, b, float(rng.randint(0, 1)))


def fork(seed: int) -> Fork:
    """The fork of a seed: neither path is idle, and they do not cancel."""
    rng = Random(seed)
    while True:
        first, second = (rng.choice([-1, 1]) * rng.choice([4, 6, 8, 12]) for _ in "12")
        one = Fork(2.0, (first / 10, second / 10), (1.0, 0.0))
        deltas, dw = one.backward()
        if abs(first) != abs(second) and all(deltas) and abs(dw) > 0.05:
            return one


def tasks(seed: int) -> list[Task]:
    """The tasks of a seed, easiest first."""
    one = neuron(seed)
    found = one.passes()
    return [
        _forward(one, found),
        _derivatives(one, found),
        _two_functions(found),
        _kinds(),
        _two_paths(fork(seed)),
        _mistake(),
    ]


def _of(of: str, by: str) -> str:
    return f"\\partial {of}/\\partial {by}"


def _room(*names: str) -> str:
    return "\n\n" + " ".join(f"${name} =$\N{NO-BREAK SPACE}…………" for name in names)


def _forward(one: Neuron, found: Passes) -> Task:
    asks = (
        f"A neuron has $x = {one.x:g}$, $w = {one.w:g}$ and $b = {one.b:g}$.  With "
        "$z = wx + b$ and $a = 1/(1 + e^{-z})$, find $z$ and $a$ to four decimals."
    )
    answer = f"$z = {found.z:.4f}$, $a = {found.a:.4f}$"
    return Task(asks + _room("z", "a"), answer)


def _derivatives(one: Neuron, found: Passes) -> Task:
    asks = (
        f"It should say $y = {one.y:g}$, and $C = \\tfrac12 (a - y)^2$.  Find three "
        f"derivatives and multiply: what is ${_of('C', 'w')}$?  And ${_of('C', 'b')}$?"
    )
    slope = float(sigmoid_derivative_from_output(found.a))
    answer = (
        f"${_of('C', 'a')} = a - y = {found.a - one.y:.4f}$, ${_of('a', 'z')} = "
        f"a(1 - a) = {slope:.4f}$, ${_of('z', 'w')} = x = {one.x:g}$; "
        f"${_of('C', 'w')} = {found.dw:.4f}$, ${_of('C', 'b')} = {found.db:.4f}$"
    )
    return Task(asks + _room(_of("C", "a"), _of("a", "z"), _of("z", "w")), answer)


def _two_functions(found: Passes) -> Task:
    asks = (
        "Two programs find $\\partial a/\\partial z$, by `f(x) = x * (1 - x)` and by "
        "`g(x) = sigmoid(x) * (1 - sigmoid(x))`.  Call `f` with your $z$ and with your "
        "$a$: which is right?  What must `g` be given?"
    )
    f, g = sigmoid_derivative_from_output, sigmoid_derivative
    answer = (
        f"`f(a)` = {f(found.a):.4f} and `g(z)` = {g(found.z):.4f} are right: `f` takes "
        f"the output, `g` takes `z`.  `f(z)` = {f(found.z):.4f} is wrong, and so is "
        f"`g(a)` = {g(found.a):.4f}."
    )
    return Task(asks, answer)


def _two_paths(one: Fork) -> Task:
    (first, second), (y1, y2) = one.weights, one.targets
    (delta1, delta2), dw = one.backward()
    to1, to2, to_a, to_w = (_of("C", by) for by in ("o_1", "o_2", "a", "w"))
    asks = (
        f"A sigmoid neuron has the input $x = {one.x:g}$, the weight $w = 0$ and no "
        f"bias, so $a = \\tfrac12$.  Two outputs read it, $o_1 = {first:g}\\,a$ and "
        f"$o_2 = {second:g}\\,a$; these should say {y1:g} and {y2:g}.  $C$ is half "
        f"the sum of squares."
    )
    error = delta1 * first + delta2 * second
    answer = (
        f"${to1} = {delta1:.4f}$ and ${to2} = {delta2:.4f}$.  What comes back on both "
        f"paths is added: ${to_a} = {delta1 * first:.4f} {delta2 * second:+.4f} = "
        f"{error:.4f}$.  Times the slope at 0 and the input, "
        f"${to_w} = \\tfrac14 \\cdot {one.x:g} \\cdot ({error:.4f}) = {dw:.4f}$."
    )
    return Task(asks + _room(to1, to2, to_a, to_w), answer)


def _kinds() -> Task:
    rows = [
        (name, text, derivative_argument(function, ACTIVATIONS[name]).argument)
        for name, text, function in DERIVATIVES
    ]
    head = "| activation | its derivative as a function of x | x is |\n|---|---|---|\n"
    asked = "".join(f"| {name} | `{text}` | |\n" for name, text, _ in rows)
    told = "".join(
        f"| {name} | `{text}` | {_ANSWERS[it]} |\n" for name, text, it in rows
    )
    asks = (
        "What is to be passed: `z`, the output or either?  "
        f"Softplus: $\\ln(1 + e^z)$.\n\n{head}"
    )
    return Task(asks + asked, f"To be passed is:\n\n{head}{told}")


def _mistake() -> Task:
    asks = (
        "One sigmoid neuron reads `x`, another reads the first.  One line of this "
        f"backward pass is wrong.  Which line, and what should it be?\n\n{_MISTAKEN}"
    )
    answer = (
        "The second: `z1 * (1 - z1)` is a formula for the output, given `z1`.  "
        "It should be `d1 = d2 * w2 * a1 * (1 - a1)`."
    )
    return Task(asks, answer)


def _listed(texts: list[str]) -> str:
    """A numbered list as Markdown."""
    lines = [
        f"{at}. " + text.strip().replace("\n", "\n    ")
        for at, text in enumerate(texts, 1)
    ]
    return "\n\n".join(lines) + "\n"


def sheet(seed: int) -> str:
    """The tasks as Markdown."""
    return _listed([task.asks for task in tasks(seed)])


def answers(seed: int) -> str:
    """The answers as Markdown."""
    return _listed([task.answer for task in tasks(seed)])


if __name__ == "__main__":
    chosen = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    print(f"# Worksheet {chosen}\n\n{sheet(chosen)}\n\n# Answers\n\n{answers(chosen)}")

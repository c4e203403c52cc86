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
        (a,) = trace.activations[1:]
        numbers = (trace.zs[0], a, found.weights[0], found.biases[0])
        return Passes(*(float(n.item()) for n in numbers), squared_error(a, y))


class Passes(NamedTuple):
    """The numbers of one forward and one backward pass."""

    z: float
    a: float
    dw: float
    db: float
    cost: float


DERIVATIVES: list[tuple[str, str, Callable[[Array], Array]]] = [
    ("tanh", "1 - x**2", lambda x: 1 - x**2),
    ("tanh", "1 / cosh(x)**2", lambda x: 1 / np.cosh(x) ** 2),
    ("relu", "1 if x > 0 else 0", lambda x: np.heaviside(x, 0.0)),
    ("softplus", "1 - exp(-x)", lambda x: 1 - np.exp(-x)),
    ("exp", "x", lambda x: x),
    ("square", "2 * x", lambda x: 2 * x),
]
_ANSWERS = {
    Argument.PRE_ACTIVATION: "`z`",
    Argument.OUTPUT: "the output",
    Argument.EITHER: "either: both are above 0 at the same time",
}
_MISTAKEN = """\
```python
d2 = (a2 - y) * a2 * (1 - a2)
d1 = (d2 @ W2.T) * z1 * (1 - z1)
dW2 = a1.T @ d2
dW1 = x.T @ d1
```"""


def neuron(seed: int) -> Neuron:
    """The neuron of a seed: one that is neither near 0 nor saturated."""
    rng = Random(seed)
    while True:
        x, w, b = (rng.choice([-1, 1]) * rng.randint(3, 20) / 10 for _ in range(3))
        if 0.5 < abs(x * w + b) < 2.5:
            return Neuron(x, w, b, float(rng.randint(0, 1)))


def tasks(seed: int) -> list[Task]:
    """The tasks of a seed, easiest first."""
    one = neuron(seed)
    found = one.passes()
    return [
        _forward(one, found),
        _derivatives(one, found),
        _two_functions(found),
        _kinds(),
        _step(one, found),
        _mistake(),
    ]


def _forward(one: Neuron, found: Passes) -> Task:
    asks = (
        f"A neuron has the input $x = {one.x:g}$, the weight $w = {one.w:g}$ and the "
        f"bias $b = {one.b:g}$.  It should say $y = {one.y:g}$.  With $z = wx + b$, "
        "$a = 1/(1 + e^{-z})$ and $C = \\tfrac12 (a - y)^2$, find $z$, $a$ and $C$ to "
        "four decimals."
    )
    answer = f"$z = {found.z:.4f}$, $a = {found.a:.4f}$, $C = {found.cost:.4f}$"
    return Task(asks, answer)


def _derivatives(one: Neuron, found: Passes) -> Task:
    asks = (
        "Find $\\partial C/\\partial a$, $\\partial a/\\partial z$ and "
        "$\\partial z/\\partial w$, and multiply them: what is "
        "$\\partial C/\\partial w$?  And $\\partial C/\\partial b$?"
    )
    slope = float(sigmoid_derivative_from_output(found.a))
    answer = (
        f"$\\partial C/\\partial a = a - y = {found.a - one.y:.4f}$, "
        f"$\\partial a/\\partial z = a(1 - a) = {slope:.4f}$, "
        f"$\\partial z/\\partial w = x = {one.x:g}$; "
        f"$\\partial C/\\partial w = {found.dw:.4f}$, "
        f"$\\partial C/\\partial b = {found.db:.4f}$"
    )
    return Task(asks, answer)


def _two_functions(found: Passes) -> Task:
    asks = (
        "Two programs compute $\\partial a/\\partial z$ by a function of one argument: "
        "`f(x) = x * (1 - x)` and `g(x) = sigmoid(x) * (1 - sigmoid(x))`.  Evaluate "
        "both at your $z$ and at your $a$.  Which two of the four are right, and what "
        "has each function to be given?"
    )
    f, g = sigmoid_derivative_from_output, sigmoid_derivative
    answer = (
        f"`f(a)` = {f(found.a):.4f} and `g(z)` = {g(found.z):.4f} are right: `f` takes "
        f"the output, `g` takes `z`.  `f(z)` = {f(found.z):.4f} and `g(a)` = "
        f"{g(found.a):.4f} are wrong."
    )
    return Task(asks, answer)


def _step(one: Neuron, found: Passes) -> Task:
    asks = (
        "Take one step of gradient descent with the step size 1: what are the new "
        "$w$ and $b$?  What is $C$ now: is it smaller?"
    )
    moved = one._replace(w=one.w - found.dw, b=one.b - found.db)
    cost = moved.passes().cost
    answer = (
        f"$w = {moved.w:.4f}$, $b = {moved.b:.4f}$, $C = {cost:.4f}$; it was "
        f"{found.cost:.4f}, so it is {'smaller' if cost < found.cost else 'larger'}."
    )
    return Task(asks, answer)


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
        "What has to be passed: `z`, the output, or does either do?  "
        f"Softplus is $\\ln(1 + e^z)$.\n\n{head}"
    )
    return Task(asks + asked, f"To be passed is:\n\n{head}{told}")


def _mistake() -> Task:
    asks = (
        "One line of this backward pass is wrong; all units are sigmoids, and rows are "
        f"examples.  Which line, and what should it be?\n\n{_MISTAKEN}"
    )
    answer = (
        "The second: `z * (1 - z)` is a formula for the output that is given `z`.  "
        "It should be `d1 = (d2 @ W2.T) * a1 * (1 - a1)`."
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

"""What computes the numbers of docstrings, beside the names of the modules."""

import inspect
import tempfile
from contextlib import redirect_stderr, redirect_stdout, suppress
from functools import cache, partial
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import mpmath
import numpy as np

from backprop_explained import (
    activations,
    catalogue,
    costs,
    logistic,
    network,
    training,
)
from backprop_explained.__main__ import main
from backprop_explained.check import (
    arrays,
    asking,
    derivative,
    in_turn,
    mistakes,
    numerical,
    probes,
    slope,
    step,
)
from backprop_explained.check.gradient import check_gradients
from backprop_explained.check.line.source import Source
from backprop_explained.check.line.suspects import Suspects
from backprop_explained.check.noise import estimate_noise
from backprop_explained.check.numbers import INPUTS
from backprop_explained.check.numerical import numerical_gradient
from sitebuild.checks.counting import in_file, listed
from sitebuild.evidence import experiments
from sitebuild.evidence.sources import sources

TAIL, ONE_SIDED = 0.05, 1e-3


def calls_of_a_direction():
    """How many more calls a check makes for one more direction, without any fault."""
    return counted((5,)) - counted((4,))


def counted(directions):
    parameters, calls = [np.linspace(0.1, 1.0, 40)], []
    cost = lambda p: calls.append(1) or float(np.sin(p[0]).sum())
    before, asking.DIRECTIONS = asking.DIRECTIONS, directions
    try:
        assert check_gradients(cost, parameters, [np.cos(parameters[0])]).passed
    finally:
        asking.DIRECTIONS = before
    return len(calls)


def calls_of_differences(step):
    """How many calls the differences of three entries make, per entry."""
    calls = []
    numerical_gradient(lambda x: calls.append(1) or (x**2).sum(), np.ones(3), step)
    return len(calls) / 3


@cache
def noise_estimates():
    """What 2,000 estimates of normal noise of size 1 say, as the docstring has it."""
    rng = np.random.default_rng(1)
    found = np.array([estimate_noise(lambda t: rng.normal()) for _ in range(2000)])
    low, high = np.quantile(found, [TAIL, 1 - TAIL])
    inside = 100 * ((low <= found) & (found <= high)).mean()
    rare = round(1 / (found < 1 / 8).mean(), -1)
    return [len(found), inside, low, high, rare, 1 / 8]


def root(function, low, high):
    """Where a function that changes its sign is 0, by halving."""
    for _ in range(60):
        middle = (low + high) / 2
        same = (function(middle) > 0) == (function(low) > 0)
        low, high = (middle, high) if same else (low, middle)
    return low


def beyond(deviations, freedom):
    """Once in how many times a number of Student's distribution is so far from 0."""
    x = freedom / (freedom + deviations**2)
    return 1 / float(mpmath.betainc(freedom / 2, 0.5, 0, x, regularized=True))


def one_sided_error(step=ONE_SIDED):
    """The largest relative error of a one-sided difference of tanh, for |z| up to 5."""
    z = np.linspace(-5, 5, 2001)
    difference = (np.tanh(z + step) - np.tanh(z)) / step
    return np.abs(difference * np.cosh(z) ** 2 - 1).max()


def accepts(function, *arguments):
    with suppress(ValueError, IndexError):
        function(*arguments)
        return True
    return False


def not_above(function):
    """The largest number that is refused, of those that are not above another."""
    return max(v for v in (-1.0, 0.0, 1e-6, 1.0) if not accepts(function, v))


def least(function):
    """The smallest whole number that is accepted."""
    return next(n for n in range(-3, 9) if accepts(function, n))


def between(function):
    """The smallest and the largest number that are accepted."""
    taken = [v for v in np.arange(-2.0, 3.0, 0.25) if accepts(function, v)]
    return [taken[0], taken[-1]]


def avoided(values):
    """The middle of the widest gap between these numbers, to one decimal."""
    values = np.sort(np.ravel(values))
    widest = np.diff(values).argmax()
    return abs(round(values[widest : widest + 2].mean(), 1))


def exit_codes():
    """How the program ends for right, for wrong and for unreadable numbers."""
    z = np.array(INPUTS)
    found = []
    texts = [f"{list(logistic.sigmoid_derivative(z))}", f"{list(3 + z)}", "nothing"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "numbers"
        for text in texts:
            path.write_text(text.replace("np.float64", "").strip("[]"))
            with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
                found.append(main([str(path)]))
    return found


def slope_at(name, z):
    """What a row of the catalogue has for its slope at one number, without a sign."""
    row, z = catalogue.ACTIVATIONS[name], np.array([z])
    return abs(row.slope(z, row.function(z))).item()


def percent_noticed():
    """The smallest error in whole percent that makes a derivative wrong."""

    def is_right(error):
        off = lambda z: (1 + error) * logistic.sigmoid_derivative(z)
        verdict = derivative.derivative_argument(off, activations.SIGMOID)
        return verdict.argument == derivative.Argument.PRE_ACTIVATION

    assert is_right(0.001)
    return next(p for p in range(1, 9) if not is_right(p / 100))


def first_place():
    """Line and column of the first thing in a source."""
    source = Source("x = 2", "nowhere.py")
    return source.place(source.tree.body[0])[1:3]


def points_of_noise():
    """Where the noise of a function is measured."""
    asked = []
    estimate_noise(lambda t: asked.append(t) or t)
    return asked


def doubts():
    """How suspect a place is where wrong gradients hang on it alone, and where not."""
    judge = SimpleNamespace(wrong={5}, _acts_on=lambda source, node: frozenset(node))
    return [Suspects.allows(judge, None, (acts,)) for acts in ({5}, {5, 6})]


def check_step_of(size):
    """Judge a right step, said to have this size."""
    w = np.array([3.0])
    descend = lambda: np.multiply(w, 0.75, out=w)
    return step.check_step(descend, lambda: float(w @ w) / 2, [w], size)


def unit_slope():
    """The slope for which a step is as long as its size."""
    start = network.Network([[[0.0]]])

    def moved(slope):
        gradients = network.Gradients([np.array([[slope]])], [])
        return -training.descend(start, gradients, 0.25).weights[0].item()

    return next(k for k in (4.0, 2.0, 1.0, 0.5) if moved(k) == 0.25)


def costs_after(steps):
    """The costs of a training."""
    start = network.Network([[[0.0]]])
    return training.train(start, [[1]], [[1]], costs.squared_error, steps, 1.0).costs


def sum_of_targets():
    """The sum of a row for which softmax minus target is the slope."""
    slope, z = costs.softmax_cross_entropy.slope, np.zeros((1, 2))
    # of the second entry: its target is 0, and softmax gives a half
    found = {k: slope(z, np.array([[k, 0]]))[0, 1] for k in (2.0, 1.0, 0.0)}
    return next(k for k, second in found.items() if second == 0.5)


FUNCTIONS = (
    *(accepts, avoided, between, beyond, calls_of_a_direction, calls_of_differences),
    check_step_of,
    *(costs_after, doubts, exit_codes, first_place, least, noise_estimates, not_above),
    *(one_sided_error, percent_noticed, points_of_noise, root, slope_at),
    *(sum_of_targets, unit_slope),
)
MODULES = (activations, arrays, asking, costs, in_turn, mistakes, numerical)
HELPERS = {
    **{function.__name__: function for function in FUNCTIONS},
    **{m.__name__.rpartition(".")[2]: m for m in (*MODULES, probes, slope)},
    "np": np,
    "signature": inspect.signature,
    "in_file": in_file,
    "listed": partial(listed, ""),
    "ACTIVATIONS": catalogue.ACTIVATIONS,
    "squared_error": costs.squared_error,
    "experiments": experiments,
    "year": lambda name: sources()[name].fields["year"],
    "TAIL": TAIL,
}

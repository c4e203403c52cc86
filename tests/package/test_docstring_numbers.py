"""Each number in a docstring of the package is computed, in a table beside this."""

import ast
import importlib
import inspect
import pkgutil
import re
from contextlib import suppress
from functools import cache, partial
from itertools import pairwise
from pathlib import Path

import mpmath
import numpy as np
import pytest

import backprop_explained
from backprop_explained import activations, catalogue, costs
from backprop_explained.check import arrays, asking, closeness, in_turn, probes, slope
from backprop_explained.check.gradient import check_gradients
from backprop_explained.check.noise import estimate_noise
from backprop_explained.check.numerical import numerical_gradient
from sitebuild.checks.claims import claim_problems, claimed, parse
from sitebuild.checks.counting import in_file, listed
from sitebuild.checks.numerals import numbers
from sitebuild.checks.order import out_of_order
from sitebuild.checks.prose import bare
from sitebuild.checks.structure import without
from sitebuild.evidence import experiments

TABLE = Path(__file__).with_name("docstring_numbers.txt").read_text("utf-8")
CLAIMS = {
    part.partition("\n")[0]: part.partition("\n")[2]
    for part in re.split(r"^## ", TABLE, flags=re.M)[1:]
}
MODULES = [
    "backprop_explained",
    *(
        found.name
        for found in pkgutil.walk_packages(
            backprop_explained.__path__, "backprop_explained."
        )
    ),
]


TAIL = 0.05
ONE_SIDED = 1e-3


def docstrings(name):
    """The docstrings of a module, its functions and its classes, as prose."""
    module = importlib.import_module(name)
    found, waiting = attribute_docstrings(module), [module]
    while waiting:
        thing = waiting.pop()
        found.append(inspect.cleandoc(thing.__doc__ or ""))
        waiting += [
            value
            for key, value in vars(thing).items()
            if not key.startswith("_") or key == "__call__"
            if inspect.isfunction(value) or inspect.isclass(value)
            if value.__module__ == name and value is not thing
        ]
    return bare(without("\n\n".join(found), "doctest"))


def attribute_docstrings(module):
    """The string below each assignment of a module."""
    body = ast.parse(Path(module.__file__).read_text("utf-8")).body
    return [
        inspect.cleandoc(text.value.value)
        for statement, text in pairwise(body)
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
    ]


def uncovered(claims, text):
    """The numbers of a text that no claim is about."""
    spans = claimed(claims, text)
    return [said for _, said in out_of_order(text)] + [
        f"{number.text} in {text[max(0, number.start - 40) : number.end + 30]!r}"
        for number in numbers(text)
        if not any(a <= number.start and number.end <= b for a, b in spans)
    ]


def calls_of_a_direction():
    """How many more calls a check makes for one more direction, without any fault."""
    return counted((5,)) - counted((4,))


def counted(directions):
    parameters, calls = [np.linspace(0.1, 1.0, 40)], []

    def cost(p):
        calls.append(1)
        return float(np.sin(p[0]).sum())

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
    with suppress(ValueError):
        function(*arguments)
        return True
    return False


HELPERS = {
    "np": np,
    "signature": inspect.signature,
    "in_file": in_file,
    "listed": partial(listed, ""),
    "ACTIVATIONS": catalogue.ACTIVATIONS,
    "squared_error": costs.squared_error,
    **{m.__name__.rpartition(".")[2]: m for m in (activations, arrays, asking)},
    **{m.__name__.rpartition(".")[2]: m for m in (closeness, in_turn, probes, slope)},
    "calls_of_a_direction": calls_of_a_direction,
    "calls_of_differences": calls_of_differences,
    "noise_estimates": noise_estimates,
    "root": root,
    "beyond": beyond,
    "one_sided_error": one_sided_error,
    "experiments": experiments,
    "TAIL": TAIL,
    "ONE_SIDED": ONE_SIDED,
    "accepts": accepts,
}


def names_in(module):
    return {**HELPERS, **vars(importlib.import_module(module))}


@pytest.mark.parametrize("module", MODULES)
def test_each_number_of_the_docstrings_is_computed(module):
    text = docstrings(module)
    claims, _ = parse(CLAIMS.get(module, ""))
    problems = [said for _, said in claim_problems(claims, text, names_in(module))]
    assert not problems + uncovered(claims, text)


def test_the_table_has_no_other_modules():
    assert set(CLAIMS) <= set(MODULES)
    assert len(MODULES) > 40


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("along four directions", "along five directions"),
        ("up to 16 entries", "up to 17 entries"),
        ("once in 300 times", "once in 200 times"),
        ("up to 16 in many", "up to 18 in many"),
    ],
)
def test_another_number_is_found(right, wrong):
    module = "backprop_explained.check.gradient"
    text = docstrings(module)
    assert right in text
    claims, _ = parse(CLAIMS[module])
    text = text.replace(right, wrong)
    assert uncovered(claims, text)
    assert [said for _, said in claim_problems(claims, text, names_in(module))]


def test_another_constant_is_found():
    module = "backprop_explained.check.gradient"
    claims, _ = parse(CLAIMS[module])
    names = names_in(module) | {"arrays": type("other", (), vars(arrays) | {"FEW": 17})}
    said = [said for _, said in claim_problems(claims, docstrings(module), names)]
    assert said == ["'up to 16 entries' is said, but arrays.FEW is 17"]

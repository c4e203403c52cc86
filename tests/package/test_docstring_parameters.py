"""The parameters in docstrings are those of the function, and optional where it is."""

import inspect
import re

import pytest
from modules import MODULES

from backprop_explained import numerical_gradient

FUNCTIONS = {
    f"{module.__name__}.{name}": function
    for module in MODULES.values()
    for name, function in vars(module).items()
    if inspect.isfunction(function) and function.__module__ == module.__name__
    if "Parameters\n---" in (inspect.getdoc(function) or "")
}


def documented(text):
    """Names and types under Parameters, in order."""
    said = text.partition("Parameters\n")[2]
    said = re.split(r"\n(?=\w[\w ]*\n-{3,}\n)", said)[0]
    return {
        name: kind
        for names, kind in re.findall(r"(?m)^\*{0,2}([\w, ]+) : (.*)$", said)
        for name in names.split(", ")
    }


def problems(text, signature):
    """What a docstring says of parameters and is not so."""
    said, parameters = documented(text), signature.parameters
    found = [f"no parameter {name}" for name in said if name not in parameters]
    if [name for name in parameters if name in said] != [*said]:
        found.append(f"they come as {', '.join(parameters)}")
    for name in said.keys() & parameters.keys():
        default = parameters[name].default
        if ("optional" in said[name]) != (default is None):
            found.append(f"{name} is {default!r} where it is left out")
    return found


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_said_of_parameters_is_so(name):
    function = FUNCTIONS[name]
    text, signature = inspect.getdoc(function), inspect.signature(function)
    assert documented(text)
    assert problems(text, signature) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("step : float, optional", "step : float"),
        ("f : callable", "f : callable, optional"),
        ("x : array_like", "y : array_like"),
        ("step : float", "stepsize : float"),
    ],
)
def test_another_parameter_is_found(right, wrong):
    text, signature = inspect.getdoc(numerical_gradient), inspect.signature
    assert right in text
    assert problems(text.replace(right, wrong), signature(numerical_gradient))

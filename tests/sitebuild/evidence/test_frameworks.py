"""What the libraries do, run again and compared with the record."""

import importlib.util
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

from backprop_explained import sigmoid_derivative, sigmoid_derivative_from_output
from sitebuild.evidence.frameworks import (
    FAR,
    PACKAGES,
    autograd_reads,
    measure,
    recorded,
)
from sitebuild.evidence.jax_rules import jax_rule
from sitebuild.evidence.rules import RULES
from sitebuild.evidence.torch_rules import saved, what_it_is

EVERYTHING = pytest.mark.peers("torch", "jax", "sklearn", "micrograd")
PROJECT = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text())


def differences(one, other, path="record"):
    """Where two records differ; numbers may, by what another machine rounds."""
    if isinstance(one, float) and isinstance(other, float):
        single = "float32" in path
        same = np.isclose(one, other, rtol=1e-6 if single else 1e-13, atol=0)
        return [] if same else [f"{path}: {one} and {other}"]
    if type(one) is not type(other):
        return [f"{path}: {one} and {other}"]
    if isinstance(one, dict | list):
        ours, theirs = dict(numbered(one, path)), dict(numbered(other, path))
        missing = [f"{key}: in one alone" for key in ours.keys() ^ theirs.keys()]
        shared = [key for key in ours if key in theirs]
        inner = [d for key in shared for d in differences(ours[key], theirs[key], key)]
        return missing + inner
    return [] if one == other else [f"{path}: {one} and {other}"]


def numbered(value, path):
    if isinstance(value, list):
        return ((f"{path}[{place}]", item) for place, item in enumerate(value))
    dtype = f"({value['dtype']})" if "dtype" in value else ""
    return ((f"{path}{dtype}.{name}", item) for name, item in value.items())


@EVERYTHING
def test_the_record_comes_out_again():
    assert differences(measure(), recorded()) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": "the input"}, {"a": "the output"}),
        ({"a": 1.0}, {"a": 1.0 + 1e-12}),
        ({"dtype": "float32", "a": 1.0}, {"dtype": "float32", "a": 1.0 + 1e-5}),
        ({"a": 0.0}, {"a": 1e-300}),
        ({"a": 1.0}, {}),
        ({"a": [1.0]}, {"a": [1.0, 2.0]}),
        ({"a": True}, {"a": 1.0}),
        ({"a": {"b": "x"}}, {"a": {"b": "y"}}),
    ],
)
def test_a_changed_record_is_found(one, other):
    assert differences(one, other)
    assert differences(other, one)
    assert differences(one, one) == []


def test_rounding_is_no_difference():
    assert differences({"a": 1.0}, {"a": 1.0 + 1e-15}) == []
    single = {"dtype": "float32", "a": 1.0}
    assert differences(single, single | {"a": 1.0 + 1e-7}) == []


def test_the_versions_are_those_that_make_peers_installs():
    extra = PROJECT["project"]["optional-dependencies"]["peers"]
    pinned = dict(requirement.split("==") for requirement in extra)
    versions = recorded()["versions"]
    assert set(versions) == {*PACKAGES}
    assert pinned == {name: versions[name] for name in pinned}
    assert versions.keys() - pinned.keys() == {"autograd"}  # in the extra test


# Oracles: this package, and literals


def test_scikit_learn_agrees_with_the_derivative_from_the_output():
    record = recorded()["scikit-learn"]
    z = np.array(record["z"])
    np.testing.assert_allclose(record["handed a"], sigmoid_derivative(z), rtol=1e-14)
    misread = sigmoid_derivative_from_output(z)
    np.testing.assert_array_equal(record["handed z"], misread)
    assert (np.array(record["handed z"]) != sigmoid_derivative(z)).all()


def test_out_there_a_is_1_in_its_float_so_that_nothing_is_left_of_1_minus_a():
    for row in recorded()["far"]:
        z = np.dtype(row["dtype"]).type(row["z"])
        a = np.tanh(z) if row["function"] == "tanh" else 1 / (1 + np.exp(-z))
        assert a.dtype == row["dtype"]
        assert a == 1
        assert row["PyTorch"] == row["JAX"] == 0


def test_the_exact_far_slopes():
    exact = {row["z"]: row["exact"] for row in recorded()["far"]}
    assert exact.keys() == set(FAR.values())
    assert exact[40.0] == pytest.approx(float(sigmoid_derivative(40)), rel=1e-14)
    assert exact[17.0] == pytest.approx(float(sigmoid_derivative(17)), rel=1e-14)
    assert exact[20.0] == pytest.approx(1 / np.cosh(20) ** 2, rel=1e-14)
    assert exact[10.0] == pytest.approx(1 / np.cosh(10) ** 2, rel=1e-14)


def test_two_inputs_have_one_output_and_two_slopes():
    record = recorded()["PyTorch"]["leaky_relu"]
    assert record["z"] == [2, -10]
    assert record["a"] == [2, 2]
    assert record["out of place"] == [1, -0.2]
    assert "negative slope which is not supported" in record["in place"]


# The tools that looked


@pytest.mark.peers("torch")
def test_saved_tensors_are_told_apart():
    import torch

    class Cube(torch.autograd.Function):
        @staticmethod
        def forward(context, z):
            context.save_for_backward(z * 3)
            return z**3

    assert saved(torch.sin, [0.5]) == {"self": "the input"}
    assert saved(torch.exp, [0.5]) == {"result": "the output"}
    assert saved(torch.sin_, [0.5]) == {"self": "a copy of the input"}
    assert saved(Cube.apply, [0.5]) == {}  # hidden in a tuple, so not claimed


@pytest.mark.peers("torch")
def test_a_tensor_that_is_neither_is_called_something_else():
    import torch

    z, a = torch.tensor([1.0]), torch.tensor([2.0])
    assert what_it_is(torch.tensor([3.0]), z, z, a) == "something else"
    assert what_it_is(torch.tensor([1.0]), z, z, a) == "a copy of the input"


@pytest.mark.peers("jax")
def test_the_formula_of_a_product_names_both():
    import jax

    @jax.custom_jvp
    def cube(z):
        return z * z * z

    cube.defjvps(lambda g, ans, z: g * 3 * ans / z)
    assert jax_rule(cube)["reads"] == ["z", "a"]


def test_a_rule_of_autograd_that_reads_both_is_seen():
    from autograd.extend import defvjp, primitive

    both, neither = primitive(lambda x: x**3), primitive(lambda x: 2 * x)
    defvjp(both, lambda ans, x: lambda g: g * 3 * ans / x)
    defvjp(neither, lambda ans, x: lambda g: g * 2)
    assert autograd_reads(both, 0.7) == ["ans", "x"]
    assert autograd_reads(neither, 0.7) == []


# What was read

COPIES = {
    "tools/autograd/derivatives.yaml": "- name: sigmoid(Tensor self) -> Tensor",
    "jax/_src/lax/lax.py": "logistic_p,",
    "jax/_src/nn/functions.py": "relu.defjvps(",
    "autograd/scipy/special.py": "defvjp(expit,",
    "autograd/numpy/numpy_vjps.py": "defvjp(anp.tanh,",
    "sklearn/neural_network/_base.py": "def inplace_logistic_derivative(Z, delta):",
    "micrograd/engine.py": "self.grad += (out.data > 0)",
}


@EVERYTHING
@pytest.mark.parametrize("path", COPIES)
def test_a_cited_line_of_an_installed_package_says_what_it_should(path):
    installed = path.replace("tools/autograd", "torchgen/packaged/autograd")
    package, _, inner = installed.partition("/")
    (file,) = [f for source in RULES for f in source.links() if f"/{path}#" in f]
    line = int(file.rpartition("#L")[2])
    folder = Path(importlib.util.find_spec(package).submodule_search_locations[0])
    cited = (folder / inner).read_text().splitlines()[line - 1]
    assert cited.strip().startswith(COPIES[path])


@EVERYTHING
def test_the_cited_commits_are_those_of_the_installed_packages():
    import jax.version
    import torch

    cited = {source.project: source.files[0].commit for source in RULES}
    assert cited["PyTorch"] == torch.version.git_version
    assert cited["JAX"] == jax.version._git_hash
    assert cited["scikit-learn"] == recorded()["versions"]["scikit-learn"]


def test_every_source_has_a_commit():
    commits = [file.commit for source in RULES for file in source.files]
    links = [link for source in RULES for link in source.links()]
    assert len(RULES) >= 13
    assert all(re.fullmatch(r"[0-9a-f]{40}|\d+\.\d+\.\d+", c) for c in commits)
    assert len(set(links)) == len(links)


@pytest.mark.parametrize(("column", "kept"), [("from_a", "result"), ("from_z", "self")])
def test_what_was_read_of_pytorch_is_what_it_does(column, kept):
    (pytorch,) = [source for source in RULES if source.project == "PyTorch"]
    names = getattr(pytorch, column).split(", ")
    saved = recorded()["PyTorch"]["saved"]
    assert len(names) > 4
    assert all(saved[name].keys() == {kept} for name in names)


@pytest.mark.parametrize(("column", "read"), [("from_a", "ans"), ("from_z", "x")])
def test_what_was_read_of_autograd_is_what_it_does(column, read):
    (autograd,) = [source for source in RULES if source.project == "HIPS autograd"]
    for name in getattr(autograd, column).split(", "):
        assert recorded()["autograd"][name] == [read]

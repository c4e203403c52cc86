"""The figures' mathematics in JavaScript, held beside the package on random cases.

Node runs it where there is one, else Chromium; without either it is skipped, unless
BACKPROP_BROWSER=1 requires it.
"""

import base64
import json
import os
import shutil
import subprocess
from functools import partial

import numpy as np
import pytest
from browser import missing
from networks import gradient
from sites import ROOT

from backprop_explained import (
    SIGMOID,
    Network,
    forward,
    numerical_gradient,
    predict,
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
    squared_error,
    sum_of_squares,
    train,
)
from backprop_explained.check.gradient import NOISE, STEP
from sitebuild.evidence.experiments import STEP_SIZE, X, Y, readings, start

CASES = 200
TOLERANCE = 1e-12
SOURCE = (ROOT / "docs" / "javascripts" / "maths.mjs").read_text("utf-8")


@pytest.fixture(scope="module")
def javascript_of(request):
    """`javascript_of(source)` runs code beside a module of this source."""
    node = shutil.which("node")
    if node is None and (reason := missing()) and "BACKPROP_BROWSER" not in os.environ:
        pytest.skip(f"there is no Node, and {reason}")
    page = None if node else request.getfixturevalue("browser").new_page()

    def run(source, body, cases):
        written = json.dumps(cases)
        address = base64.b64encode(source.encode()).decode()
        code = (
            f"const m = await import('data:text/javascript;base64,{address}');"
            f"const answers = {written}.map((c) => {body});"
        )
        if page:
            return page.evaluate(f"async () => {{ {code} return answers; }}")
        return in_node(node, code)

    yield lambda source: partial(run, source)
    if page:
        page.close()


def in_node(node, code):
    """The answers of the code, run in Node."""
    ended = subprocess.run(
        [node, "--input-type=module", "-"],
        input=code + "console.log(JSON.stringify(answers));",
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(ended.stdout)


@pytest.fixture(scope="module")
def javascript(javascript_of):
    """`javascript(body, cases)`: what `c => body` gives for each; `m` is the module."""
    return javascript_of(SOURCE)


def assert_equal(found, expected):
    np.testing.assert_allclose(found, expected, rtol=TOLERANCE, atol=TOLERANCE)


def small_networks():
    """Networks of shape 2-2-1 with biases, an input and a target each."""
    rng = np.random.default_rng(0)
    for _ in range(CASES):
        shapes = [(2, 2), (2, 1), (2,), (1,)]
        first, last, b1, b2 = (rng.normal(scale=1.5, size=shape) for shape in shapes)
        x, y = rng.normal(size=(1, 2)), rng.random((1, 1))
        yield {"weights": [first, last], "biases": [b1, b2]}, x, y


def as_case(network, x, y, **more):
    lists = {name: [p.tolist() for p in network[name]] for name in network}
    return {"network": lists, "x": x.tolist(), "y": y.tolist(), **more}


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("sigmoid", sigmoid),
        ("sigmoidDerivative", sigmoid_derivative),
        ("sigmoidDerivativeFromOutput", sigmoid_derivative_from_output),
    ],
)
def test_functions_of_one_number(javascript, name, function):
    zs = np.random.default_rng(1).normal(scale=8, size=CASES)
    assert_equal(javascript(f"m.{name}(c)", zs.tolist()), function(zs))


def test_the_four_readings(javascript):
    z = np.random.default_rng(2).normal(scale=4, size=CASES)
    a = sigmoid(z)
    pairs = np.column_stack([z, a]).tolist()
    assert javascript("Object.keys(m.readings)", [0]) == [list(readings())]
    for name, slope in readings().items():
        found = javascript(f"m.readings['{name}'](...c)", pairs)
        assert_equal(found, slope(z, a))


def test_forward(javascript):
    cases = list(small_networks())
    found = javascript("m.forward(c.network, c.x)", [as_case(*case) for case in cases])
    for answer, (parameters, x, _) in zip(found, cases, strict=True):
        trace = forward(Network(**parameters), x)
        for layer in range(2):
            assert_equal(answer["zs"][layer], trace.zs[layer])
            assert_equal(answer["activations"][layer + 1], trace.activations[layer + 1])


@pytest.mark.parametrize("reading", readings())
@pytest.mark.parametrize("cost", [squared_error, sum_of_squares], ids=lambda c: c.name)
def test_backward(javascript, reading, cost):
    cases = list(small_networks())
    name = {"squared_error": "squaredError", "sum_of_squares": "sumOfSquares"}
    found = javascript(
        "m.backward(c.network, m.forward(c.network, c.x), c.y, "
        f"m.{name[cost.name]}, m.readings['{reading}'])",
        [as_case(*case) for case in cases],
    )
    row = SIGMOID._replace(slope=readings()[reading])
    for answer, (parameters, x, y) in zip(found, cases, strict=True):
        network = Network(**parameters, activations=row)
        expected = gradient(network, x, y, cost)
        for layer in range(2):
            assert_equal(answer["weights"][layer], expected.weights[layer])
            assert_equal(answer["biases"][layer], expected.biases[layer])


def test_finite_differences_of_a_polynomial(javascript):
    """Both sides do the same few operations, so that rounding does not hide a slip."""
    ws = np.random.default_rng(3).normal(scale=3, size=CASES)
    found = javascript("m.numericalSlope((w) => w * w * w - 2 * w, c)", ws.tolist())
    expected = [numerical_gradient(lambda w: w * w * w - 2 * w, w) for w in ws]
    assert_equal(found, np.array(expected))


def test_finite_differences_of_the_cost(javascript):
    """As near as the package trusts a difference: an ulp over 2h is above 1e-12."""
    cases = list(small_networks())
    body = """m.numericalSlope((w) => {
      const network = structuredClone(c.network);
      network.weights[0][0][1] = w;
      return m.squaredError.value(m.forward(network, c.x).activations.at(-1), c.y);
    }, c.network.weights[0][0][1])"""
    found = javascript(body, [as_case(*case) for case in cases])
    noise = NOISE * np.finfo(float).eps * 0.5 / (2 * STEP)  # a cost is at most ½
    for answer, (parameters, x, y) in zip(found, cases, strict=True):

        def cost(w, parameters=parameters, x=x, y=y):
            first = parameters["weights"][0].copy()
            first[0, 1] = float(w)
            network = Network([first, parameters["weights"][1]], parameters["biases"])
            return squared_error(predict(network, x), y)

        expected = numerical_gradient(cost, parameters["weights"][0][0, 1])
        assert abs(answer - float(expected)) < noise


@pytest.mark.parametrize("reading", readings())
def test_descent_of_the_posts_network(javascript, reading):
    steps = 5
    networks = [start(reading, "both layers", seed) for seed in range(CASES // 4)]
    cases = [as_case({"weights": n.weights}, X, Y, steps=steps) for n in networks]
    found = javascript(
        f"m.train(c.network, c.x, c.y, m.sumOfSquares, c.steps, {STEP_SIZE}, "
        f"m.readings['{reading}'])",
        cases,
    )
    for answer, network in zip(found, networks, strict=True):
        training = train(network, X, Y, sum_of_squares, steps, STEP_SIZE)
        assert_equal(answer["costs"], training.costs)
        assert_equal(answer["outputs"][-1], predict(training.network, X).ravel())


SLIPS = {
    "a little too steep": ("=> a * (1 - a)", "=> a * (1 - a) * (1 + 1e-11)"),
    "an output for z": (
        "(z, a) => sigmoidDerivative(z)",
        "(z, a) => sigmoidDerivative(a)",
    ),
    "no slope": ("(e, s) => e * s)", "(e, s) => e)"),
    "no transpose": ("(delta, transpose(weights[layer]))", "(delta, weights[layer])"),
    "biases of one example": (
        "transpose(delta).map(sum)",
        "delta[0].map((d) => 1.001 * d)",
    ),
}


@pytest.mark.parametrize(("right", "wrong"), SLIPS.values(), ids=SLIPS)
def test_a_slip_in_the_module_is_found(right, wrong, javascript_of):
    assert SOURCE.count(right) == 1
    slipped = javascript_of(SOURCE.replace(right, wrong))
    with pytest.raises((AssertionError, subprocess.CalledProcessError)):
        compare_slopes(slipped)


def compare_slopes(javascript):
    test_the_four_readings(javascript)
    for reading in readings():
        test_backward(javascript, reading, squared_error)

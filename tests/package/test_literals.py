"""Numbers typed in by hand: worked on paper, or printed by somebody else.

No formula in this file computes what is expected, so nothing here can be wrong in the
same way as the package.
"""

import numpy as np
import pytest

from backprop_explained import (
    IDENTITY,
    RELU,
    SIGMOID,
    TANH,
    Network,
    backward,
    check_gradients,
    cross_entropy,
    descend,
    forward,
    numerical_gradient,
    predict,
    relative_error,
    sigmoid,
    sigmoid_cross_entropy_delta,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
    squared_error,
    sum_of_squares,
    train,
)

LN_3 = 1.0986122886681098  # σ(ln 3) = 3/4


def digits(number, places):
    """A number rounded to the places that were printed."""
    return f"{number:.{places}f}"


# ---- activations


@pytest.mark.parametrize(
    ("z", "a", "slope"),
    [
        (0, 0.5, 0.25),
        (LN_3, 0.75, 0.1875),
        (-LN_3, 0.25, 0.1875),
        (2, 0.8807970779778824, 0.1049935854035065),
        (-40, 4.248354255291589e-18, 4.248354255291589e-18),
        (40, 1.0, 4.248354255291589e-18),
    ],
)
def test_sigmoid_and_its_slope(z, a, slope):
    assert sigmoid(z) == pytest.approx(a, rel=1e-15, abs=0)
    assert sigmoid_derivative(z) == pytest.approx(slope, rel=1e-15, abs=0)


@pytest.mark.parametrize(
    ("a", "slope"), [(0, 0), (0.25, 0.1875), (0.5, 0.25), (0.75, 0.1875), (1, 0)]
)
def test_the_slope_read_off_the_output(a, slope):
    assert sigmoid_derivative_from_output(a) == slope


def test_z_where_the_output_belongs_gives_minus_2():
    assert sigmoid_derivative_from_output(2) == -2


@pytest.mark.parametrize(
    ("row", "z", "a", "slope"),
    [
        (SIGMOID, 0, 0.5, 0.25),
        (TANH, 0, 0, 1),
        (TANH, 1, 0.7615941559557649, 0.41997434161402614),
        (RELU, -3, 0, 0),
        (RELU, 0, 0, 0),
        (RELU, 3, 3, 1),
        (IDENTITY, -3, -3, 1),
    ],
)
def test_rows_of_the_catalogue(row, z, a, slope):
    z = np.array([z], float)
    assert row.function(z) == pytest.approx([a], rel=1e-15, abs=0)
    assert row.derivative(z) == pytest.approx([slope], rel=1e-15, abs=0)
    assert row.slope(z, row.function(z)) == pytest.approx([slope], rel=1e-15, abs=0)


# ---- costs


@pytest.mark.parametrize(
    ("cost", "a", "y", "value", "slope"),
    [
        (squared_error, [[3, 1]], [[1, 2]], 2.5, [[2, -1]]),
        (sum_of_squares, [[3, 1]], [[1, 2]], 5, [[4, -2]]),
        (cross_entropy, [[0.5]], [[1]], 0.6931471805599453, [[-2]]),
        (cross_entropy, [[0.25]], [[1]], 1.3862943611198906, [[-4]]),
        (cross_entropy, [[0.75]], [[0]], 1.3862943611198906, [[4]]),
    ],
)
def test_costs(cost, a, y, value, slope):
    assert cost(a, y) == pytest.approx(value, rel=1e-15, abs=0)
    assert cost.slope(np.array(a), np.array(y)).tolist() == slope


def test_the_output_step():
    delta = sigmoid_cross_entropy_delta([[0.25, 1.0]], [[1, 0]])
    assert delta.tolist() == [[-0.75, 1.0]]


# ---- networks worked on paper


def test_one_linear_neuron_and_two_examples():
    network = Network([[[1], [-1]]], [[0.5]], IDENTITY)
    trace = forward(network, [[1, 2], [3, 4]])
    assert trace.zs[0].tolist() == [[-0.5], [-0.5]]
    assert squared_error(trace.output, [[0], [1]]) == 1.25
    gradients = backward(network, trace, [[0], [1]], squared_error)
    assert gradients.weights[0].tolist() == [[-5.0], [-7.0]]
    assert gradients.biases[0].tolist() == [-2.0]
    moved = descend(network, gradients, 0.5)
    assert moved.weights[0].tolist() == [[3.5], [2.5]]
    assert moved.biases[0].tolist() == [1.5]


def test_two_layers_with_one_relu_asleep():
    weights, biases = [[[1, 2], [3, -4]], [[5], [6]]], [[1, -5], [-4]]
    network = Network(weights, biases, [RELU, IDENTITY])
    trace = forward(network, [[1, -1]])
    assert trace.zs[0].tolist() == [[-1, 1]]
    assert trace.activations[1].tolist() == [[0, 1]]
    assert trace.output.tolist() == [[2]]
    gradients = backward(network, trace, [[5]], sum_of_squares)
    assert gradients.weights[1].tolist() == [[0], [-6]]
    assert gradients.biases[1].tolist() == [-6]
    assert gradients.weights[0].tolist() == [[0, -36], [0, 36]]
    assert gradients.biases[0].tolist() == [0, -36]


def test_one_sigmoid_neuron():
    network = Network([[[LN_3], [1.0]]])
    trace = forward(network, [[1, 0]])
    assert trace.output == pytest.approx(0.75, rel=1e-15, abs=0)
    gradients = backward(network, trace, [[0.25]], squared_error)
    (first,), (second,) = gradients.weights[0]
    assert first == pytest.approx(0.09375, rel=1e-14, abs=0)  # ½ · 3/16
    assert second == 0


def test_training_that_halves_a_weight():
    start = Network([[[1.0]]], activations=IDENTITY)
    network, costs = train(start, [[1]], [[0]], squared_error, 3, 0.5)
    assert costs.tolist() == [0.5, 0.125, 0.03125, 0.0078125]
    assert network.weights[0].tolist() == [[0.125]]


# ---- the checker


def test_differences_of_a_polynomial():
    gradient = numerical_gradient(lambda v: v[0] ** 2 * v[1], [3.0, 5.0])
    assert gradient == pytest.approx([30, 9], rel=1e-9)


def test_relative_errors():
    five_sevenths = pytest.approx(0.7142857142857143, rel=1e-15)
    assert relative_error([3, 0], [0, 4]) == five_sevenths
    nearly_half = pytest.approx(0.0004997501249375312, rel=1e-12, abs=0)
    assert relative_error([1.001], [1]) == nearly_half


def test_verdicts():
    cost = lambda p: p[0] @ p[0]
    assert check_gradients(cost, [[1.0, -2.0]], [[2.0, -4.0]])
    assert not check_gradients(cost, [[1.0, -2.0]], [[2.002, -4.004]])
    assert not check_gradients(cost, [[1.0, -2.0]], [[-4.0, 2.0]])


# ---- Matt Mazur, "A Step by Step Backpropagation Example", 2015: all that he prints
# for one step from the weights below, with biases that stay as they are.

W1, B1 = [[0.15, 0.25], [0.20, 0.30]], [0.35, 0.35]
W2, B2 = [[0.40, 0.50], [0.45, 0.55]], [0.60, 0.60]
INPUT, TARGET = [[0.05, 0.10]], [[0.01, 0.99]]
MAZUR = Network([W1, W2], [B1, B2])


def test_mazur_forward():
    trace = forward(MAZUR, INPUT)
    assert digits(trace.zs[0][0, 0], 4) == "0.3775"
    assert digits(trace.activations[1][0, 0], 9) == "0.593269992"
    assert digits(trace.activations[1][0, 1], 9) == "0.596884378"
    assert digits(trace.zs[1][0, 0], 9) == "1.105905967"
    assert digits(trace.output[0, 0], 8) == "0.75136507"
    assert digits(trace.output[0, 1], 9) == "0.772928465"


def test_mazur_cost():
    a = predict(MAZUR, INPUT)
    assert digits(squared_error(a[:, :1], [[0.01]]), 9) == "0.274811083"
    assert digits(squared_error(a[:, 1:], [[0.99]]), 9) == "0.023560026"
    assert digits(squared_error(a, TARGET), 9) == "0.298371109"
    assert digits(squared_error.slope(a, TARGET)[0, 0], 8) == "0.74136507"


def test_mazur_slopes():
    trace = forward(MAZUR, INPUT)
    assert digits(sigmoid_derivative(trace.zs[1])[0, 0], 9) == "0.186815602"
    assert digits(sigmoid_derivative(trace.zs[0])[0, 0], 9) == "0.241300709"
    from_output = sigmoid_derivative_from_output(trace.output)
    assert digits(from_output[0, 0], 9) == "0.186815602"


def test_mazur_backward():
    gradients = backward(MAZUR, forward(MAZUR, INPUT), TARGET, squared_error)
    assert digits(gradients.biases[1][0], 9) == "0.138498562"  # δ of the first output
    assert digits(gradients.weights[1][0, 0], 9) == "0.082167041"
    assert digits(gradients.weights[0][0, 0], 9) == "0.000438568"


def test_mazur_weights_after_one_step():
    gradients = backward(MAZUR, forward(MAZUR, INPUT), TARGET, squared_error)
    first, second = descend(MAZUR, gradients, 0.5).weights
    assert digits(first[0, 0], 9) == "0.149780716"
    assert digits(first[1, 0], 8) == "0.19956143"
    assert digits(first[0, 1], 8) == "0.24975114"
    assert digits(first[1, 1], 8) == "0.29950229"
    assert digits(second[0, 0], 8) == "0.35891648"
    assert digits(second[1, 0], 9) == "0.408666186"
    assert digits(second[0, 1], 9) == "0.511301270"
    assert digits(second[1, 1], 9) == "0.561370121"

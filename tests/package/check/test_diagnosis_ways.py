"""Ways to write a gradient down, and factors in it."""

import math
import time

import numpy as np
import pytest
from diagnosed import drawn, times

from backprop_explained import TANH, Gradients
from sitebuild.evidence.diagnosis import diagnose, make, right_gradient


def test_an_entry_off_by_a_ten_thousandth_is_found(wide):
    right = right_gradient(wide)
    rng = np.random.default_rng(2)
    for i, array in enumerate(right.parameters):
        for _ in range(20):
            wrong = [g.copy() for g in right.parameters]
            entry = tuple(rng.integers(array.shape))
            wrong[i][entry] *= 1 + 1e-4
            diagnosis = diagnose(wide, wrong)
            where = f"{diagnosis.arrays[i]}[{', '.join(map(str, entry))}]"
            assert diagnosis.wrong == (diagnosis.arrays[i],)
            assert diagnosis.mistakes == ()
            assert f"worst: {where} is " in str(diagnosis)


def test_one_diagnosis_of_a_real_network_takes_less_than_a_second(wide):
    gradients = make("a where z belongs", wide)
    start = time.process_time()
    diagnosis = diagnose(wide, gradients)
    assert time.process_time() - start < 1
    assert diagnosis.mistakes == ("a where z belongs",)


def test_lists_of_arrays_and_of_numbers_are_taken(small):
    arrays = right_gradient(small).parameters
    assert diagnose(small, arrays)
    assert diagnose(small, tuple(arrays))
    assert diagnose(small, [array.tolist() for array in arrays])
    assert diagnose(small, [array.astype(np.float32) for array in arrays])


def test_a_mistake_in_float32_is_named(small):
    made = make("a where z belongs", small).parameters
    diagnosis = diagnose(small, [array.astype(np.float32) for array in made])
    assert diagnosis.mistakes == ("a where z belongs",)


def test_a_network_in_float32_is_judged_in_float64(small):
    own = [p.astype(np.float32) for p in small.network.parameters]
    x, y = small.x.astype(np.float32), small.y.astype(np.float32)
    c = small._replace(network=small.network.with_parameters(own), x=x, y=y)
    gradients = right_gradient(c)
    assert gradients.weights[0].dtype == np.float32
    assert diagnose(c, gradients)


def test_the_biases_may_be_left_out(small):
    right = right_gradient(small)
    diagnosis = diagnose(small, right.weights)
    assert diagnosis
    assert diagnosis.arrays == ("W1", "W2")
    assert "the gradients of the biases were not given" in str(diagnosis)
    wrong = diagnose(small, make("z where a belongs", small).weights)
    assert wrong.mistakes == ("z where a belongs",)


def test_a_bias_gradient_may_be_a_row_or_a_column(small):
    right = right_gradient(small)
    for shape in [(1, -1), (-1, 1)]:
        biases = [b.reshape(shape) for b in right.biases]
        assert diagnose(small, Gradients(right.weights, biases))


def turned(gradients):
    return Gradients([g.T for g in gradients.weights], gradients.biases)


def test_out_in_gradients_are_taken_with_the_option(small):
    assert diagnose(small, make("transposed", small), layout="out_in")
    diagnosis = diagnose(small, turned(make("sign", small)), layout="out_in")
    assert diagnosis.mistakes == ("sign",)


def test_a_transposed_gradient_is_recognised_without_the_option(small):
    diagnosis = diagnose(small, make("transposed", small))
    assert not diagnosis
    assert diagnosis.mistakes == ("transposed",)
    assert diagnosis.wrong == ("W1", "W2")
    assert "say so with layout=" in str(diagnosis)
    mistakes = diagnose(small, turned(make("sign", small))).mistakes
    assert mistakes == ("transposed", "sign")


def test_the_option_where_it_does_not_belong_is_noticed(small):
    diagnosis = diagnose(small, right_gradient(small), layout="out_in")
    assert diagnosis.mistakes == ("transposed",)


def test_a_square_transposed_gradient_is_recognised():
    c = drawn([3, 3, 3], 5, 10, TANH)
    assert diagnose(c, make("transposed", c)).mistakes == ("transposed",)
    assert diagnose(c, make("transposed", c), layout="out_in")


def test_examples_may_be_columns(small):
    c = small._replace(x=small.x.T, y=small.y.T)
    right = right_gradient(small)
    assert diagnose(c, right, examples="columns")
    not_summed = make("bias gradient not summed", small)
    for biases in (not_summed.biases, [b.T for b in not_summed.biases]):
        gradients = Gradients(right.weights, biases)
        diagnosis = diagnose(c, gradients, examples="columns")
        assert diagnosis.mistakes == ("bias gradient not summed",)
        assert math.isnan(diagnosis.errors[2])
        assert "b1 has shape (5, 4), but should have (4,)" in str(diagnosis)


def test_a_bias_gradient_of_one_number_is_stretched_as_an_update_would(small):
    right = right_gradient(small)
    summed = make("bias gradient summed over the layer", small)
    scalars = [b[0] for b in summed.biases]
    diagnosis = diagnose(small, Gradients(right.weights, scalars))
    assert diagnosis.mistakes == ("bias gradient summed over the layer",)


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (-2, "the right gradient times -2"),
        (-0.5, "the right gradient times -1/2"),
        (0.4, "the right gradient times 2/m = 0.4"),
        (-0.2, "the right gradient times -1/m = -0.2"),
        (0.1, "the right gradient times 1/2m = 0.1"),
        (-0.03, "the right gradient times -step_size = -0.03"),
        (3.7, "the right gradient times 3.7"),
        (1 + 1e-5, "the right gradient times 1.00001"),
        (1e-200, "the right gradient times 1e-200"),
    ],
)
def test_a_common_factor_is_stated(small, factor, words):
    c = small._replace(step_size=0.03)
    diagnosis = diagnose(c, times(right_gradient(c), factor))
    assert not diagnosis
    assert diagnosis.mistakes == ("constant factor",)
    assert diagnosis.matches[0].factor == pytest.approx(factor, rel=1e-6)
    assert words in str(diagnosis)


@pytest.mark.parametrize("name", ["a where z belongs", "slope missing, hidden layers"])
@pytest.mark.parametrize("factor", [-1, 0.2, 2, 3.7])
def test_a_mistake_times_a_factor_is_named_with_it(small, name, factor):
    diagnosis = diagnose(small, times(make(name, small), factor))
    assert diagnosis.mistakes == (name,)
    assert diagnosis.matches[0].factor == pytest.approx(factor)
    assert f"“{name}, times " in str(diagnosis)


def test_a_gradient_of_zeros_is_wrong_and_unknown(small):
    diagnosis = diagnose(small, times(right_gradient(small), 0))
    assert not diagnosis
    assert diagnosis.mistakes == ()

"""When the output is not enough: the proof as code, and its figure."""

import numpy as np
import pytest
from formulas import each_monotone, each_other

from backprop_explained import ACTIVATIONS
from backprop_explained.check.probes import probe
from sitebuild.evidence.first_return import (
    MonotoneError,
    find_witness,
    first_return,
    rise_and_fall,
    witness_of,
)


def assert_witness(function, slope, witness):
    places = np.array(witness)
    outputs, slopes = function(places), slope(places)
    assert places[0] != places[1]
    assert np.isclose(*outputs, rtol=1e-13, atol=1e-15)
    assert slopes[0] != slopes[1]
    assert slopes[0] * slopes[1] <= 0


@each_other
def test_each_row_that_is_not_monotone_has_the_witness_of_the_proof(name):
    row = ACTIVATIONS[name]
    assert_witness(row.function, row.derivative, witness_of(row))


@each_other
def test_any_rise_and_any_fall_lead_to_a_witness(name):
    row = ACTIVATIONS[name]
    z, _, slopes = probe(row)
    for p in z[slopes > 1e-6]:
        for q in z[slopes < -1e-6]:
            witness = find_witness(row.function, p, q)
            assert_witness(row.function, row.derivative, witness)
            assert {p, q} & set(witness)
            assert all(min(p, q) <= place <= max(p, q) for place in witness)


@each_monotone
def test_each_monotone_row_is_rejected(name):
    with pytest.raises(MonotoneError, match=f"{name} has slopes of one sign"):
        rise_and_fall(ACTIVATIONS[name])


cubic, slope = lambda z: z**3 - 3 * z, lambda z: 3 * z**2 - 3


@pytest.mark.parametrize(
    ("p", "q", "rise_first", "higher_first"),
    [
        (-1.5, 0.5, True, True),
        (-2.0, 0.5, True, False),
        (1.2, 0.5, False, False),
        (2.0, -0.5, False, True),
    ],
)
def test_each_case_of_the_second_step(p, q, rise_first, higher_first):
    sign = 1 if rise_first else -1
    assert slope(p) > 0 > slope(q)
    assert (p < q) == rise_first
    start, end = min(p, q), max(p, q)
    assert (sign * cubic(start) >= sign * cubic(end)) == higher_first
    assert_witness(cubic, slope, find_witness(cubic, p, q))


def test_the_return_is_the_first():
    far = 6.9 * np.pi / 2
    assert np.isclose(first_return(np.sin, np.pi / 6, far), 5 * np.pi / 6, rtol=1e-14)


def test_no_return_is_an_error():
    with pytest.raises(ValueError, match="must be above"):
        first_return(np.exp, 0.0, 1.0)  # never comes back
    with pytest.raises(ValueError, match="must be above"):
        first_return(np.cos, 0.5, 1.0)  # goes down at once

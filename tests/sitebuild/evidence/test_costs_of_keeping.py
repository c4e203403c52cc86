"""The ways to keep z, a, or both: same gradient, counted bytes, and the record."""

import time
from functools import partial
from timeit import repeat

import numpy as np
import pytest
from networks import cost_of, gradient

from backprop_explained import SIGMOID, Network, relative_error
from sitebuild.evidence.clock import Ratios, quickest, race
from sitebuild.evidence.costs_of_keeping import (
    SIZES,
    WAYS,
    Size,
    Step,
    kept_bytes,
    recorded,
    slopes_alone,
)

SMALL = Size((5, 4, 3, 2), 7)
each_way = pytest.mark.parametrize("name", WAYS)


@each_way
def test_every_way_has_the_gradient_of_the_package(name):
    step = Step(SMALL, WAYS[name])
    right = gradient(Network(step.Ws, step.bs, SIGMOID), step.x, step.y)
    dW, db = step.backward(step.forward())
    for ours, theirs in zip(dW + db, right.parameters, strict=True):
        assert relative_error(ours, theirs) < 1e-13


@each_way
def test_a_step_goes_downhill(name):
    step = Step(SMALL, WAYS[name])
    cost = cost_of(Network(step.Ws, step.bs, SIGMOID), step.x, step.y)
    before = cost([*step.Ws, *step.bs])
    step()
    assert cost([*step.Ws, *step.bs]) < before


@pytest.mark.parametrize("size", [*SIZES, SMALL], ids=str)
def test_bytes_are_those_of_a_batch_of_every_layer(size):
    numbers = size.batch * sum(size.widths[1:])
    for way in WAYS.values():
        arrays = 2 if way.keeps == "z and a" else 1
        assert kept_bytes(size, way) == arrays * numbers * 8


@each_way
def test_a_step_keeps_what_its_way_names_and_no_more(name):
    for z, a in Step(SMALL, WAYS[name]).forward():
        kept = [letter for letter, array in (("z", z), ("a", a)) if array is not None]
        assert " and ".join(kept) == WAYS[name].keeps


def test_the_formulas_of_the_slope_agree():
    slopes = {formula: slope() for formula, slope in slopes_alone((8, 16)).items()}
    assert len(slopes) == 4
    first = slopes["a * (1 - a)"]
    for slope in slopes.values():
        assert relative_error(slope, first) < 1e-14


def test_computing_the_sigmoid_again_takes_longer():
    """The least of many repeats: what disturbs a run only ever makes it longer."""
    slopes = slopes_alone().items()
    least = {name: min(repeat(slope, number=1, repeat=30)) for name, slope in slopes}
    first = least.pop("a * (1 - a)")
    assert min(least.values()) > 1.2 * first


def test_a_race_sees_which_is_slower():
    few, many = np.zeros(1_000), np.zeros(10_000)
    found = race({"few": partial(np.exp, few), "many": partial(np.exp, many)}, 5)
    assert found["few"] == (1, 1, 1)
    assert found["many"].median > 2


def test_seconds_are_of_the_processor_and_of_the_quickest_run():
    waits = iter([0.01] * 9)
    assert quickest(lambda: time.sleep(next(waits))) < 0.005
    few, many = np.ones((9, 4096)), np.ones((9, 4 * 4096))
    assert quickest(partial(np.exp, few)) < quickest(partial(np.exp, many))


def test_the_record_is_of_these_races():
    record = recorded()
    assert list(record.steps) == [str(size) for size in SIZES]
    assert all(list(row) == list(WAYS) for row in record.steps.values())
    assert list(record.alone) == list(slopes_alone())
    assert (record.threads, record.dtype) == (1, "float64")


def test_what_the_page_says_of_the_record():
    record = recorded()
    medians = {name: [record.median(size, name) for size in SIZES] for name in WAYS}
    assert set(medians["a"]) == {1}
    assert max(medians["z and a"][:-1]) < 1.05 < medians["z and a"][-1]
    assert min(medians["once more"] + medians["twice more"] + medians["z"]) > 1.05
    for third, fifth in zip(medians["once more"], medians["mirrored"], strict=True):
        assert abs(third - fifth) < 0.06
    assert min(ratio.median for ratio in record.alone.values() if ratio.low > 1) > 2


def test_the_spread_is_of_the_worst_cell():
    record = recorded()
    size = str(SIZES[0])
    row = record.steps[size] | {"z": Ratios(1.0, 2.0, 5.0)}
    assert record._replace(steps=record.steps | {size: row}).spread == 2

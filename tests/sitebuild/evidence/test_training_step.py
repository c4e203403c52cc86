"""The contestants make the same steps; the record has all of them; counts are exact."""

import numpy as np
import pytest

from backprop_explained import backward, descend, forward, squared_error
from sitebuild.evidence import contestants
from sitebuild.evidence.clock import Ratios
from sitebuild.evidence.contestants import (
    STEP_SIZE,
    Size,
    clear_numpy,
    package,
    task,
)
from sitebuild.evidence.training_step import (
    BENCHES,
    PRODUCTS,
    YARDSTICK,
    per_step,
    recorded,
    table,
)
from sitebuild.figures.training_step import multiplications

SMALL = Size((5, 4, 3, 2), 7)
STEPS = 6


def reference():
    """The steps as the lesson makes them: network and costs."""
    network, x, y = task(SMALL)
    costs = []
    for _ in range(STEPS):
        trace = forward(network, x)
        costs.append(squared_error(trace.output, y))
        gradients = backward(network, trace, y, squared_error)
        network = descend(network, gradients, STEP_SIZE)
    return network.parameters, costs


def assert_same(found, exactly=False):
    expected, costs = reference()
    moved = map(np.subtract, expected, task(SMALL).network.parameters)
    for p, q, step in zip(found[0], expected, moved, strict=True):
        allowed = 0 if exactly else 1e-12 * np.abs(step).max()
        assert np.abs(np.asarray(p) - q).max() <= allowed
    np.testing.assert_allclose(found[1][:STEPS], costs, rtol=1e-13)


def test_the_plain_step_is_a_step_of_gradient_descent():
    assert_same(clear_numpy(task(SMALL), STEPS))


def test_a_contestant_that_goes_astray_is_noticed():
    parameters, costs = clear_numpy(task(SMALL), STEPS)
    parameters[0] = parameters[0] + 1e-9
    with pytest.raises(AssertionError):
        assert_same((parameters, costs))


def test_train_makes_the_steps_of_the_lesson_to_the_last_bit():
    assert_same(package(task(SMALL), STEPS), exactly=True)


@pytest.mark.peers("torch")
def test_pytorch_makes_the_same_steps():
    assert_same(contestants.pytorch(task(SMALL))(STEPS))


@pytest.mark.peers("jax")
def test_jax_makes_the_same_steps():
    assert_same(contestants.jax(task(SMALL))(STEPS))


def test_no_contestant_writes_to_the_start_that_all_share():
    start = task(SMALL)
    before = [p.copy() for p in start.network.parameters]
    for contestant in per_step(start, 2).values():
        contestant()
    for p, q in zip(start.network.parameters, before, strict=True):
        assert (p == q).all()


def test_every_contestant_is_on_record_for_every_size():
    record = recorded()
    names = {YARDSTICK, "`train`", PRODUCTS, *contestants.PEERS}
    assert list(record.steps) == [str(bench.size) for bench in BENCHES]
    for row in record.steps.values():
        assert set(row) == names
        assert row[YARDSTICK] == Ratios(1, 1, 1)
        assert all(r.low <= r.median <= r.high for r in row.values())


@pytest.mark.parametrize("bench", BENCHES[:3], ids=lambda bench: str(bench.size))
def test_the_check_that_was_timed_is_that_of_today(bench):
    """Where rounding decides, one or two directions are asked more often."""
    asked = contestants.calls_of_a_check(task(bench.size))
    assert asked == pytest.approx(recorded().asked[str(bench.size)], rel=0.2)


def test_the_table_shows_the_median_between_the_quartiles():
    rows = {"1-1, batch 1": {"`train`": Ratios(0.5, 1.25, 2.0)}}
    assert table(rows).splitlines()[-1] == "| `train` | 1.25 (0.5–2) |"


def test_multiplications_are_those_of_the_products():
    # by hand: forward 2·3 + 3·1, for dW the same again, passed down 3·1; five rows
    assert multiplications(Size((2, 3, 1), 5)) == 5 * (9 + 9 + 3)

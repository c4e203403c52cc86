"""The trials of the gradient check, as recorded, and a sample of them run again.

What a verdict says does not depend on the last bit where nothing is close to a limit;
so the sample of smooth networks in float64 is compared with the record to the letter.
"""

import numpy as np
import pytest

from backprop_explained import check_gradients, relative_error
from sitebuild.evidence.drawn_from import DRAWN_ACTIVATIONS, DRAWN_MISTAKES
from sitebuild.evidence.gradient_check import corpus, prices, trials
from sitebuild.evidence.gradient_check.complaints import COMPLAINTS
from sitebuild.evidence.gradient_check.corpus import GROUPS, SIZE, case
from sitebuild.evidence.gradient_check.errors import injected, sizes

SAMPLE = range(3, SIZE, 97)
RIGHT = trials.recorded().right
WRONG = trials.recorded().wrong


def test_the_corpus_has_every_activation_cost_and_shape():
    drawn = [case(number) for number in range(0, SIZE, 7)]
    names = {row.name for c in drawn for row in c.network.activations}
    assert names == {row.name for row in DRAWN_ACTIVATIONS}
    assert {c.measure.name for c in drawn} == {c.name for c in corpus.COSTS}
    assert {len(c.network.weights) for c in drawn} == set(range(1, 7))
    assert {c.order for c in drawn} == {"C", "F"}
    assert {c.dtype for c in drawn} == {np.float32, np.float64}
    widths = {n for c in drawn for W in c.network.weights for n in W.shape}
    assert min(widths) == 1
    assert max(widths) == 64
    assert {c.group for c in drawn} == set(GROUPS)


def test_a_number_draws_the_same_network_again():
    one, other = case(41), case(41)
    for a, b in zip(one.parameters, other.parameters, strict=True):
        np.testing.assert_array_equal(a, b)
    assert one.cost(one.parameters) == other.cost(other.parameters)


@pytest.mark.parametrize("number", SAMPLE)
def test_the_cost_is_a_function_and_keeps_its_precision(number):
    drawn = case(number)
    values = {float(drawn.cost(drawn.parameters)) for _ in range(3)}
    assert len(values) == 1
    (value,) = values
    assert value == float(drawn.dtype(value))


def test_the_right_gradient_is_that_of_a_difference():
    drawn = next(c for c in map(case, range(SIZE)) if c.group == "smooth")
    right = drawn.gradients()
    way = [np.random.default_rng(0).normal(size=g.shape) for g in right]
    h = 1e-6
    pairs = list(zip(drawn.parameters, way, strict=True))
    up, down = (drawn.cost([p + s * h * v for p, v in pairs]) for s in (1, -1))
    slope = sum(map(np.vdot, right, way))
    assert relative_error([slope], [(up - down) / (2 * h)]) < 1e-6


def test_a_unit_on_a_kink_is_on_it():
    for number in range(5, 300, 10):
        drawn = case(number)
        assert drawn.group == "kink"
        on = False
        a = drawn.x
        for W, b, row in drawn.network.layers:
            z = a @ W + b
            on |= bool(np.isin(z, row.kinks).any())
            a = row.function(z)
        assert on


def test_the_errors_are_in_the_gradient_and_where_they_say():
    for number in SAMPLE:
        drawn = case(number)
        found = injected(drawn)
        pairs = zip(found.gradients, drawn.gradients(), strict=True)
        off = [np.argwhere(one != other) for one, other in pairs]
        assert any(part.size for part in off) or not max(sizes(drawn, found))
        if found.index is not None:
            changed = off[found.array]
            assert [k for k, part in enumerate(off) if part.size] == [found.array]
            column = {"column": -1}.get(found.kind, 0)
            where = changed if found.kind == "entry" else changed[:, [column]]
            assert {tuple(map(int, index)) for index in where} == {found.index}


def test_nearly_every_known_mistake_is_among_the_errors():
    named = {row.error.partition(": ")[2] for row in WRONG} - {""}
    # an array of another shape is refused before any check
    drawn = {row.name for row in DRAWN_MISTAKES}
    assert drawn - named == {"bias gradient not summed"}


# ---- the record


def test_no_right_gradient_is_called_wrong():
    assert len(RIGHT) == SIZE
    assert {row.verdict for row in RIGHT} <= {"right", "kink", "undecided"}


def test_few_are_undecided_and_none_in_smooth_float64():
    assert trials.recorded().verdicts("smooth").keys() == {"right"}
    undecided = [row for row in RIGHT if row.verdict == "undecided"]
    assert len(undecided) <= 0.02 * SIZE
    assert all(row.reason for row in undecided)


def test_the_bounds_that_were_stated():
    smooth = [row for row in RIGHT if row.group == "smooth"]
    assert sum(row.too_small > 0 or row.bound > 1e-6 for row in smooth) <= 4
    assert max(row.bound for row in smooth) <= 1e-2
    single = np.array(trials.recorded().bounds("float32"))
    assert np.mean(single <= 1e-2) >= 0.96
    assert single.max() <= 0.1


def test_few_checks_take_more_than_some_thousand_calls():
    calls = np.array([row.calls for row in [*RIGHT, *WRONG]])
    assert np.median(calls) < 600
    assert np.mean(calls > 6_000) <= 0.02
    assert calls.max() < 22_000


def test_no_error_above_the_bound_is_missed():
    assert len(WRONG) == SIZE
    assert not trials.recorded().missed()


def test_entries_rows_and_columns_are_located():
    located = [row.located for row in WRONG if row.located is not None]
    assert len(located) > 300
    assert np.mean(located) >= 0.95
    for kind in ("one entry", "a row", "a column"):
        rows = [row for row in WRONG if row.error.startswith(kind)]
        located = [row.located for row in rows if row.located is not None]
        assert np.mean(located) >= 0.95


# ---- a sample, run again


@pytest.mark.parametrize("number", SAMPLE)
def test_a_right_gradient_passes_again(number):
    again = trials.on_right(number)
    assert again.group == RIGHT[number].group
    assert again.parameters == RIGHT[number].parameters
    assert again.verdict in ("right", "kink", "undecided")
    if again.group == "smooth":
        assert again.verdict == RIGHT[number].verdict
        assert again.bound <= 1e-6


@pytest.mark.parametrize("number", SAMPLE)
def test_an_error_is_found_again(number):
    again = trials.on_wrong(number)
    assert again.error == WRONG[number].error
    assert not (again.passed and again.seen)
    if again.group == "smooth" and again.seen and WRONG[number].seen:
        assert again.verdict == WRONG[number].verdict == "wrong"


def test_a_sample_of_every_group_is_run():
    assert {RIGHT[number].group for number in SAMPLE} == set(GROUPS)


# ---- complaints and prices


@pytest.mark.parametrize("complaint", COMPLAINTS, ids=lambda c: c.where)
def test_a_complaint_gets_the_verdict_it_asked_for(complaint):
    expected = {"PyTorch #114333": "random", "SciPy #7766": "wrong"}
    check = complaint.check()
    if complaint.where == "PyTorch #114234":
        assert check.passed
    else:
        assert check.verdict == expected.get(complaint.where, "right")


def test_there_are_ten_complaints_with_addresses_of_their_own():
    assert len({c.url for c in COMPLAINTS}) == len(COMPLAINTS) == 10
    assert all(c.where.split()[-1].removeprefix("#") in c.url for c in COMPLAINTS)


def test_the_calls_for_a_right_gradient_do_not_grow_with_the_network():
    rows = prices.recorded()
    assert [row.parameters for row in rows] == list(prices.SETTINGS)
    assert all(row.verdicts == ("right", "wrong") for row in rows)
    assert all(row.found for row in rows)
    assert rows[-1].right_calls < 500
    assert rows[-1].wrong_calls < 1000


@pytest.mark.parametrize("size", [21, 2_410])
def test_a_price_is_counted_again(size):
    again = prices.price(prices.SETTINGS[size])
    (row,) = [row for row in prices.recorded() if row.parameters == size]
    assert again.parameters == size
    assert (again.verdicts, again.found) == (row.verdicts, row.found)


def test_the_check_counts_its_own_calls():
    drawn, calls = case(0), []
    cost = lambda p: calls.append(1) or drawn.cost(p)
    check = check_gradients(cost, drawn.parameters, drawn.gradients())
    assert check.calls == len(calls)

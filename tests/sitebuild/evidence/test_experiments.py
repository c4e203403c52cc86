"""The recorded experiment: all there, and a part of it run afresh."""

from functools import partial

import numpy as np
import pytest
import recorded_runs

from backprop_explained import sum_of_squares, train
from sitebuild.evidence import experiments, four_runs
from sitebuild.evidence import record as records
from sitebuild.evidence.experiments import EARLY, LATE, Run, Variant
from sitebuild.evidence.rounding import nudge

# Some trainings by derivative(a) magnify rounding, until another processor may end them
# elsewhere.  From these starts they end alike with the weights moved by up to 1e-10,
# far above what 1,500 roundings of 1e-16 add up to: so here costs can be compared.
STURDY = (0, 3, 4, 5, 13, 14)
WATCHED = (4,)
# One unit in the last recorded digit, at its coarsest.
DIGITS = {"cost_early": 1e-5, "cost_late": 1e-5, "error": 1e-2}
differences = partial(recorded_runs.differences, digits=DIGITS)


@pytest.fixture(scope="module")
def record():
    return experiments.variants()


def fresh_end(variant, seed):
    network = experiments.start(*variant, seed)
    with np.errstate(over="ignore", invalid="ignore"):
        ends, stopped, _ = four_runs.outcome(network, EARLY)
    return (*ends[EARLY], stopped)


def check_ends(variant: Variant, fresh: dict[int, tuple]) -> None:
    """Insist that flag, cost and stop of each re-run seed are those on record."""
    for seed, (learned, cost, stopped) in fresh.items():
        run = variant.runs[seed]
        again = run._replace(learned_early=learned, cost_early=cost, stopped=stopped)
        assert not differences(run, again), (variant.reading, variant.layers, seed)


@pytest.fixture(scope="module")
def fresh_ends():
    return {
        variant: {seed: fresh_end(variant, seed) for seed in STURDY}
        for variant in experiments.VARIANTS
    }


@pytest.mark.parametrize("variant", experiments.VARIANTS, ids=", ".join)
def test_every_seed_of_every_variant_is_on_record(record, variant):
    assert [run.seed for run in record[variant].runs] == list(experiments.SEEDS)


def test_the_record_holds_nothing_but_the_variants_and_their_columns():
    stored = records.read("four_readings")
    names = {", ".join(variant) for variant in experiments.VARIANTS}
    assert (stored["columns"], set(stored["runs"])) == (list(Run._fields), names)


def test_the_four_readings_ran_long_and_all_others_did_not(record):
    long = {key for key, variant in record.items() if variant.learned(LATE) is not None}
    assert long == {(name, "both layers") for name in experiments.readings()}


@pytest.mark.parametrize("variant", experiments.VARIANTS, ids=", ".join)
def test_the_ends_on_record_come_out_again(record, fresh_ends, variant):
    check_ends(record[variant], fresh_ends[variant])


@pytest.mark.parametrize("variant", experiments.VARIANTS, ids=", ".join)
@pytest.mark.parametrize("seed", STURDY)
def test_one_flag_turned_round_is_found(record, fresh_ends, variant, seed):
    runs = list(record[variant].runs)
    runs[seed] = runs[seed]._replace(learned_early=not runs[seed].learned_early)
    with pytest.raises(AssertionError, match=variant[1]):
        check_ends(record[variant]._replace(runs=tuple(runs)), fresh_ends[variant])


def test_the_starts_run_afresh_hold_both_ends_of_the_wrong_reading(record):
    runs = record["derivative(a)", "both layers"].runs
    assert {runs[seed].learned_early for seed in STURDY} == {True, False}


@pytest.mark.parametrize("variant", experiments.VARIANTS, ids=", ".join)
@pytest.mark.parametrize("seed", WATCHED)
def test_a_whole_row_comes_out_again(record, variant, seed):
    fresh = four_runs.run(*variant, seed)
    late = {"learned_late", "cost_late", "nudged_late"}
    if record[variant].learned(LATE) is not None:
        late |= {"from_half", "hidden_max"}  # the end is that of the long run
    fields = [field for field in Run._fields if field not in late]
    assert differences(record[variant].runs[seed], fresh, fields) == []


def test_a_changed_digit_is_found(record):
    run = record["derivative(a)", "output only"].runs[4]
    changed = run._replace(cosine_min=run.cosine_min + 0.002, negative=run.negative + 1)
    assert differences(run, changed) == ["cosine_min", "negative"]


def test_a_long_run_comes_out_again(record):
    fresh = four_runs.run("derivative(z)", "both layers", STURDY[0], LATE)
    recorded = record["derivative(z)", "both layers"].runs[STURDY[0]]
    assert differences(recorded, fresh) == []


def test_a_long_run_of_the_wrong_reading_learns_as_recorded(record):
    # its cost after 20,000 steps hangs on rounding from every start tried; not the flag
    variant, seed = ("derivative(a)", "both layers"), 4
    network = experiments.start(*variant, seed)
    starts = (network, nudge(network, seed))
    fresh = [four_runs.outcome(each, LATE)[0][LATE][0] for each in starts]
    run = record[variant].runs[seed]
    assert fresh == [run.learned_late, run.nudged_late]


def test_the_two_right_readings_train_the_same_weights():
    for seed in STURDY:
        names = "derivative(z)", "derivative_from_output(a)"
        one, other = (trained_weights(name, seed) for name in names)
        # 1,500 steps of rounding, about 1e-16 each, in weights of size 10
        np.testing.assert_allclose(one, other, rtol=0, atol=1e-11)


def trained_weights(reading, seed):
    network = experiments.start(reading, "both layers", seed)
    arguments = (experiments.X, experiments.Y, sum_of_squares)
    trained = train(network, *arguments, EARLY, experiments.STEP_SIZE).network
    return np.concatenate([W.ravel() for W in trained.weights])


def test_a_start_is_drawn_as_the_post_draws_it():
    np.random.seed(7)
    drawn = [np.random.rand(3, 4), np.random.rand(4, 1)]
    network = experiments.start("derivative(z)", "both layers", 7)
    for W, expected in zip(network.weights, drawn, strict=True):
        np.testing.assert_array_equal(W, expected)


def test_counts_and_medians_of_a_variant_by_hand():
    run = partial(experiments.four_readings()["derivative(z)"].runs[0]._replace)
    runs = [
        run(learned_early=True, cost_early=1.0, compared=2, negative=1),
        run(learned_early=True, cost_early=3.0, compared=6, negative=3),
        run(learned_early=False, cost_early=None, compared=2, negative=0, stopped=9),
    ]
    few = Variant("derivative(z)", "both layers", tuple(runs))
    assert (few.learned(), few.stopped(), few.median_cost()) == (2, 1, 2.0)
    assert (few.ever_negative, few.negative_share) == (2, 0.4)


def test_other_steps_than_those_recorded_are_refused(record):
    with pytest.raises(ValueError, match="steps must be 1500 or 20000, not 100"):
        record["derivative(z)", "both layers"].learned(100)

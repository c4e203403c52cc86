"""The record of the mistakes: all there, and a part of it run afresh."""

from math import isclose

import numpy as np
import pytest
from recorded_runs import NOISE, agree, differences

from backprop_explained import MISTAKES, squared_error
from sitebuild.evidence import digits, experiments
from sitebuild.evidence.experiments import EARLY, LATE
from sitebuild.evidence.fingerprints import (
    LONG,
    NUDGED,
    digits_run,
    merged,
    post_run,
    tasks,
)
from sitebuild.evidence.marks import (
    TESTED,
    ends,
    nudged,
    on_digits,
    post,
    steadily,
    unsteady,
)
from sitebuild.evidence.rounding import NUDGE, steady
from sitebuild.evidence.ways import (
    POST,
    RIGHT,
    SETTINGS,
    UNFIT,
    WAYS,
    digits_names,
    post_names,
)

CHAOTIC = "tanh's slope for the sigmoid, from a"
SHARED = {  # a variant of the four readings, under its name here
    ("derivative_from_output(a)", "both layers"): RIGHT,
    ("derivative(a)", "both layers"): "a where z belongs",
    ("derivative(a)", "output only"): "a where z belongs, output layer",
    ("derivative(a)", "hidden only"): "a where z belongs, hidden layers",
    ("derivative_from_output(z)", "both layers"): "z where a belongs",
    ("derivative_from_output(z)", "output only"): "z where a belongs, output layer",
    ("derivative_from_output(z)", "hidden only"): "z where a belongs, hidden layers",
}


@pytest.fixture(scope="module")
def on_post():
    return post()


def test_every_way_that_can_be_run_is_on_record_with_every_start(on_post):
    assert list(on_post) == post_names()
    for runs in on_post.values():
        assert [run.seed for run in runs] == list(experiments.SEEDS)
    for setting in SETTINGS:
        recorded = on_digits(setting)
        assert list(recorded) == digits_names(setting)
        for runs in recorded.values():
            assert [run.seed for run in runs] == list(digits.SEEDS)


def test_every_mistake_is_on_record_or_cannot_be_made():
    recorded = {name for setting in SETTINGS for name in on_digits(setting)}
    for name in set(WAYS) - recorded - set(UNFIT):
        command = f'python -m sitebuild.evidence.fingerprints "{name}"'
        pytest.fail(f"not on record: run {command}, or name it in UNFIT")
    assert set(WAYS) == recorded | set(UNFIT)


def test_a_new_column_takes_its_place_and_leaves_the_others():
    old = {setting: {} for setting, _ in tasks()}
    for setting, name in tasks():
        old[setting][name] = [setting, name]
    first, *rest = tasks()
    with pytest.raises(KeyError):
        merged({**old, first[0]: {}}, {})  # a column that nobody ran
    tree = merged(old, {first: ["new"]})
    assert tree[first[0]][first[1]] == ["new"]
    assert all(tree[setting][name] == [setting, name] for setting, name in rest)
    assert list(tree) == [POST, *SETTINGS]


@pytest.mark.parametrize("name", UNFIT)
def test_what_is_left_out_has_other_shapes_than_the_parameters(name):
    network = digits.start(0)
    x, y = np.ones((5, 64)), np.ones((5, 10))
    given = MISTAKES[name].gradients(network, x, y, squared_error, 0.1).parameters
    shapes = [array.shape for array in given]
    assert shapes != [p.shape for p in network.parameters]


def test_the_counts_are_possible():
    for setting in SETTINGS:
        for runs in on_digits(setting).values():
            for run in runs:
                assert 1 <= len(run.correct) <= digits.EPOCHS + 1
                assert 0 <= min(run.correct) <= max(run.correct) <= TESTED


def test_long_runs_are_those_that_were_made(on_post):
    for runs in on_post.values():
        for run in runs:
            ended = run.stopped is None
            assert (run.cost is not None) == (ended or run.stopped > EARLY)
            assert (run.cost_late is not None) == (run.seed in LONG and ended)
            assert run.lowest_at <= EARLY < LATE


# ---- held against the other records


def test_it_agrees_with_the_record_of_the_four_readings(on_post):
    for variant, name in SHARED.items():
        other = experiments.variants()[variant]
        for run, old in zip(on_post[name], other.runs, strict=True):
            long = run.seed in LONG
            if run.stopped is None or run.stopped <= EARLY:
                assert (run.learned, run.cost) == (old.learned_early, old.cost_early)
            assert agree(run.cosine, old.cosine_start)
            assert agree(run.error, old.error, 1e-2) or old.error < NOISE
            if long and old.learned_late is not None:
                for field in ("learned_late", "stopped", "cost_late"):
                    assert getattr(run, field) == getattr(old, field), field


def test_the_right_gradient_agrees_with_the_record_of_the_digits():
    counts = [run.correct for run in on_digits()[RIGHT]]
    assert counts == digits.recorded().tolist()


# ---- run afresh


@pytest.mark.parametrize("name", post_names())
def test_a_start_of_the_post_comes_out_again(name, on_post):
    kept = steadily(name, POST)
    seed = kept.index(max(kept))
    assert ends(name, POST)[seed] == nudged(name, POST)[seed]
    recorded = on_post[name][seed]
    fresh = post_run(name, seed, long=False)
    late = {"learned_late": None, "cost_late": None, "lowest_late": None}
    assert not differences(recorded._replace(**late), fresh)


def test_a_changed_record_is_noticed(on_post):
    run = on_post[RIGHT][3]._replace(learned_late=None)
    assert not differences(run, run)
    for changed in [
        run._replace(learned=not run.learned),
        run._replace(cost=run.cost * 1.01),
        run._replace(stopped=7),
        run._replace(error=0.5),
        run._replace(cosine=0.9),
    ]:
        assert len(differences(run, changed)) == 1


@pytest.mark.peers("sklearn")
def test_a_chaotic_training_is_recognised():
    def counts(name, by):
        return digits_run("sigmoid", name, seed=0, epochs=2, by=by).correct

    assert steady(counts(RIGHT, 0.0), counts(RIGHT, NUDGE)) == 3
    assert steady(counts(CHAOTIC, 0.0), counts(CHAOTIC, NUDGE)) < 3
    assert CHAOTIC in unsteady("sigmoid")


def test_a_chaotic_start_of_the_post_is_recognised():
    costs = [post_run(CHAOTIC, 1, long=False, by=by).end[1] for by in (0.0, NUDGE)]
    assert not isclose(*costs, rel_tol=0.1)
    assert CHAOTIC in unsteady(POST)


def test_only_what_stays_is_compared_and_that_is_nearly_all():
    lost = [
        (setting, name)
        for setting in SETTINGS
        for name, runs in on_digits(setting).items()
        if steadily(name, setting)[0] < min(3, len(runs[0].correct))
    ]
    assert lost == [("sigmoid", CHAOTIC)]
    assert RIGHT not in [n for setting in (POST, *SETTINGS) for n in unsteady(setting)]


def test_the_nudged_starts_are_on_record():
    for name in post_names():
        assert len(nudged(name, POST)) == len(ends(name, POST)) == len(NUDGED["post"])
    for setting in SETTINGS:
        for name in digits_names(setting):
            again = nudged(name, setting)
            assert len(again) == len(ends(name, setting)) == len(NUDGED["digits"])
            assert [*map(len, again)] == [*map(len, ends(name, setting))]


@pytest.mark.peers("sklearn")
def test_a_nudged_start_comes_out_again():
    setting, name = "relu", RIGHT
    again = digits_run(setting, name, seed=0, epochs=2, by=NUDGE)
    assert again.correct == nudged(name, setting)[0][:3]


@pytest.mark.peers("sklearn")
@pytest.mark.parametrize("setting", SETTINGS)
def test_the_first_epochs_on_the_digits_come_out_again(setting):
    for name, runs in on_digits(setting).items():
        fresh = digits_run(setting, name, seed=0, epochs=2)
        kept = min(3, steadily(name, setting)[0])
        old, new = (r._replace(correct=r.correct[:kept]) for r in (runs[0], fresh))
        assert not differences(old, new), name

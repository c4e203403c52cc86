"""The HTML of an exercise: with scripts, without, and in the place a page gives it."""

import json
import re
from dataclasses import replace

import pytest

from backprop_explained.practise import Grade
from sitebuild.exercises import shown
from sitebuild.exercises.checking import choices
from sitebuild.exercises.reading import ExerciseError, all_exercises, exercise
from sitebuild.tags import tags

RUNTIME = "runtime/"


def told(name):
    """What a script is told."""
    return json.loads(shown.files()[f"assets/exercises/{name}.json"])


def test_an_exercise_is_put_in_its_place():
    place = shown.placed("steep-leak", "softplus-from-output")
    html = shown.with_exercises(f"<p>before</p>{place}<p>after</p>", RUNTIME, "digest")
    assert html.startswith("<p>before</p><div><bp-exercise")
    assert html.count("<bp-exercise") == 2
    assert "data-exercise=" not in html


def test_a_wrong_exercise_is_not_placed(monkeypatch):
    shown.checked.cache_clear()
    monkeypatch.setattr("sitebuild.exercises.shown.problems", lambda one: ["is dull"])
    with pytest.raises(ExerciseError, match="exercise steep-leak: is dull"):
        shown.placed("steep-leak")
    shown.checked.cache_clear()


@pytest.mark.parametrize("name", [one.name for one in all_exercises()])
def test_the_answer_is_not_to_be_read_by_accident(name):
    one = exercise(name)
    html = shown.as_html(one, RUNTIME, "digest")
    before, _, folded = html.partition("<details")
    assert folded.count("</details>") == 1
    assert "backprop_explained.practise" not in html
    for hint in one.hints:
        assert hint not in html
    if one.kind != "code":
        assert before.count('type="radio"') == len(told(name)["told"])
        assert "Right." not in before


def test_an_exercise_in_code_has_what_python_needs():
    html = shown.as_html(exercise("softplus-from-output"), RUNTIME, "digest")
    (element,) = tags(html, "bp-exercise")
    data = dict(element.attributes())
    assert data["data-runtime"].startswith(RUNTIME)
    assert data["data-archive"].endswith("?digest")
    assert "MB from this site" in html


def test_each_exercise_names_its_file_and_its_state():
    one = exercise("two-paths")
    (address,) = re.findall(r'data-told="([^"]*)"', shown.as_html(one, RUNTIME, ""))
    assert address.partition("?")[0] in shown.files()
    first, *others = one.options
    other = replace(one, options=(replace(first, told="No."), *others))
    choices.cache_clear()
    assert f'data-told="{address}"' not in shown.as_html(other, RUNTIME, "")


def test_what_cannot_be_told_stops_no_build(monkeypatch):
    broken = replace(exercise("two-paths"), key="key = 1 / 0")
    monkeypatch.setattr("sitebuild.exercises.shown.all_exercises", lambda: [broken])
    assert shown.files() == {}


def test_a_choice_asks_nothing_of_python():
    html = shown.as_html(exercise("two-paths"), RUNTIME, "digest")
    assert "data-runtime" not in html
    said = told("two-paths")
    assert said["told"][said["right"]].startswith("Right")


def test_what_runs_behind_the_answer_prints_the_grade(capsys):
    code = shown.after("grade = Grade(answer == 2, 'Count again, \"twice\".')")
    exec(code, {"answer": 3})
    line = capsys.readouterr().out.splitlines()[-1]
    assert Grade(**json.loads(line)).verdict == 'Count again, "twice".'

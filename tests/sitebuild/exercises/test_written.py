"""Every exercise: each of its answers gets what its file says."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from sitebuild.checks.words import wrong_words
from sitebuild.exercises.checking import choices, problems
from sitebuild.exercises.listing import DOCS, list_of_all, places
from sitebuild.exercises.reading import SETS, all_exercises, exercise

ALL = all_exercises()
NAMES = [one.name for one in ALL]
FEWEST = {"z-or-a": 10, "mistake": 12, "write": 8, "learn": 24}


@pytest.mark.parametrize("name", NAMES)
def test_each_answer_gets_what_the_file_says(name):
    assert problems(exercise(name)) == []


def test_there_are_enough_of_each_set():
    counts = Counter(one.set for one in ALL)
    assert set(counts) == set(SETS)
    assert {name for name, fewest in FEWEST.items() if counts[name] < fewest} == set()


def test_the_kinds_of_z_or_a_are_all_there():
    keys = {choices(one)[0] for one in ALL if one.set == "z-or-a"}
    assert len(keys) == 5


def test_orders_and_titles_are_told_apart():
    assert max(Counter((one.set, one.order) for one in ALL).values()) == 1
    assert max(Counter(one.title for one in ALL).values()) == 1


@pytest.mark.parametrize("name", NAMES)
def test_each_stands_on_one_page_and_in_the_list(name):
    text = "".join(page.read_text("utf-8") for page in DOCS.rglob("*.md"))
    assert len(re.findall(rf'"{name}"', text)) == 1
    assert f'href="../../{places()[name]}/#exercise-{name}"' in list_of_all()


LEARN = [path.stem for path in sorted((DOCS / "learn").glob("*.md"))]


@pytest.mark.parametrize("page", LEARN)
def test_a_page_of_learn_ends_in_some_of_its_own(page):
    own = [one for one in ALL if places().get(one.name) == f"learn/{page}"]
    few = f"add an exercise with set: learn, and place it on learn/{page}.md"
    assert 1 <= sum(one.set == "learn" for one in own) <= 3, few


def test_what_belongs_to_the_path_stands_on_it():
    learn = {places()[one.name] for one in ALL if one.set == "learn"}
    assert learn <= {f"learn/{page}" for page in LEARN}


@pytest.mark.parametrize("name", NAMES)
def test_its_words_are_those_of_the_project(name):
    assert list(wrong_words(exercise(name).text)) == []


@pytest.mark.parametrize("name", NAMES)
def test_hints_and_reasons_are_no_repetition(name):
    one = exercise(name)
    told = [*one.hints, one.why]
    assert len(set(told)) == len(told)
    assert one.task != one.why


NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?:e-?\d+)?(?![\w.]*[a-zA-Z_])")


def numbers(text):
    return {float(found.replace(",", "")) for found in NUMBER.findall(text)}


def unknown_numbers(one):
    """The numbers that an exercise states, and its programs do not hold."""
    told = [option.told for option in one.options]
    text = "\n".join([one.task, *one.hints, one.why, *told])
    known = {0.0, 1.0}
    for code in (one.key, one.grader, one.solution.code, one.starter.code):
        known |= numbers(code)
    return numbers(text) - known


@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_of_an_exercise_stand_in_its_programs(name):
    assert unknown_numbers(exercise(name)) == set()


def test_a_number_that_no_program_holds_is_found():
    one = exercise("how-far-off")
    other = replace(one, key=one.key.replace("0.73", "0.74"))
    assert unknown_numbers(other) == {0.73}
    assert problems(other)[0].startswith("its key raises AssertionError")


def test_no_comment_is_left_in_a_text():
    assert not [one.name for one in ALL if "<!--" in one.text]

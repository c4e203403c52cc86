"""What the checker of exercises has to refuse, and how it reads a file."""

import pytest

from sitebuild.exercises.checking import problems, run_answer
from sitebuild.exercises.reading import ExerciseError, changed, exercise, read

CODE = """---
title: Double
set: write
order: 1
---

Double it.

## Starter

```py
def double(z):
    return ...
```

> Not yet.

## Grader

```py
grade = Grade(double(3) == 6, "It is the square." if double(3) == 9 else "Not yet.")
```

## Solution

```py
def double(z):
    return 2 * z
```

## Another

```diff
- return 2 * z
+ return z + z
```

## Another

```diff
- return 2 * z
+ return z * 2
```

## Wrong

```diff
- return 2 * z
+ return z**2
```

> It is the square.

## Wrong

```diff
- return 2 * z
+ return z
```

> Not yet.

## Hints

- What is twice three?
- It is the number and itself.
"""
CHOICE = """---
title: Which
set: learn
order: 1
kind: choice
---

Which is larger?

## Options

- two
  > It is smaller.
- three
  > Right.
- one
  > Smaller still.

## Key

```py
key = {2: "two", 3: "three", 1: "one"}[max(1, 2, 3)]
```

## Why

Count.
"""


def found(text):
    return problems(read("made", text))


@pytest.mark.parametrize("text", [CODE, CHOICE])
def test_a_sound_one_has_no_problem(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("double(3) == 6,", "True,", "the starter passes"),
        ("double(3) == 6,", "True,", "the wrong 1 passes"),
        ("double(3) == 6,", "True,", "its grader rejects nothing"),
        ("double(3) == 6,", "double(3) == 7,", "the solution fails: Not yet."),
        ("> It is the square.", "> It is a cube.", "the wrong 1 gets 'It is the squa"),
        ("> It is the square.", "", "the wrong 1 has no message; it gets: It is"),
        ("+ return z + z", "+ return z + 1", "the another 1 fails: Not yet."),
        ("+ return z + z", "+ return z * 2", "an answer stands there twice"),
        (
            "## Another\n\n```diff\n- return 2 * z\n+ return z * 2\n```\n",
            "",
            "1 others",
        ),
        ("- It is the number and itself.\n", "", "it has 1 hints, and needs 2"),
        ("double(z):\n    return ...", "twice(z):\n    return 1", "There is no"),
    ],
)
def test_a_fault_of_an_exercise_in_code_is_found(old, new, said):
    assert old in CODE
    assert any(said in problem for problem in found(CODE.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("max(1, 2, 3)", "max(1, 2, 3) + 1", "KeyError"),
        ('3: "three"', '3: "four"', "its key is 'four'"),
        ('{2: "two", 3: "three", 1: "one"}[max(1, 2, 3)]', '"three"', "com"),
        ("  > Smaller still.\n", "", "nothing is said of the answer 'one'"),
        ("Smaller still", "It is smaller", "the same is said of two answers"),
        ("- one\n  > Smaller still.\n", "", "it has 2 answers to choose, and needs 3"),
        ("## Why\n\nCount.\n", "", "it says no reason"),
    ],
)
def test_a_fault_of_a_choice_is_found(old, new, said):
    assert old in CHOICE
    assert any(said in problem for problem in found(CHOICE.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("set: write", "set: other", "set is 'other'"),
        ("order: 1\n", "", "no order"),
        ("order: 1", "order: 1\nkind: essay", "kind is 'essay'"),
        ("## Hints", "## Hint", "unknown section 'Hint'"),
        ("- return 2 * z\n+ return z\n", "- return 3 * z\n+ return z\n", "0 times"),
        ("```py\ngrade", "```\ngrade", "a fence py is missing"),
    ],
)
def test_what_cannot_be_read_is_refused(old, new, said):
    assert old in CODE
    with pytest.raises(ExerciseError, match=said):
        read("made", CODE.replace(old, new, 1))


def test_an_unknown_exercise_is_refused_with_those_there_are():
    with pytest.raises(ExerciseError, match=r"no exercise 'nothing'; .*steep-leak"):
        exercise("nothing")


def test_a_change_keeps_the_indentation():
    program = "def f(z):\n    if z:\n        return z\n"
    diff = "- return z\n+ z = 2 * z\n+ return z\n"
    expected = "def f(z):\n    if z:\n        z = 2 * z\n        return z\n"
    assert changed(program, diff) == expected


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("def double(z):\n    return y", "Line 2: return y\nNameError: name 'y'"),
        ("def double(z)\n    return y", "Line 1: def double(z)\nSyntaxError"),
        ("def double(z):\n    raise ValueError(z)", "Line 2: raise ValueError(z)\n"),
        ("twice = 2", "There is no `double` any more"),
    ],
)
def test_an_error_of_the_answer_is_told_as_a_cell_tells_it(code, said):
    grade = run_answer(code, read("made", CODE).grader)
    assert not grade.passed
    assert grade.verdict.startswith(said)

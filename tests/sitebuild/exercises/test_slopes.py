"""The key of a choice between z and a is what the judge says, and so is each reason."""

import pytest

from sitebuild.exercises.checking import choices
from sitebuild.exercises.reading import ExerciseError, read

SLOPE = """---
title: Slope
set: z-or-a
order: 1
kind: slope
---

What does it take?

## Function

```py
{}
```

## Why

Because.
"""


@pytest.mark.parametrize(
    ("function", "key"),
    [
        ("f = np.exp\nd = np.exp", "It takes `z`."),
        ("f = np.exp\nd = lambda v: v", "It takes the output, `a`."),
        ("f = lambda z: 2 * z\nd = lambda v: 2 + 0 * v", "It takes either: both give"),
        ("f = np.exp\nd = lambda v: 2 * v", "It takes neither: no argument gives"),
        ("f = lambda z: z * z * z\nd = lambda p, q: q / p * 3", "It takes both, `z`"),
    ],
)
def test_the_key_of_a_slope_is_what_the_judge_says(function, key):
    one = read("made", SLOPE.format(function))
    right, options = choices(one)
    assert right.startswith(key)
    told = {option.text: option.told for option in options}
    assert told.pop(right).startswith("Right. At z = ")
    assert all(said.startswith("Not so: ") for said in told.values())


def test_readings_that_no_point_tells_apart_are_refused():
    text = SLOPE.format("f = lambda z: z + 1e-3\nd = lambda v: 1 + 1e-9 * v")
    with pytest.raises(ExerciseError, match="tells the readings of d apart"):
        choices(read("made", text))

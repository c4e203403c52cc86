"""The exercise that CONTRIBUTING adds is a sound one."""

import re

from recipes import section

from sitebuild.exercises.checking import problems
from sitebuild.exercises.reading import read


def test_the_exercise_of_the_recipe_is_sound():
    text = section("Add an exercise")
    (written,) = re.findall(r"^`{5}markdown\n(.*?)^`{5}$", text, re.M | re.S)
    one = read("squared-slope", written)
    assert problems(one) == []
    assert f'placed("{one.name}")' in text
    assert len(one.wrong) == 2

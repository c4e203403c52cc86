"""What a reader is told of an error, and what is taken of pasted code."""

import pytest
from runner import Python

from sitebuild.live.python.words import without_prompts

ONES = "__import__('numpy').ones((2, 3))"


@pytest.fixture
def python():
    return Python()


@pytest.mark.parametrize(
    ("code", "line", "said"),
    [
        ("a = 1\nb = “a”", 2, '“ is a quotation mark of print, not of Python: write "'),
        ("b = ’a’", 1, "’ is a quotation mark of print, not of Python: write '"),
        ("a =\u00a01", 1, "a no-break space stands here"),
        ("a = 1\n%matplotlib inline", 2, "is a command of notebooks"),
        ("!pip install torch", 1, "is a command of notebooks"),
        ("n = int(input('n?'))", 1, "input() has nobody to ask here"),
        ("a = = 1", 1, "invalid syntax"),
        ("2.5 ^ 2", 1, "^ is not a power in Python: write **"),
        (f"{ONES} ^ 2", 1, "^ is not a power in Python: write **"),
        (f"{ONES} @ {ONES}", 1, "3 columns on the left, and 2 rows on the right"),
        (f"{ONES} * {ONES}.T", 1, "the shapes (2,3) (3,2) do not fit each other"),
        ("np.tanh(2)", 1, "name 'np' is not defined; begin with import numpy as np"),
        ("tanh(2)", 1, "name 'tanh' is not defined; NumPy has np.tanh"),
    ],
)
def test_an_error_of_beginners_is_one_plain_sentence(
    python, monkeypatch, code, line, said
):
    monkeypatch.setattr("builtins.input", _nobody)
    python = Python()
    _, result = python(code)
    assert result["line"] == line
    assert said in result["error"].splitlines()[-1]


def _nobody(*_):
    raise EOFError


def test_strings_keep_their_quotation_marks(python):
    assert python("print('“a” 50 % b\u00a0c')")[0] == "“a” 50 % b\u00a0c\n"


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        (">>> x = 1\n>>> x\n1", "x = 1\nx\n"),
        (">>> for i in z:\n...     print(i)\n...\n0", "for i in z:\n    print(i)\n\n"),
        ("x = '>>> '", "x = '>>> '"),
    ],
)
def test_prompts_are_taken_off(pasted, code):
    assert without_prompts(pasted) == code


def test_what_is_not_here_is_said_with_what_is():
    said = Python()("import nothing_such")[1]["error"]
    assert said.endswith("nothing_such is not here, only NumPy and backprop_explained")
    said = Python(draws=True)("import nothing_such")[1]["error"]
    assert said.endswith("only NumPy, backprop_explained and matplotlib")

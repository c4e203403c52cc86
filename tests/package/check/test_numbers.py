"""Numbers of any language get a verdict, and bad input is told where it is bad."""

import json

import numpy as np
import pytest
from test_whole_gradient import given

from backprop_explained import ACTIVATIONS, Argument
from backprop_explained.__main__ import main
from backprop_explained.check.numbers import INPUTS, check_numbers

X = np.array(INPUTS)
s = lambda v: 1 / (1 + np.exp(-v))


@pytest.mark.parametrize(
    ("values", "row", "argument", "words"),
    [
        (X * (1 - X), "sigmoid", Argument.OUTPUT, "pass `a`"),
        (s(X) * (1 - s(X)), "sigmoid", Argument.PRE_ACTIVATION, "pass `z`"),
        (1 - X**2, "tanh", Argument.OUTPUT, "pass `a`"),
        (np.cosh(X) ** -2, "tanh", Argument.PRE_ACTIVATION, "pass `z`"),
        (1.0 * (X > 0), "relu", Argument.EITHER, "either"),
        (2 * X * (1 - X), "sigmoid", Argument.NEITHER, "2 times"),
        (X * (X - 1), "sigmoid", Argument.NEITHER, "wrong sign"),
        (s(X), "sigmoid", Argument.NEITHER, "activation itself"),
        (1 - X**2, "sigmoid", Argument.NEITHER, "slope of tanh, from `a`"),
        (0.99 * s(X) * (1 - s(X)), "sigmoid", Argument.NEITHER, "0.99 times"),
        (X**5, "sigmoid", Argument.NEITHER, "at -4 it gives -1024"),
    ],
)
def test_nine_results(values, row, argument, words):
    verdict = check_numbers("\n".join(f"{v:.9g}" for v in values), ACTIVATIONS[row])
    assert verdict.argument is argument
    assert words in str(verdict)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1 2\n3 x", "line 2, number 2: expected a number such as 0.25, not 'x'"),
        ("1\nNaN", "line 2, number 1: .*not 'NaN'"),
        ("1 2 3", "expected 9 numbers.*found 3"),
        ("", "found 0"),
    ],
)
def test_bad_numbers_are_found(text, words):
    with pytest.raises(ValueError, match=words):
        check_numbers(text)


def test_the_command(tmp_path, capsys):
    file = tmp_path / "numbers.txt"
    for text, code, words in [
        (" ".join(map(str, X * (1 - X))), 0, "takes the output"),
        (" ".join(map(str, X)), 1, "takes neither"),
        ("1 2", 2, "expected 9 numbers"),
        (json.dumps(given()), 0, "gradient: right"),
        (json.dumps(given(factor=2)), 1, "gradient: wrong"),
    ]:
        file.write_text(text)
        assert main([str(file)]) == code
        assert words in "".join(capsys.readouterr())
    assert main([]) == 2
    assert main([str(tmp_path / "absent")]) == 2

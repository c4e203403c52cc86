"""Tells which argument a derivative takes: the pre-activation `z` or the output `a`.

The function is called with both, at the same points, and each result is compared with
the slope that the activation has there.  Its source is never read, so any function
written by anyone can be judged.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from backprop_explained.activations import SIGMOID, Activation
from backprop_explained.check.probes import probe
from backprop_explained.check.readings import insist_on_a_number, read_both, right_names
from backprop_explained.check.resemblance import resemblance


class Argument(Enum):
    """What a derivative has to be given.

    Attributes
    ----------
    PRE_ACTIVATION : str
        `"z"`: pass the pre-activation.
    OUTPUT : str
        `"a"`: pass the output.
    EITHER : str
        `"either"`: both give the same slope, as for relu.
    NEITHER : str
        `"neither"`: it is not the slope of this activation.

    Examples
    --------
    >>> Argument.OUTPUT.value
    'a'
    """

    PRE_ACTIVATION = "z"
    OUTPUT = "a"
    EITHER = "either"
    NEITHER = "neither"


@dataclass(frozen=True)
class ArgumentVerdict:
    """What a derivative takes; it prints as a sentence that says what to pass.

    Attributes
    ----------
    argument : Argument
        `PRE_ACTIVATION`, `OUTPUT`, `EITHER` or `NEITHER`.
    activation : str
        The name of the activation whose slope was expected.
    resembles : str
        For `NEITHER`: what the function does instead; else empty.
    changes_argument : bool
        Whether it writes to the array or list that it is handed.

    Examples
    --------
    >>> verdict = derivative_argument(lambda v: v * (1 - v))
    >>> verdict.argument
    <Argument.OUTPUT: 'a'>
    >>> print(verdict)
    takes the output: pass `a`, not `z`
    """

    argument: Argument
    activation: str
    resembles: str = ""
    changes_argument: bool = False

    def __str__(self) -> str:
        sentence = {
            Argument.PRE_ACTIVATION: "takes the pre-activation: pass `z`, not `a`",
            Argument.OUTPUT: "takes the output: pass `a`, not `z`",
            Argument.EITHER: "takes either: `z` and `a` give the same slope of "
            + self.activation,
            Argument.NEITHER: f"takes neither: not the slope of {self.activation}, "
            f"from `z` or from `a`; {self.resembles}",
        }[self.argument]
        if self.changes_argument:
            sentence += "; it changes its argument in place: pass a copy"
        return sentence


def derivative_argument(
    derivative: Callable[..., Any], activation: Activation = SIGMOID
) -> ArgumentVerdict:
    r"""Tell whether a derivative takes `z` or the output, by calling it with both.

    Parameters
    ----------
    derivative : callable
        One argument in, as many slopes out.  It may take arrays, lists, or one number
        at a time, and may write to its argument: it is handed copies.  A flag goes
        through a lambda: `lambda v: nonlin(v, deriv=True)`.
    activation : Activation
        Whose slope it should be: a row of `ACTIVATIONS`, or your own from
        [make_activation][backprop_explained.make_activation].

    Returns
    -------
    ArgumentVerdict
        Print it; or read `.argument`.

    Raises
    ------
    TypeError
        If `derivative` cannot be called, or `activation` is not an `Activation`.
    ValueError
        If `derivative` raises, returns another shape than it was given, or returns no
        number at all, whichever argument it is handed; or if the activation has no
        finite slope where it is asked: its `domain` is then too wide.

    Notes
    -----
    | what is recognised | verdict |
    |---|---|
    | $\sigma'(z)$, in any way of writing | `PRE_ACTIVATION` |
    | $a\,(1 - a)$, in any way of writing | `OUTPUT` |
    | a slope that both readings give (relu's, the identity's) | `EITHER` |
    | the slope times a constant, or with the wrong sign | `NEITHER`, and the factor |
    | one number, whatever it is given | `NEITHER`, and the number |
    | the activation itself | `NEITHER`, and so it says |
    | the slope of another activation of the catalogue | `NEITHER`, and whose |
    | the slope on a part of the range | `NEITHER`, and which part |

    A slope counts as right up to 2e-3 of its size, so float32 code and differences
    pass, and a mistake of 1 % does not.  It is read at some 16 points, most of
    them with |z| below 8: what happens only between them or further out is not seen,
    nor is the value at a kink.  Random or remembered results are not looked for.

    Source: the definition. A function takes `z` if it returns the slope when given `z`.

    Examples
    --------
    >>> import math
    >>> def sigmoid_prime(z):
    ...     s = 1 / (1 + math.exp(-z))
    ...     return s * (1 - s)
    >>> print(derivative_argument(sigmoid_prime))
    takes the pre-activation: pass `z`, not `a`
    >>> from backprop_explained import ACTIVATIONS
    >>> print(derivative_argument(lambda v: v > 0, ACTIVATIONS["relu"]))
    takes either: `z` and `a` give the same slope of relu
    >>> print(derivative_argument(lambda v: v * (v - 1)))
    takes neither: ... it is the slope from `a` with the wrong sign
    >>> print(derivative_argument(lambda v: 1 - v**2))
    takes neither: ... it is the slope of tanh, from `a`
    >>> derivative_argument(0.25)
    Traceback (most recent call last):
    TypeError: derivative must be a function of one argument, not 0.25; pass the ...
    """
    if not callable(derivative):
        raise TypeError(
            f"derivative must be a function of one argument, not {derivative!r}; "
            "pass the function itself, without calling it"
        )
    if not isinstance(activation, Activation):
        raise TypeError(
            f"activation must be an Activation, not {activation!r}; "
            'try ACTIVATIONS["tanh"], or make_activation for your own'
        )
    points = probe(activation)
    readings = read_both(derivative, points)
    insist_on_a_number(readings)
    argument = _TAKES[right_names(readings, points.slope)]
    neither = argument is Argument.NEITHER
    resembles = resemblance(derivative, readings, points) if neither else ""
    changed = any(reading.changed for reading in readings)
    return ArgumentVerdict(argument, activation.name, resembles, changed)


_TAKES = {
    ("z", "a"): Argument.EITHER,
    ("z",): Argument.PRE_ACTIVATION,
    ("a",): Argument.OUTPUT,
    (): Argument.NEITHER,
}

"""What a derivative has to be given, as a verdict that prints."""

from dataclasses import dataclass
from enum import Enum


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
    BOTH : str
        `"both"`: it takes both, `z` and `a`.
    UPSTREAM : str
        `"dC/da"`: it takes what comes from above, and multiplies by the slope.
    NOTHING : str
        `"nothing"`: it takes no argument, and reads what its object keeps.

    Examples
    --------
    >>> Argument.OUTPUT.value
    'a'
    """

    PRE_ACTIVATION = "z"
    OUTPUT = "a"
    EITHER = "either"
    NEITHER = "neither"
    BOTH = "both"
    UPSTREAM = "dC/da"
    NOTHING = "nothing"


@dataclass(frozen=True)
class ArgumentVerdict:
    """What a derivative takes; it prints as a sentence that says what to pass.

    Attributes
    ----------
    argument : Argument
        What it takes.
    activation : str
        The name of the activation whose slope was expected.
    resembles : str
        For `NEITHER`: what the function does instead; else empty.
    changes_argument : bool
        Whether it writes to the array or list that it is handed.
    note : str
        What else has to be known to call it; often empty.

    Examples
    --------
    >>> from backprop_explained import derivative_argument
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
    note: str = ""

    def __str__(self) -> str:
        sentence = {
            Argument.PRE_ACTIVATION: "takes the pre-activation: pass `z`, not `a`",
            Argument.OUTPUT: "takes the output: pass `a`, not `z`",
            Argument.EITHER: "takes either: `z` and `a` give the same slope of "
            + self.activation,
            Argument.NEITHER: f"takes neither: not the slope of {self.activation}, "
            f"from `z` or from `a`; {self.resembles}",
            Argument.BOTH: "takes both: pass `z` and `a`",
            Argument.UPSTREAM: "takes what comes from above: pass `dC/da`",
            Argument.NOTHING: "takes no argument",
        }[self.argument]
        if self.note:
            sentence += f"; {self.note}"
        if self.changes_argument:
            sentence += "; it changes its argument in place: pass a copy"
        return sentence

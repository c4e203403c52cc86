"""The first wrong line of a training step.

A backward pass is a list of expressions, and each claims to be something: the
derivative of the cost with respect to a value of the forward pass, that value itself,
or a slope.  All of these are measured, by moving the values while the cost is computed.
Then the step is run again and again, each time with one of its values replaced by a
measured one.  The first expression by which a wrong gradient becomes right, and no
right one wrong, is the one to look at.

No automatic differentiation is used.  The code runs with its expressions recorded while
the call lasts, and is as it was when it returns.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from backprop_explained.check.line.finding import Finding
from backprop_explained.check.line.misshapen import Misshapen
from backprop_explained.check.line.report import WrongLine
from backprop_explained.check.parameters import memory_of
from backprop_explained.check.step import StepCheck, check_step, checked_step
from backprop_explained.check.trial import Trial


@dataclass(frozen=True, eq=False)
class FirstWrong:
    """The wrong lines of a training step, in the order of execution.

    Attributes
    ----------
    check : StepCheck or None
        The verdict on the gradient; None if the step fails, as shapes do not fit.
    lines : tuple of WrongLine
        The first wrong line, then what is still wrong once it is corrected, and so on.
    unexplained : tuple of str
        The parameters whose gradient is wrong, and no line was found.
    note : str
        What could not be known, a sentence; empty if nothing.

    Examples
    --------
    >>> box = {"w": 3.0}
    >>> def step():
    ...     box["w"] -= 0.1 * 2 * box["w"]
    >>> print(
    ...     find_first_wrong(
    ...         step, lambda: box["w"] ** 2, box, 0.1
    ...     )
    ... )
    training step: right; no line is wrong
    """

    check: StepCheck | None
    lines: tuple[WrongLine, ...]
    unexplained: tuple[str, ...] = ()
    note: str = ""

    def __str__(self) -> str:
        if self.check and not self.note:
            right = f"training step: {self.check.verdict}; no line is wrong"
            return "\n".join([right, *self.check.notes])
        rows = [str(line) for line in self.lines] or [str(self.check)]
        if self.unexplained:
            names = ", ".join(self.unexplained)
            rows.append(f"still wrong, and no line was found for it: dC/d {names}")
        return "\n\n".join([*rows, *filter(None, [self.note])])

    __repr__ = __str__


def find_first_wrong(
    step: Callable[[], Any],
    cost: Callable[[], Any],
    where: Any,
    step_size: float | None = None,
    *,
    ascent: bool = False,
    source: str | None = None,
) -> FirstWrong:
    """Find the line of a training step at which its gradient goes wrong.

    Parameters
    ----------
    step, cost, where, step_size, ascent
        As in `check_step`.
    source : str, optional
        The text of the code, if it has no file: pasted, or run by `exec`.

    Returns
    -------
    FirstWrong
        Prints as the lines, with what each should be.

    Raises
    ------
    Exception
        As `check_step` does, unless the step fails since shapes do not fit, and a
        line was found.

    Notes
    -----
    A line is named, and not proved, to be wrong: it is the earliest place where a
    measured value repairs a gradient.  Where lines disagree, such as a function and
    the call of it, either could be changed.

    Examples
    --------
    >>> text = '''
    ... class Line:
    ...     def __init__(self):
    ...         self.w = 3.0
    ...     def cost(self):
    ...         self.out = 2.5 * self.w
    ...         return (self.out - 1.0) ** 2
    ...     def step(self):
    ...         self.cost()
    ...         error = 2 * (self.out - 1.0)
    ...         self.w -= 0.1 * error * self.w
    ... '''
    >>> names = {}
    >>> exec(text, names)
    >>> line = names["Line"]()
    >>> print(
    ...     find_first_wrong(
    ...         line.step,
    ...         line.cost,
    ...         line,
    ...         0.1,
    ...         source=text,
    ...     )
    ... )
    <string>, line 11:   self.w -= 0.1 * error * self.w
                                                 ~~~~~~
        write 2.5
        0.1 * error * self.w should be 0.1 * dC/d(w): 3.25, not 3.9
        then right: dC/d w
    """
    memory, asked = memory_of(step, cost, where), (step, cost, where, step_size)
    judged = lambda: Trial(step, cost, where, memory).judge(step_size, ascent)
    misshapen = partial(Misshapen, step, cost, memory, judged, source)
    try:
        check = checked_step(*asked, ascent=ascent, is_named=False)
    except ValueError as error:
        if (line := misshapen().of_error(error)) is None:
            raise
        return FirstWrong(None, (line,))
    if check or check.verdict != "wrong":
        return FirstWrong(check, ())
    try:
        trial = Trial(step, cost, where, memory)
        if trial.reshaped:
            line = misshapen().of_grown(trial.reshaped)
            return FirstWrong(check, (line,) if line else ())
        found = Finding(trial, step_size, ascent=ascent, source=source).all()
    finally:
        memory.restore()
    if not found[0]:  # then a known mistake is all that can be said
        check = check_step(*asked, ascent=ascent)
    return FirstWrong(check, *found)

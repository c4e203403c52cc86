"""Is this training step right?  For code that has no gradient to hand over.

Most networks written from scratch compute their gradients inside of `train()`, and use
them up at once.  A step of gradient descent is a gradient all the same,

    W ← W − step_size · dC/dW,    so    dC/dW = (before − after) / step_size,

and the cost can be asked whether it is the right one.  Nothing of the code is
rewritten: it runs as it is, and everything that it holds is put back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from backprop_explained.check.excuses import EARLY, Outcome
from backprop_explained.check.gradient import GradientCheck
from backprop_explained.check.numerical import insist_above_0
from backprop_explained.check.parameters import memory_of
from backprop_explained.check.report import Diagnosis
from backprop_explained.check.step_diagnosis import by_its_own_steps, diagnose_step
from backprop_explained.check.trial import Trial
from backprop_explained.notation import Array


@dataclass(frozen=True, eq=False)
class StepCheck:
    """The verdict on a training step: true if it is right, and it prints as a table.

    Attributes
    ----------
    verdict : str
        "right", "right up to one positive factor", "wrong", or "undecided".
    names : tuple of str
        The parameters that the step changes, as the code would write them.
    gradients : tuple of ndarray
        The gradient that the step followed, in the shapes of the parameters.
    check : GradientCheck
        What the cost says of that gradient.
    notes : tuple of str
        What else was found out, a sentence each.
    diagnosis : Diagnosis or None
        Of a wrong step which known mistake makes it, if its network was recognised.

    Examples
    --------
    >>> class Line:
    ...     def __init__(self):
    ...         self.w = 3.0
    ...
    ...     def cost(self):
    ...         return self.w**2
    ...
    ...     def step(self):
    ...         # the derivative is 2w
    ...         self.w = self.w - 0.1 * self.w
    >>> line = Line()
    >>> where = line, "w"
    >>> bool(check_step(line.step, line.cost, where, 0.1))
    False
    >>> line.w
    3.0
    """

    verdict: str
    names: tuple[str, ...]
    gradients: tuple[Array, ...]
    check: GradientCheck
    notes: tuple[str, ...]
    diagnosis: Diagnosis | None = None

    @property
    def passed(self) -> bool:
        """Whether the step is right, if only up to a positive factor."""
        return self.verdict.startswith("right")

    def __bool__(self) -> bool:
        return self.passed

    def __str__(self) -> str:
        table = str(self.check).partition("\n")[2]
        for i, name in reversed(list(enumerate(self.names, 1))):
            table = table.replace(f"array {i} ", f"{name} ")
        is_named = self.diagnosis is not None and bool(self.diagnosis.matches)
        verdict = self.verdict
        if verdict == "wrong" and self.check.factor is not None and not is_named:
            verdict = self.check.reason.replace("array", "parameter")
        rows = [f"training step: {verdict}", *filter(None, [table])]
        if self.diagnosis is not None and is_named:
            rows += self.diagnosis.reasons
            rows += [f"note: {note}" for note in self.diagnosis.notes]
        return "\n".join([*rows, *self.notes])

    __repr__ = __str__


def check_step(
    step: Callable[[], Any],
    cost: Callable[[], Any],
    where: Any,
    step_size: float | None = None,
    *,
    ascent: bool = False,
) -> StepCheck:
    """Check the gradient inside of a training step against the cost it should lower.

    Parameters
    ----------
    step : callable
        Takes no arguments and makes one step: a bound method, or a `lambda`.
    cost : callable
        Takes no arguments and returns the cost, one number, on the same examples.
    where : object, tuple, list or dict
        What holds the parameters.  An object, or the module of a script: every
        number, array or list in it that the step changes and the cost reads.  A tuple
        of an object and names of its attributes: these.  A list or a dict of arrays:
        all of them.
    step_size : float, optional
        The step size (learning rate) that the step uses.  Without it the verdict is
        right at best up to one positive factor.
    ascent : bool
        Whether the step is meant to raise the cost.

    Returns
    -------
    StepCheck
        True if right; print it for each parameter.

    Raises
    ------
    TypeError
        If `step` or `cost` cannot be called.
    ValueError
        If the step changes nothing that the cost reads, or `step_size` is not above 0.
    Exception
        Whatever `step` or `cost` raise; all is put back before.

    Notes
    -----
    Everything that can be reached from `where`, the objects that `step` and `cost`
    name, and the random states of NumPy and `random`, are put back before this returns.

    A right step can look wrong, so before one is called wrong, it is tried with other
    random draws, and with what it keeps besides, a momentum say, set to 0.  A step that
    draws a batch, one that moves every number by the same amount (as Adam and RMSprop
    do), or one that keeps a state elsewhere is undecided, and a note says which.

    Examples
    --------
    >>> import numpy as np
    >>> W = np.array([0.5, -1.0])
    >>> def step():
    ...     W[...] -= 0.1 * 2 * W
    >>> cost = lambda: (W**2).sum()
    >>> check_step(step, cost, [W], step_size=0.1).verdict
    'right'
    >>> half = lambda: (W**2).sum() / 2
    >>> check_step(step, half, [W], step_size=0.1).verdict
    'wrong'
    """
    return checked_step(step, cost, where, step_size, ascent=ascent)


def checked_step(
    step: Callable[[], Any],
    cost: Callable[[], Any],
    where: Any,
    step_size: float | None = None,
    *,
    ascent: bool = False,
    is_named: bool = True,
) -> StepCheck:
    """The same; unless `is_named`, no known mistake is looked for in a wrong step."""
    for name, given in [("step", step), ("cost", cost)]:
        if not callable(given):
            raise TypeError(
                f"{name} must be a function of no arguments, not {given!r}; write "
                f"lambda: net.{name}(x, y)"
            )
    insist_above_0(step_size, "step_size", "")
    where = _without_modules(where)
    memory = memory_of(step, cost, where)
    try:
        trial = Trial(step, cost, where, memory)
        outcome = trial.judge(step_size, ascent)
        if trial.is_small and step_size and outcome.check:
            outcome = _with_note(outcome, by_its_own_steps(trial, step_size))
        wrong = is_named and outcome.verdict == "wrong" and not outcome.check
        named = diagnose_step(trial, outcome, step_size) if wrong else None
        return StepCheck(*_with_size(outcome, step_size), named)
    finally:
        memory.restore()


def _without_modules(where: Any) -> Any:
    """The same, with the names of a module in place of it."""
    if isinstance(where, ModuleType):
        return vars(where)
    if isinstance(where, tuple) and where and isinstance(where[0], ModuleType):
        return (vars(where[0]), *where[1:])
    return where


def _with_note(outcome: Outcome, note: str) -> Outcome:
    """The same with this note, if there is one; wrong, if it says so."""
    verdict = "wrong" if note == EARLY else outcome.verdict
    notes = (*outcome.notes, note) if note else outcome.notes
    return outcome._replace(verdict=verdict, notes=notes)


def _with_size(outcome: Outcome, step_size: float | None) -> Outcome:
    """The same; where one factor is all that is wrong, with the size that has it."""
    factor = outcome.check.factor
    is_all = all(array.verdict == "wrong" for array in outcome.check.arrays)
    if step_size is None or factor is None or factor <= 0 or not is_all:
        return outcome
    note = f"it would be right with step_size={step_size * factor:.6g}"
    return outcome._replace(notes=(*outcome.notes, note))

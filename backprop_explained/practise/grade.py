"""A verdict on an answer, and how a grader is run behind somebody's code."""

import json
import traceback
from collections.abc import Mapping
from typing import Any, NamedTuple

SOLVED = "Right."
RETURNS_NOTHING = "It returns nothing: the answer has to stand behind a `return`."
GRADER = "<grader>"


class Grade(NamedTuple):
    """What is said of an answer.

    Attributes
    ----------
    passed : bool
        Whether it is right.
    verdict : str
        What is said; of what is wrong it names the mistake, where it is known.
    parts : dict of str
        Where several things were asked, the word for each: "right", "wrong" or
        "missing".

    Examples
    --------
    >>> parts = {"dW2": "right", "dW1": "wrong"}
    >>> print(Grade(False, "dW1 is not right yet.", parts))
    dW1 is not right yet.
      dW2  right
      dW1  wrong
    """

    passed: bool
    verdict: str
    parts: Mapping[str, str] = {}

    def __str__(self) -> str:
        width = max(map(len, self.parts), default=0) + 2
        rows = [f"  {name:<{width}}{word}" for name, word in self.parts.items()]
        return "\n".join([self.verdict, *rows])

    def as_json(self) -> str:
        """The same on one line, for a page to read.

        Examples
        --------
        >>> Grade(True, "Right.").as_json()
        '{"passed": true, "verdict": "Right.", "parts": {}}'
        """
        return json.dumps({**self._asdict(), "parts": dict(self.parts)})


def graded(grader: str, names: dict[str, Any]) -> Grade:
    """Run a grader behind code that has run.

    Parameters
    ----------
    grader : str
        Python that assigns a `Grade` to `grade`; it reads the names of the code.
    names : dict
        What the code has defined; never changed.

    Returns
    -------
    Grade
        The one that the grader assigned; or a wrong one that says which name is gone,
        or what a judge refused.

    Raises
    ------
    Exception
        Whatever the code itself raises when the grader calls it.

    Examples
    --------
    >>> code = "grade = Grade(answer == 2, 'Count again.')"
    >>> graded(code, {"answer": 3}).verdict
    'Count again.'
    >>> graded(code, {}).verdict
    'There is no `answer` any more: the exercise needs that name.'
    """
    own: dict[str, Any] = {**names, "Grade": Grade}
    try:
        exec(compile(grader, GRADER, "exec", dont_inherit=True), own)
    except NameError as error:
        if traceback.extract_tb(error.__traceback__)[-1].filename != GRADER:
            raise
        gone = f"There is no `{error.name}` any more: the exercise needs that name."
        return Grade(False, gone)
    except (TypeError, ValueError) as error:
        if _is_somebody_elses(error):
            raise
        said = str(error)
        return Grade(False, f"{said[:1].upper()}{said[1:]}.")
    grade: Grade = own["grade"]
    return grade


def _is_somebody_elses(error: BaseException | None) -> bool:
    """Whether the code raised it, or raised what it was made from."""
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        if not frames or "backprop_explained" not in frames[-1].filename:
            return True
        error = error.__cause__ or error.__context__
    return False


def is_blank(value: object) -> bool:
    """Whether a place was left as the exercise has it: `...`, or nothing returned.

    Examples
    --------
    >>> is_blank(...), is_blank(None), is_blank(0.0)
    (True, True, False)
    """
    return value is None or value is ...

"""Checks an exercise: each of its answers gets what its file says, and no other."""

import ast
import io
import re
import traceback
import warnings
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from typing import Any

import numpy as np

from backprop_explained.practise import Grade, graded
from sitebuild.exercises.reading import Answer, Exercise, ExerciseError, Option
from sitebuild.exercises.slopes import slope_options

CELL = "<cell>"
FEWEST = {"others": 2, "wrong": 2, "hints": 2}


def run_answer(code: str, grader: str) -> Grade:
    """What a reader is told who hands in this code."""
    names: dict[str, Any] = {"__name__": "__main__"}
    try:
        with (
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
            redirect_stdout(io.StringIO()),
            redirect_stderr(io.StringIO()),
        ):
            warnings.simplefilter("ignore")
            exec(compile(code, CELL, "exec", dont_inherit=True), names)
            return graded(grader, names)
    except Exception as error:
        return Grade(False, _described(error, code))


def _described(error: Exception, code: str) -> str:
    """The line and the error, as a cell says them."""
    if isinstance(error, SyntaxError) and error.filename == CELL:
        line, said = error.lineno or 1, error.msg
    else:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == CELL]
        line, said = (lines[-1] if lines else None) or 0, str(error)
    told = f"{type(error).__name__}: {said}"
    return (
        f"Line {line}: {code.splitlines()[line - 1].strip()}\n{told}" if line else told
    )


def problems(one: Exercise) -> list[str]:
    """What is wrong with an exercise."""
    try:
        return [*(_code_problems(one) if one.kind == "code" else _choice_problems(one))]
    except ExerciseError as error:
        return [str(error)]


def _code_problems(one: Exercise) -> Iterator[str]:
    for what, fewest in FEWEST.items():
        if len(getattr(one, what)) < fewest:
            yield f"it has {len(getattr(one, what))} {what}, and needs {fewest}"
    if not (one.grader and one.solution.code and one.starter.code):
        yield "it needs a starter, a solution and a grader"
        return
    refused = 0
    for what, answer in [("starter", one.starter), *_numbered("wrong", one.wrong)]:
        grade = run_answer(answer.code, one.grader)
        refused += not grade.passed
        yield from _not_told(what, answer, grade)
    if not refused:
        yield "its grader rejects nothing"
    for what, answer in [("solution", one.solution), *_numbered("another", one.others)]:
        grade = run_answer(answer.code, one.grader)
        if not grade.passed:
            yield f"the {what} fails: {grade.verdict}"
    texts = [a.code for a in (one.starter, one.solution, *one.others, *one.wrong)]
    for text in {t for t in texts if texts.count(t) > 1}:
        yield f"an answer stands there twice: {text.strip()[:60]!r}"


def _numbered(what: str, answers: tuple[Answer, ...]) -> list[tuple[str, Answer]]:
    return [(f"{what} {k}", answer) for k, answer in enumerate(answers, 1)]


def _not_told(what: str, answer: Answer, grade: Grade) -> Iterator[str]:
    if grade.passed:
        yield f"the {what} passes"
    elif not answer.told:
        yield f"the {what} has no message; it gets: {grade.verdict}"
    elif not is_told(grade.verdict, answer.told):
        yield f"the {what} gets {grade.verdict!r}, not {answer.told!r}"


def is_told(verdict: str, told: str) -> bool:
    """Whether a verdict is the one in the file, which may leave off its end with `...`.

    Examples
    --------
    >>> is_told("ValueError: it is 2", "ValueError: ..."), is_told("right", "wrong")
    (True, False)
    """
    return verdict == told or (
        told.endswith("...") and verdict.startswith(told.removesuffix("..."))
    )


@cache
def choices(one: Exercise) -> tuple[str, tuple[Option, ...]]:
    """The right answer of a choice, and all answers, with what is said of each."""
    if one.kind == "slope":
        return slope_options(one.key)
    names: dict[str, Any] = {"np": np}
    try:
        exec(compile(one.key, "<key>", "exec", dont_inherit=True), names)
    except Exception as error:
        raise ExerciseError(
            f"its key raises {type(error).__name__}: {error}"
        ) from error
    return str(names.get("key", "")), one.options


def _choice_problems(one: Exercise) -> Iterator[str]:
    key, options = choices(one)
    texts = [option.text for option in options]
    if len(texts) < 3:
        yield f"it has {len(texts)} answers to choose, and needs 3"
    if texts.count(key) != 1:
        yield f"its key is {key!r}, and the answers are {texts}"
    if one.kind == "choice" and not is_computed(one.key):
        yield "its key is written down: compute it"
    for option in options:
        if not option.told:
            yield f"nothing is said of the answer {option.text!r}"
    told = [option.told for option in options]
    if one.kind == "choice" and len(set(told)) < len(told):
        yield "the same is said of two answers"
    if not one.why:
        yield "it says no reason: add a section Why"


def is_computed(key: str) -> bool:
    """Whether a key calls something, and does not only name its answer.

    Examples
    --------
    >>> is_computed("key = 'b'"), is_computed("key = 'a' if f(1) else 'b'")
    (False, True)
    """
    calls = [node for node in ast.walk(ast.parse(key)) if isinstance(node, ast.Call)]
    return bool(calls) and not re.fullmatch(r"\s*key = (['\"])(?:(?!\1).)*\1\s*", key)

"""Each number in a docstring of the package is computed, in a table beside this."""

import ast
import inspect
import re
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from docstring_oracles import HELPERS
from modules import MODULES

from backprop_explained.check import arrays
from sitebuild.checks.claims import claim_problems, claimed, parse
from sitebuild.checks.counting import ROOT, in_file
from sitebuild.checks.numerals import numbers
from sitebuild.checks.order import out_of_order
from sitebuild.checks.prose import bare
from sitebuild.checks.structure import without

TABLE = Path(__file__).with_name("docstring_numbers.txt").read_text("utf-8")
CLAIMS = {
    part.partition("\n")[0]: part.partition("\n")[2]
    for part in re.split(r"^## ", TABLE, flags=re.M)[1:]
}


def docstrings(name):
    """What a module and its public functions, classes and constants say, as prose."""
    path = Path(MODULES[name].__file__)
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            is_public = not getattr(node, "name", "").startswith("_")
            found.append((is_public and ast.get_docstring(node)) or "")
        if isinstance(node, ast.Module | ast.ClassDef):
            found += below_assignments(node.body)
    return bare(without("\n\n".join(found), "doctest"))


def below_assignments(body):
    """The string below each assignment."""
    return [
        inspect.cleandoc(text.value.value)
        for statement, text in pairwise(body)
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
    ]


def uncovered(claims, text):
    """The numbers of a text that no claim is about."""
    spans = claimed(claims, text)
    return [said for _, said in out_of_order(text)] + [
        f"{number.text} in {text[max(0, number.start - 40) : number.end + 30]!r}"
        for number in (*numbers(text, small=True), *years(text))
        if not any(a <= number.start and number.end <= b for a, b in spans)
    ]


def years(text):
    """The numbers that are exempt on a page, which cites a source of that year."""
    return [n for n in numbers(text, every=True) if re.fullmatch(r"[12]\d{3}", n.text)]


def names_in(module):
    found = MODULES[module]
    code = partial(in_file, Path(found.__file__).relative_to(ROOT).as_posix())
    return {**HELPERS, "code": code, **vars(found)}


@pytest.mark.parametrize("module", MODULES)
def test_each_number_of_the_docstrings_is_computed(module):
    text = docstrings(module)
    claims, _ = parse(CLAIMS.get(module, ""))
    problems = [said for _, said in claim_problems(claims, text, names_in(module))]
    assert not problems + uncovered(claims, text)


def test_the_table_has_no_other_modules():
    assert set(CLAIMS) <= set(MODULES)
    assert len(MODULES) > 40


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("along four directions", "along five directions"),
        ("up to 16 entries", "up to 17 entries"),
        ("once in 300 times", "once in 200 times"),
        ("up to 16 in many", "up to 18 in many"),
    ],
)
def test_another_number_is_found(right, wrong):
    module = "backprop_explained.check.gradient"
    text = docstrings(module)
    assert right in text
    claims, _ = parse(CLAIMS[module])
    text = text.replace(right, wrong)
    assert uncovered(claims, text)
    assert [said for _, said in claim_problems(claims, text, names_in(module))]


@pytest.mark.parametrize(
    ("module", "right", "wrong"),
    [
        ("costs", "between 0 and 1", "between 1 and 1"),
        ("check.step", "is not above 0", "is not above 1"),
        ("check.line.suspects", "0, or 1 if", "1, or 1 if"),
        ("check.line.expression", "columns from 0", "columns from 1"),
    ],
)
def test_another_0_or_1_is_found(module, right, wrong):
    module = f"backprop_explained.{module}"
    claims, _ = parse(CLAIMS[module])
    text = re.sub(right.replace(" ", r"\s+"), wrong, docstrings(module))
    assert wrong in text
    assert uncovered(claims, text)


def test_another_constant_is_found():
    module = "backprop_explained.check.gradient"
    claims, _ = parse(CLAIMS[module])
    names = names_in(module) | {"arrays": type("other", (), vars(arrays) | {"FEW": 17})}
    said = [said for _, said in claim_problems(claims, docstrings(module), names)]
    assert said == ["'up to 16 entries' is said, but arrays.FEW is 17"]

"""The formulas in the docstrings of the package are true, as those of the pages."""

import ast
import importlib
import inspect
import random
from pathlib import Path

import pytest
from docstring_marks import MARKS
from faults import in_code, in_tex

from sitebuild.checks.formulas import wrong_formulas
from sitebuild.checks.running import strict_python
from sitebuild.maths.code import is_formula
from sitebuild.maths.declarations import formulas_of, spans_of

ROOT = Path(__file__).parents[3]
_DEFINITION = (ast.ClassDef, ast.FunctionDef)


def _documented(module: str, tree: ast.Module):
    """Names and docstrings, those behind constants included."""
    yield module, ast.get_docstring(tree)
    for node in ast.walk(tree):
        if isinstance(node, _DEFINITION):
            yield f"{module}.{node.name}", ast.get_docstring(node)
    for node, said in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(said, ast.Expr):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            if isinstance(said.value, ast.Constant) and isinstance(target, ast.Name):
                yield f"{module}.{target.id}", inspect.cleandoc(said.value.value)


def formulas(text: str):
    spans = [span for span in spans_of(text) if is_formula(span[2])]
    return sorted([*formulas_of(text), *spans])


def _every():
    for path in sorted((ROOT / "backprop_explained").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        module = module.removesuffix(".__init__")
        for name, text in _documented(module, ast.parse(path.read_text())):
            if text and formulas(text):
                yield name, module, text


DOCSTRINGS = {name: (module, text) for name, module, text in _every()}


def problems(name: str, text: str) -> list:
    """What is wrong with a docstring, once its marks stand in it."""
    before, behind = MARKS.get(name, ("", {}))
    for mark, marked in behind.items():
        assert mark in DOCSTRINGS[name][1], f"{mark} stands no longer in {name}"
        written = (f"$${mark}$$", f"${mark}$", f"`{mark}`")
        quoted = next((quoted for quoted in written if quoted in text), mark)
        text = text.replace(quoted, f"{quoted}{marked}")
    module = importlib.import_module(DOCSTRINGS[name][0])
    with strict_python():
        return wrong_formulas(f"{before}\n\n{text}", [], dict(vars(module)))


@pytest.mark.parametrize("name", DOCSTRINGS)
def test_formulas_of_docstrings_are_true(name):
    assert not problems(name, DOCSTRINGS[name][1])


def test_marks_are_for_docstrings_with_formulas():
    assert set(MARKS) <= set(DOCSTRINGS)


def _faults():
    for name, (_, text) in DOCSTRINGS.items():
        for start, end, source, tex in formulas(text):
            at = text.index(source, start, end)
            for new in in_tex(source) if tex else in_code(source):
                yield name, new, text[:at] + new + text[at + len(source) :]


def test_faults_in_docstrings_are_found():
    sample = random.Random(14).sample([*_faults()], 60)
    missed = [(name, new) for name, new, text in sample if not problems(name, text)]
    assert len(missed) <= 3, missed

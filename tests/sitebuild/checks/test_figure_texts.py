"""What a figure says in numbers was computed."""

from pathlib import Path

import pytest

from sitebuild.checks.figure_texts import (
    misspelt,
    script_texts,
    typed_numbers,
    whole_texts,
)
from sitebuild.maths.plain import QUOTED, plain_problems

ROOT = Path(__file__).parents[3]
FIGURES = ROOT / "sitebuild" / "figures"
MARKUP = {"svg", "live_svg"}
"""They write tags, in pieces."""


MODULES = sorted(FIGURES.glob("*.py"))
each_module = pytest.mark.parametrize("module", MODULES, ids=lambda p: p.stem)


def located(path, found):
    return "\n".join(f"{path.name}:{line}: {said}" for line, said in found)


@each_module
def test_no_number_is_typed_into_a_text(module):
    assert located(module, typed_numbers(module.read_text())) == ""


@each_module
def test_the_formulas_of_its_texts_are_known_and_true(module):
    texts = whole_texts(module.read_text())
    found = [(line, wrong) for line, t in texts for _, wrong in plain_problems(t)]
    assert located(module, found) == ""


@pytest.mark.parametrize(
    "module", [m for m in MODULES if m.stem not in MARKUP], ids=lambda p: p.stem
)
def test_the_words_of_its_texts_are_in_a_dictionary(module):
    assert located(module, misspelt(whole_texts(module.read_text()))) == ""
    name = f"{module.stem.removeprefix('live_')}.mjs"
    script = ROOT / "docs" / "javascripts" / name
    if script.exists():
        assert located(script, misspelt(script_texts(script.read_text()))) == ""


def test_a_misspelt_word_of_a_text_is_found():
    source = 'slope = f"{tag} the <b>solpe</b> of h₁, in aria: dz"\n'
    assert list(misspelt(whole_texts(source))) == [(1, "solpe")]
    script = "f(`${z} is lrage`);\nf('solpe')"
    assert list(misspelt(script_texts(script))) == [(1, "lrage")]


@pytest.mark.parametrize("formula", QUOTED)
def test_a_formula_that_is_quoted_stands_in_a_figure(formula):
    modules = [module.read_text() for module in MODULES]
    assert any(formula in text for source in modules for _, text in whole_texts(source))


def test_a_text_is_read_without_its_tags_and_with_gaps():
    source = 'x = f"Its <var>a</var>(1 + <var>a</var>) = {slope:.3f}"\n'
    ((line, text),) = whole_texts(source)
    assert (line, text) == (1, "Its a(1 + a) = \0")
    assert len(list(plain_problems(text))) == 1


def test_the_figures_are_found():
    assert len(MODULES) > 15


@pytest.mark.parametrize(
    "text",
    [
        '"The slope is 0.25 at most."',
        '"Two curves over z."',
        '"Over z, from −6 to 6"',
        'f"With {depth} layers of ten units."',
        '"It stays near ½"',
        '"at a third of it"',
        'f"7"',
        'f"7 · {z}"',
        'f"{z} = 0.25"',
        '"near 10⁻⁷ at last"',
        '("It rises. " "Three lines.")',
        'dict(label="a slope of 3")',
    ],
)
def test_a_number_in_a_text_is_found(text):
    assert [line for line, _ in typed_numbers(f"\ncaption = {text}\n")]


@pytest.mark.parametrize(
    "text",
    [
        'f"The slope is {slope:.3f}, of {size:5d} digits."',
        'f"{in_words(2)} curves from 0 to 1"',
        '"two-ways"',
        '"0 0 360 284"',
        '"M0 -24V0M-4 -6L0 1"',
        'f"10{raised}"',
        'f"0 0 360 {height}"',
        'f"#0102{n}"',
        'f"{bits} ln 2"',
        '"input 2, bias"',
    ],
)
def test_what_is_computed_or_no_text_passes(text):
    source = f'"""Three lines."""\n\ncaption = {text}\n"""What 3 lines say."""\n'
    assert not list(typed_numbers(source))

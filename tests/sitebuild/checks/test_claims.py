"""Phrases with numbers, quotations and versions: what stands, and what is refused."""

import tomllib

import pytest

from sitebuild.checks.checker import check_page
from sitebuild.checks.claims import literal_only, parse
from sitebuild.checks.counting import in_file, listed, sections, step
from sitebuild.checks.numerals import numbers
from sitebuild.checks.prose import unchecked_numbers, wrong_numbers
from sitebuild.checks.quotes import FILE, quotes

NAMES = {"layers": ["a", "b", "c"], "sizes": [3, 4, 1]}


def problems(text, names=NAMES):
    said = [*wrong_numbers(text, dict(names)), *unchecked_numbers(text)]
    return [message for _, message in sorted(said)]


def page(text, claims):
    return f"{text}\n\n<!--numbers\n{claims}\n-->\n"


RIGHT = [
    ("It has three layers. Three\nlayers!", "three layers = len(layers)"),
    ("A 3-4-1 network.", "3-4-1 network = sizes"),
    ("A 3-4-1 network.", "3-4-1 network = sizes[:2]"),
    ("At z = 3 it is.", "At z = 3 = len(layers)"),
    ("Half of 3.", "half of 3 = [1 / 2 + 0 * len(layers), len(layers)]"),
    ("It is 2 pi.", "from math import pi\n2 pi = round(pi) - 1"),
    ("He has 95.42 %.", "95.42 % = quoted: nielsen-chapter-1"),
    ("# Of width 1", "Of width 1 = sizes[-1]"),
    ("Of z = 1", "z = 1 = sizes[-1]"),
    ("---\ntitle: three layers\n---\nA.", "three layers = len(\n  layers)"),
]


@pytest.mark.parametrize(("text", "claims"), RIGHT)
def test_right_claim_stands(text, claims):
    assert problems(page(text, claims)) == []


@pytest.mark.parametrize(
    ("text", "claims", "said"),
    [
        ("It has four layers.", "four layers = len(layers)", "len(layers) is 3"),
        ("It has 4 layers.", "4 layers = len(layers)", "len(layers) is 3"),
        ("A 3-5-1 network.", "3-5-1 network = sizes", "is said, but"),
        ("It has 3 layers.", "3 layers = 3", "computes nothing"),
        ("It has 3 layers.", "3 layers = len('abc')", "computes nothing"),
        ("It has 3 layers.", "3 layers = sum(x for x in (1, 2))", "computes nothing"),
        ("It has 3 layers.", "3 layers = missing", "raised NameError"),
        ("It has 3 layers.", "3 layers = sizes", "has 1 numbers, not 3"),
        ("It has 3 layers.", "3 layers", "cannot read"),
        ("It has one layer.", "one layer = len(layers)", "no number needs a check"),
        ("It has 3 nets.", "3 layers = len(layers)", "nowhere says"),
        ("It has 3 nets.", "3 layers = len(layers)", "nothing checks the number 3"),
        ("Of 3 layers 1 layers", "3 layers = len(layers)", "'1 layers' is '3 layers'"),
        ("It has 13 layers", "3 layers = len(layers)", "nothing checks the number 13"),
        ("A", "import nothing_of_the_kind", "the imports of the numbers raised"),
        ("# Of width 1", "width 1 = sizes[0]", "but sizes[0] is 3"),
        ("# Of width 0", "width 1 = sizes[-1]", "nothing checks the number 0"),
        ("He has 95.43 %.", "95.43 % = quoted: nielsen-chapter-1", "has no 95.43"),
        ("He has 95.42 %.", "95.42 % = quoted: nobody", "no source 'nobody'"),
    ],
)
def test_wrong_claim_is_refused(text, claims, said):
    assert any(said in problem for problem in problems(page(text, claims)))


def test_a_claim_that_fails_is_reported_on_its_line():
    checked = check_page(page("It has\n3 layers.", "\n3 layers = [].sort"), "p.md")
    assert [problem.line for problem in checked.problems] == [6]
    assert [claim.line for claim in parse("a 2 = (\n  1)\n\nb 3 = 4", 7)[0]] == [7, 10]


@pytest.mark.parametrize("expression", ["3", "2 + 1", "len('abc')", "max([3, 2])"])
def test_an_expression_of_literals_is_refused_in_a_marker(expression):
    (said,) = problems(f"It is 3<!--= {expression} -->.")
    assert "computes nothing" in said
    assert [*literal_only(expression)] == [expression]
    assert problems("It is 3<!--= len(layers) -->.") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("95.42<!--quoted: nielsen-chapter-1 -->", None),
        ("three<!--quoted: nielsen-chapter-1 -->", None),
        ("10,000<!--quoted: nielsen-code -->", None),
        ("95.43<!--quoted: nielsen-chapter-1 -->", "has no 95.43"),
        ("four<!--quoted: nielsen-chapter-1 -->", "has no four"),
        ("95.42<!--quoted: nielsen-code -->", "has no 95.42"),
        ("95.42<!--quoted: somebody -->", "no source 'somebody'"),
    ],
)
def test_a_quotation_is_compared_with_what_was_read(text, said):
    found = problems(f"He has {text}.")
    assert found == [] if said is None else said in found[0]


def test_each_quoted_value_stands_in_the_words_that_were_read():
    for name, found in quotes().items():
        for quote in found:
            assert set(quote) == {"values", "words", "where", "read"}, name
            assert all(value in quote["words"] for value in quote["values"]), name
            assert len(quote["words"].split()) <= 25, name
    sources = tomllib.loads(FILE.with_name("sources.toml").read_text("utf-8"))
    assert quotes()
    assert set(quotes()) <= set(sources)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("PyTorch 2.13.0", True),
        ("JAX 0.10.2, scikit-learn 1.9.1", True),
        ("Python 3.11 or newer", True),
        ("[Pyodide](https://pyodide.org) `314.0.3`", True),
        ("PyTorch 2.13.1", False),
        ("JAX 0.10.1", False),
        ("scikit-learn 0.10.2", False),
        ("Python 3.10 or newer", False),
        ("`314.0.4`", False),
        ("Version 0.2.0", False),
    ],
)
def test_a_version_is_one_in_use(text, right):
    assert (problems(f"With {text}.") == []) == right


@pytest.mark.parametrize(
    "text",
    [
        "in layer 2",
        "**Step 1.** A, and **Step 2. B.**",
        "a second time, one second",
        "of 2015, as he (2018) says",
        "1. first\n2. second",
        "one of them, and 0 or 1",
        "axis -1",
        "half precision",
        "[text](page-2.md#3)",
        "CS231n, h1 and float32",
        "$2 + 3$",
        "# How is a(1 − a) made in layer 1?",
        "title of 1",
    ],
)
def test_what_a_rule_exempts(text):
    assert problems(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "has 2 layers",
        "3 steps",
        "2,015 steps",
        "2015 %",
        "it is 2.\n",
        "in 1850",
        "a third of them",
        "two thirds",
        "half of it",
        "as a power of 2",
        "the step 3 moves",
        "Step 3 of none",
        "**Step 1.** A, **Step 2.** by Step 2",
        "the third layer, at first",
        "every 4th, a second",
        "a third precision",
        "twofold, at once",
        "it triples",
        "5x as fast",
        "between −1 and 1",
        "1. first\n3. second",
        "**Step 1.** A **Step 1.** B",
        "h1 and 2",
        "chapter 2",
        "part 3",
        "twenty, a dozen",
        "ten thousand",
        "# Where is it 0?",
        "### At `z = 1`",
        "---\ntitle: It is 1\n---\nA.",
        "---\ntitle: A\ndescription: From -1 on.\n---\nA.",
    ],
)
def test_what_no_rule_exempts(text):
    assert len(problems(text)) == 1 + (text == "twenty, a dozen")


def test_comments_of_code_that_is_shown_are_read():
    code = '```py\nx = 2  # two of them\n"# of 3"\n```\n'
    (said,) = map(str, check_page(code, "p.md").problems)
    assert said.startswith("p.md:2: nothing checks the number")
    hidden = '```python exec="true"\nx = 2  # two of them\n```\n'
    assert check_page(hidden, "p.md").problems == []


def test_what_is_counted():
    text = "Three:\n\n1. a\n2. b\n   - c\n3. d\n\nTwo:\n\n- e\n- f\n"
    assert (listed(text, "Three:"), listed(text, "Two:"), sections("# A")) == (3, 2, 0)
    steps = "**Step 1. Go.** Far.\n\n**Step 2. Stop.** Here."
    assert (step(steps, "Far"), step(steps, "Here")) == (1, 2)
    with pytest.raises(ValueError, match="stands in no step"):
        step(text, "Two:")
    with pytest.raises(ValueError, match="does not say 'Four'"):
        listed(text, "Four")
    with pytest.raises(ValueError, match="nothing like"):
        in_file("pyproject.toml", "no such (thing)")
    values = [number.value for number in numbers("a hundred, 3.5 and ½")]
    assert values == [100, 3.5, 0.5]

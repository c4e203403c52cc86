"""The first screen of the home page: the question, the answer, the four readings."""

import re
from pathlib import Path

import pytest

from backprop_explained import sigmoid, sigmoid_derivative
from sitebuild.checks.checker import check_page

HOME = Path(__file__).parents[3] / "docs" / "index.md"
TEXT = HOME.read_text()
QUESTION, ANSWER = re.search(
    r"\n((?:> [^\n]*\n)+)\n(.*?)\n</div>", TEXT, re.DOTALL
).groups()


def test_the_question_is_in_the_words_of_somebody_who_has_it():
    assert "sigmoid_derivative(self.output)" in QUESTION
    assert "Shouldn't it be `z`?" in QUESTION


def test_the_answer_has_at_most_90_words_and_says_what_to_pass():
    assert 40 < len(ANSWER.split()) <= 90
    assert "If it applies the sigmoid or `exp`, pass `z`." in ANSWER
    assert "If it is `x * (1 - x)`, pass the output." in ANSWER


def test_the_question_names_nothing_that_has_no_name_yet():
    assert "the number that goes in" in QUESTION
    assert not re.search(r"∂|σ|`a`|\ba/|activation", QUESTION)


def test_the_table_holds_the_four_readings_as_they_were_computed():
    (_, figure), *_ = check_page(TEXT, "docs/index.md").printed
    header, *rows = re.findall(r"<tr.*?</tr>", figure)
    columns = ["function", "you pass", "slope at z = 2.0", "learned, of 200"]
    assert cells(header) == columns
    read = [cells(row) for row in rows]
    assert len({(body, given) for body, given, _, _ in read}) == 4
    assert [slope.strip()[0] for _, _, slope, _ in read] == ["✓", "✓", "✗", "✗"]
    learned = [int(count) for *_, count in read]
    assert learned[0] == learned[1] > learned[3] > learned[2] == 0


def cells(row):
    """The texts of a row of a table."""
    found = re.findall(r"<t[hd].*?</t[hd]>", row)
    return [re.sub("<[^>]*>", "", cell).strip() for cell in found]


def test_both_bodies_are_shown_with_what_each_must_be_given():
    bodies = re.findall(r"```py\n(def sigmoid_derivative.*?)```", TEXT, re.DOTALL)
    given = [body.partition("# give it ")[2].partition("\n")[0] for body in bodies]
    assert given == ["the output", "z"]
    for body, argument in zip(bodies, given, strict=True):
        names = {"sigmoid": sigmoid}
        exec(body, names)
        z, slope = 1.3, pytest.approx(sigmoid_derivative(1.3))
        passed = sigmoid(z) if argument == "the output" else z
        assert names["sigmoid_derivative"](passed) == slope
    assert "James Loy" in TEXT


def test_each_door_leads_somewhere():
    doors = re.findall(r"\[([^\]]+)\]\(([^)]+)\)\{ \.md-button \}", TEXT)
    assert [name for name, _ in doors] == ["Learn it", "Check yours", "Symptoms"]
    assert all((HOME.parent / path).exists() for _, path in doors if path[0] != "#")

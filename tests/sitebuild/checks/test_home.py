"""The first screen of the home page: the question, the answer, the four readings."""

import re
from pathlib import Path

from sitebuild.checks.checker import check_page

HOME = Path(__file__).parents[3] / "docs" / "index.md"
TEXT = HOME.read_text()
QUESTION, ANSWER = re.search(
    r"\n((?:> [^\n]*\n)+)\n(.*?)\n<div", TEXT, re.DOTALL
).groups()


def test_the_question_is_in_the_words_of_somebody_who_has_it():
    assert "sigmoid_derivative(self.output)" in QUESTION
    assert "Shouldn't it be `z`?" in QUESTION


def test_the_answer_has_at_most_90_words_and_says_what_to_pass():
    assert 40 < len(ANSWER.split()) <= 90
    assert "If it applies the sigmoid or `exp`, pass `z`." in ANSWER
    assert "If it is `x * (1 - x)`, pass the output." in ANSWER


def test_the_table_holds_the_four_readings_as_they_were_computed():
    (_, table), *_ = check_page(TEXT, "docs/index.md").printed
    header, _, *rows = table.splitlines()
    assert [cell.strip() for cell in header.split("|")[1:-1]] == [
        "function body",
        "you pass",
        "slope at z = 2",
        "starts that learned, of 200",
    ]
    cells = [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows]
    assert len({(body, given) for body, given, _, _ in cells}) == 4
    marks = [slope[0] for _, _, slope, _ in cells]
    learned = [int(count) for *_, count in cells]
    assert marks == ["✓", "✓", "✗", "✗"]
    assert learned[0] == learned[1] > learned[3] > learned[2] == 0


def test_each_door_leads_somewhere():
    doors = re.findall(r"\[([^\]]+)\]\(([^)]+)\)\{ \.md-button \}", TEXT)
    assert [name for name, _ in doors] == ["Learn it", "Check yours", "Symptoms"]
    assert all((HOME.parent / path).exists() for _, path in doors if path[0] != "#")

"""The record of the lines that were named, on a sample that is run again."""

from collections import Counter

import pytest

from backprop_explained import find_first_wrong
from sitebuild.evidence import first_wrong_edits
from sitebuild.evidence.first_wrong import (
    FIRST_RUNS,
    ONCE_UNSEEN,
    UNSEEN,
    Row,
    advised,
    age,
    earlier,
    edited,
    first_runs,
    judged,
    of,
    rows,
    seen,
    sentence,
    table,
    unseen,
)
from sitebuild.evidence.first_wrong_misses import misses, reason
from sitebuild.evidence.first_wrong_misses import table as reasons
from sitebuild.evidence.first_wrong_rule import GROUPS, changed_lines, group
from sitebuild.evidence.random_edits import runs_alike
from sitebuild.evidence.record import read

pytestmark = [
    pytest.mark.long,
    pytest.mark.filterwarnings("ignore:the matrix subclass"),
]

SLOW = {"lists_of_numbers", "neuron_objects", "columns_mini_batch", "tape"}
"""Left out of the sample: thousands of runs of a step in pure Python."""


def programs():
    return {style.name: style for style in [*seen(), *unseen()]}


def test_the_record_has_every_mistake_once():
    given = [(s.name, m) for s in programs().values() for m in s.mistakes]
    assert sorted(given) == sorted((row.style, row.mistake) for row in rows())
    assert {row.group for row in rows()} <= set(GROUPS)
    assert {row.style for row in of(seen=False)} == {s.name for s in unseen()}


def test_some_of_the_mistakes_again():
    kept = [row for row in rows() if (row.style, row.mistake) not in earlier()]
    sample = [row for row in kept if row.style not in SLOW][::36]
    again = [judged(programs()[row.style], row.mistake) for row in sample]
    assert again == sample


def test_the_programs_that_were_written_last_are_right_without_a_mistake():
    for style in unseen():
        assert find_first_wrong(*style.case(1)).lines == ()


def test_the_record_of_random_edits_has_every_seed_once_and_an_edit_again():
    edits = first_wrong_edits.rows(1)
    assert [row.seed for row in edits] == first_wrong_edits.seeds(1)
    assert {row.group for row in edits} <= set(GROUPS)
    told = next(row for row in edits if row.group == "changed")
    assert first_wrong_edits.judged(told.seed, 1) == told


def test_a_pair_again():
    told = next(row for row in first_wrong_edits.rows(2) if row.group == "both")
    assert first_wrong_edits.judged(told.seed, 2) == told


def test_a_row_is_listed_where_a_changed_line_is_among_the_others():
    told = [[3], [5], "right"]
    assert Row("net", "sign", "elsewhere", *told, [3, 7]).listed
    assert not Row("net", "sign", "elsewhere", *told, [7]).listed
    assert not Row("net", "sign", "changed", *told, [3]).listed


def test_of_right_programs_none_is_accused_in_the_record_or_in_a_few_draws_again():
    accused = read(first_wrong_edits.RECORD)["accused"]
    assert sorted(accused) == sorted(programs())
    assert set(map(tuple, accused.values())) == {()}
    for style in [s for s in programs().values() if s.name not in SLOW][::4]:
        assert first_wrong_edits.accused(style, (7, 49)) == []


def test_a_draw_in_which_a_line_is_named_is_an_accusation():
    style = programs()["scalars"]
    mistaken = edited(style, style.mistaken("factor 2"))
    assert first_wrong_edits.accused(mistaken, (0, 3)) == [0, 3]


def test_an_edit_of_the_forward_pass_is_not_taken_even_where_the_cost_is_the_same():
    style = programs()["tied_autoencoder"]
    right, at_zero = "x @ self.W + self.b", "x @ self.W - self.b"
    assert style.source.count(right) == 1
    assert not runs_alike(style, style.source.replace(right, at_zero))
    sign = style.source.replace("self.b - rate * grad_b", "self.b + rate * grad_b")
    assert runs_alike(style, sign)


def test_the_first_runs_are_of_the_programs_that_were_new_then():
    paths = [*ONCE_UNSEEN, UNSEEN]
    folders = [{p.stem for p in folder.glob("*.py")} for folder in paths]
    assert [{row[0] for row in run} for run in read(FIRST_RUNS)] == folders
    last = [row for row in read(FIRST_RUNS)[-1] if row[2] != "not seen"]
    changed = sum(row[2] == "changed" for row in last)
    assert f"| {len(last)} | {changed} (" in first_runs().splitlines()[-1]


def test_rows_of_an_earlier_search_are_in_the_record_and_counted():
    assert earlier() <= {(row.style, row.mistake) for row in rows()}
    assert (f"{len(earlier())} of" in age()) == bool(earlier())


def test_every_miss_has_its_reason():
    assert reasons().count("\n") == len(misses()) + 1
    assert all(row.group != "changed" and reason(row) in reasons() for row in misses())


def test_a_reason_is_that_of_the_advice_unless_there_was_no_answer():
    told = "net", "sign"
    assert "either line" in reason(Row(*told, "beside", [3], [5], "right"))
    assert "some gradients" in reason(Row(*told, "elsewhere", [3], [5], "wrong"))
    assert "a value put in" in reason(Row(*told, "elsewhere", [3], [5], "none"))
    assert reason(Row(*told, "stopped", [3], [])) == "no answer in time"
    assert "no value that was measured" in reason(Row(*told, "not found", [3], []))


def test_misses_are_counted_as_misses():
    missed = [row for row in rows() if row.group == "elsewhere"]
    assert missed
    assert not any({*row.named} & {*row.changed} for row in missed)


def test_advice_that_does_not_repair_is_counted_as_wrong():
    style = programs()["scalars"]
    mistaken = Corrected(style.mistaken("factor 2"))
    assert advised(style, mistaken) == "wrong"
    assert advised(style, Corrected(style.source)) == "right"
    assert advised(style, Corrected("")) == "none"
    assert advised(style, Corrected("def (")) == "wrong"
    assert edited(style, "x = 1").source == "x = 1"


class Corrected:
    """What `advised` reads of an answer."""

    def __init__(self, corrected):
        self.corrected, self.lines = corrected, (self,)


class Line:
    """What `group` reads of an answer."""

    def __init__(self, lines, calls=(), verdict="wrong"):
        self.lines, self.calls, self.verdict = lines, calls, verdict


class Answer:
    def __init__(self, *lines, verdict="wrong"):
        self.lines, self.check = lines, Line((), verdict=verdict)


SOURCE = """def slope(a):
    return a * (1 - a)
def step(a, e):
    d = e * slope(a)
    return d * a
"""


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(Line((4,))), "changed"),
        (Answer(Line((4, 5))), "beside"),
        (Answer(Line((2,))), "beside"),
        (Answer(Line((5,))), "beside"),
        (Answer(Line((5,), (4,))), "beside"),
        (Answer(), "not found"),
        (Answer(verdict="right"), "not seen"),
    ],
)
def test_the_rule_is_strict(answer, expected):
    assert group(SOURCE, {4}, answer) == expected


def test_the_lines_round_a_deletion_stand_for_it():
    assert changed_lines("a\nb\nc", "a\nc") == {1, 2}


def test_what_reads_a_changed_name_is_beside_it():
    source = "def f(x):\n    a = x\n    b = a\n    return x * b\n"
    assert group(source, {2}, Answer(Line((3,)))) == "beside"
    assert group(source, {2}, Answer(Line((4,)))) == "elsewhere"


def test_a_statement_of_several_lines_is_one():
    source = "def f(x):\n    return {\n        1: x,\n    }\n"
    assert group(source, {2}, Answer(Line((3,)))) == "changed"


def test_the_table_and_the_sentence_add_up():
    total = Counter(row.group for row in rows())
    assert total.total() == len(rows())
    assert "written last" in table()
    assert sentence().startswith(f"{len(rows())} mistakes in {len(programs())} ")

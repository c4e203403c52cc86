"""The questions people ask: each is one, and is answered in three sentences."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from sitebuild.checks.citations import citations
from sitebuild.evidence.sources import sources

PAGE = Path(__file__).parents[3] / "docs" / "the-question" / "questions-people-ask.md"
TEXT = PAGE.read_text()

_HIDDEN = re.compile(r"```.*?```|<!--.*?-->", re.DOTALL)
_OPAQUE = re.compile(r"`[^`]+`|\$[^$]+\$")
_TARGET = re.compile(r"(?<=\])\([^)]*\)")
_END = re.compile(r"(?<=[.!?…])[*_)\]\"”]*\s+|\n\s*\n")
_LINK = re.compile(r"(?<=\]\()[^)\s]+(?=\))")


class Question(NamedTuple):
    """A heading, the answer below it, and the line that says where it was asked."""

    heading: str
    answer: str
    asked: str


def questions(text: str) -> list[Question]:
    """The third-level headings of a page and what is below them."""
    found = []
    for section in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        own = re.split(r"^## ", section, flags=re.MULTILINE)[0]
        heading, _, body = own.partition("\n")
        paragraphs = _HIDDEN.sub("", body).strip().split("\n\n")
        asked = [text for text in paragraphs if text.endswith("{ .bp-note }")]
        answer = "\n\n".join(text for text in paragraphs if text not in asked)
        found.append(Question(heading, answer, "\n".join(asked)))
    return found


def sentences(answer: str) -> list[str]:
    """Split at ., !, ? or … before white space, and where a paragraph ends.

    A piece of code or a formula is one word, and the target of a link is none.
    """
    parts = _END.split(_TARGET.sub("", _OPAQUE.sub("x", answer)))
    return [part for part in parts if re.search(r"\w", part)]


def problems(text: str) -> Iterator[str]:
    """What is wrong with a page of questions."""
    for heading, answer, asked in questions(text):
        if not heading.endswith("?"):
            yield f"{heading}: not a question"
        if not 1 <= len(sentences(answer)) <= 3:
            yield f"{heading}: {len(sentences(answer))} sentences"
        links = _LINK.findall(answer)
        if not any(_leads_on(link) for link in links):
            yield f"{heading}: no link to another page"
        if not any(cited.name in sources() for cited in citations(asked)):
            yield f"{heading}: not said where it was asked"


def _leads_on(link: str) -> bool:
    path = link.partition("#")[0]
    return (
        path.endswith(".md")
        and "://" not in path
        and (PAGE.parent / path).resolve() not in (PAGE, PAGE.parent)
        and (PAGE.parent / path).is_file()
    )


def test_page_has_at_least_twelve_questions_in_three_groups_or_more():
    headings = [question.heading for question in questions(TEXT)]
    assert len(set(headings)) == len(headings) >= 12
    groups = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    assert len(set(groups) - {"Check it"}) >= 3


def test_every_question_is_answered_in_three_sentences_and_leads_on():
    assert list(problems(TEXT)) == []


@pytest.mark.parametrize(
    ("answer", "count"),
    [
        ("", 0),
        ("One.", 1),
        ("Not ended", 1),
        ("One. Two. Three. Four.", 4),
        ("One.\nTwo!\nThree?\nFour.", 4),
        ("one. two. three. four.", 4),
        ("**One.** *Two.* (Three.) “Four.” Five.", 5),
        ("[One.](a.md) Two.", 2),
        ("No stop\n\nnor here", 2),
        ("One… Two.", 2),
        ("At 1.5 or `a. b. c` or $x. y$, by [this](a. b.md), it is one.", 1),
        ("One: two; three, and so on.", 1),
    ],
)
def test_sentences_are_counted(answer, count):
    assert len(sentences(answer)) == count


GOOD = (
    "### Why?\n\nBecause of [this](what-it-costs.md).\n\n"
    "Asked on [a site][trask-12]\n{ .bp-note }\n"
)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("Why?", "Why", "not a question"),
        ("Because", "One. Two. Three. Because", "4 sentences"),
        ("Because of [this](what-it-costs.md).\n\n", "", "0 sentences"),
        ("what-it-costs.md", "https://example.org/page.md", "no link"),
        ("what-it-costs.md", "#why", "no link"),
        ("what-it-costs.md", "questions-people-ask.md#why", "no link"),
        ("what-it-costs.md", "missing.md", "no link"),
        ("[trask-12]", "(what-it-costs.md)", "not said where"),
        ("[trask-12]", "[trask-0]", "not said where"),
        ("Asked on [a site][trask-12]", "Asked", "not said where"),
        ("\n{ .bp-note }", "", "not said where"),
    ],
)
def test_broken_question_is_found(old, new, problem):
    assert old in GOOD
    assert list(problems(GOOD)) == []
    assert any(problem in found for found in problems(GOOD.replace(old, new)))


def test_what_is_below_the_next_heading_does_not_count():
    below = GOOD.replace("Because of [this](what-it-costs.md).", "Because.")
    found = list(problems(below + "\n## More\n\n[A link](what-it-costs.md).\n"))
    assert any("no link" in problem for problem in found)

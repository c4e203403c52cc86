"""Folded questions: the answer is a press away, and opens for those sent to it."""

import pytest
from browser import expect

PAGE = "the-question/questions-people-ask/"
ASKED = "why-does-my-derivative-of-tanh-overflow"


@pytest.fixture
def opened(page_at, site_url):
    """`opened(address)`: a tab on the page with the questions."""

    def at(rest="", width=375, **options):
        tab = page_at(width, **options)
        tab.goto(f"{site_url}/{PAGE}{rest}")
        return tab

    return at


def fold(tab, heading=ASKED):
    return tab.locator(f"details.bp-fold:has(> summary #{heading})")


def test_the_page_is_a_list_of_questions(opened):
    tab = opened()
    folds = tab.locator("details.bp-fold")
    assert folds.count() >= 25
    assert tab.locator("details[open]").count() == 0
    height = "document.documentElement.scrollHeight"
    assert tab.evaluate(height) < 5_000
    question = fold(tab).locator("summary")
    question.focus()
    tab.keyboard.press("Enter")
    expect(fold(tab).get_by_text("cosh").first).to_be_visible()


def test_a_link_to_a_question_opens_its_answer(opened):
    tab = opened(f"#{ASKED}")
    expect(fold(tab)).to_have_attribute("open", "")
    assert tab.locator("details[open]").count() == 1
    other = "what-about-softmax"
    tab.evaluate(f"location.hash = '{other}'")
    expect(fold(tab, other)).to_have_attribute("open", "")


def test_the_search_opens_what_it_found(opened):
    tab = opened("?h=derivative+tanh+overflow")
    expect(fold(tab)).to_have_attribute("open", "")
    assert tab.locator("details[open]").count() < 4


def test_without_scripts_a_question_opens_as_well(opened):
    tab = opened(java_script_enabled=False)
    fold(tab).locator("summary").click()
    expect(fold(tab).get_by_text("cosh").first).to_be_visible()

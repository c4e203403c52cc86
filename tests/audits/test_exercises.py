"""Every exercise in a browser: the starter, the solutions, and each wrong answer."""

import re

import pytest
from browser import expect
from conftest import pages, sampled
from visits import look, violations

from sitebuild.exercises.checking import choices
from sitebuild.exercises.listing import places
from sitebuild.exercises.reading import all_exercises

LOADING = 120_000
ALL = [one for one in all_exercises() if one.name in places()]
CODE = [one for one in ALL if one.kind == "code"]
CHOICES = [one for one in ALL if one.kind != "code"]
PAGES = sorted({places()[one.name] for one in ALL})


def plain(text):
    """A message as it reads on the page."""
    return text.removesuffix("...").replace("`", "")


def said(element):
    return re.sub(r"\s+", " ", element.get_by_role("status").text_content())


@pytest.fixture(scope="module")
def visit(browser, site_url):
    """One tab, so that Python is loaded once per page."""
    context = browser.new_context()
    tab = context.new_page()

    def to(one):
        address = f"{site_url}/{places()[one.name]}/"
        if tab.url.partition("#")[0] != address:
            tab.goto(address)
        element = tab.locator(f"#exercise-{one.name}")
        element.scroll_into_view_if_needed()
        tab.locator("bp-exercise:defined").first.wait_for()
        return element

    yield to
    context.close()


def check(element, code):
    element.get_by_role("textbox").fill(code)
    button = element.get_by_role("button", name="Check", exact=True)
    button.click()
    expect(element.get_by_role("status")).to_have_attribute(
        "aria-busy", "false", timeout=LOADING
    )
    return said(element)


def test_there_are_as_many_as_are_promised():
    assert len(ALL) >= 36
    assert {f"{page}/" for page in PAGES} <= set(pages())


@pytest.mark.parametrize("one", sampled(CODE), ids=lambda one: one.name)
def test_each_answer_in_python_gets_its_message(one, visit):
    element = visit(one)
    element.get_by_role("button", name="Try it").click()
    for answer in (one.starter, *one.wrong):
        told = re.sub(r"\s+", "", plain(answer.told))
        assert told in re.sub(r"\s+", "", check(element, answer.code))
    for answer in (one.solution, *one.others):
        assert check(element, answer.code).startswith("Right")
    expect(element).to_contain_text("✓ solved")


@pytest.mark.parametrize("one", sampled(CHOICES), ids=lambda one: one.name)
def test_each_answer_to_choose_gets_its_message(one, visit):
    element = visit(one)
    key, options = choices(one)
    for k, option in sorted(enumerate(options), key=lambda of: of[1].text == key):
        element.get_by_role("radio").nth(k).check()
        element.get_by_role("button", name="Check", exact=True).click()
        told = re.sub(r"\s+", " ", plain(option.told))
        expect(element.get_by_role("status")).to_contain_text(told)
        right = element.locator(".bp-exercise-right")
        expect(right).to_have_count(int(option.text == key))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("kind", ["code", "slope"])
def test_an_exercise_that_was_answered(kind, width, scheme, page_at, site_url):
    one = next(one for one in ALL if one.kind == kind)
    tab = page_at(width, scheme)
    tab.goto(f"{site_url}/{places()[one.name]}/", wait_until="networkidle")
    element = tab.locator(f"#exercise-{one.name}")
    if kind == "code":
        element.get_by_role("button", name="Try it").click()
        check(element, one.wrong[0].code)
    else:
        element.get_by_role("radio").first.check()
        element.get_by_role("button", name="Check", exact=True).click()
    element.get_by_role("button", name="Show the solution").click()
    assert look(tab) + violations(tab) == []

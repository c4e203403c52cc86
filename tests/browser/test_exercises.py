"""Exercises in a real browser: answered, told what is wrong, solved, carried on."""

import re

import pytest
from browser import SUB_PATH, expect, served
from cells import LOADING, build_with_python
from sites import run, small_site

from sitebuild.exercises.reading import exercise

NAMES = ("two-paths", "tanh-from-its-output", "softplus-from-output")
BLOCK = """```python exec="true" html="true" session="{}"
from sitebuild.exercises.{} import {}

print({})
```
"""
PLACED = f"placed{NAMES}".replace("'", '"')
PAGES = {
    "index.md": "# Home\n",
    "some.md": f"# Exercises\n\n{BLOCK.format('some', 'shown', 'placed', PLACED)}",
    "all.md": "# All\n\n"
    + BLOCK.format("all", "listing", "list_of_all", 'list_of_all("../")'),
}


def build(folder, python):
    small_site(folder, PAGES)
    run(folder, "python", "-m", "sitebuild.checks.approve")  # the list is that of here
    return build_with_python(folder, python)


@pytest.fixture(scope="module")
def exercises(python, once):
    """Where a site with these exercises is served, below a path."""
    made = once("exercises", lambda folder: build(folder, python))
    assert made.status == 0, made.said
    with served(made.folder / "site") as address:
        yield f"{address}{SUB_PATH}/"


def told(element):
    return element.get_by_role("status")


def text_of(element):
    return element.evaluate("exercise => exercise.editor.value")


def choose(one):
    """No answer, a wrong one and the right one, by keyboard."""
    check = one.get_by_role("button", name="Check")
    check.press("Enter")
    expect(told(one)).to_have_text("Choose an answer first.")
    one.get_by_role("radio").first.press("Space")
    check.press("Enter")
    expect(told(one)).to_contain_text("Along one path slopes multiply")
    one.get_by_role("radio", name="0.5").press("Space")
    check.press("Enter")
    expect(told(one)).to_contain_text("Right: what arrives along both paths adds up.")


def test_a_choice_by_keyboard_and_carried_to_another_browser(page_at, exercises):
    tab, asked = page_at(), []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{exercises}some/")
    tab.locator("bp-exercise:defined").first.wait_for()
    choose(tab.locator("#exercise-two-paths"))
    assert not [url for url in asked if "runtime" in url or "live-worker" in url]
    expect(tab.locator(".bp-solved").first).to_have_text("✓ 1")

    tab.goto(f"{exercises}all/")
    line = tab.get_by_label("on one line")
    expect(line).to_have_value("solved: two-paths")
    other = page_at()
    other.goto(f"{exercises}all/")
    other.get_by_label("on one line").fill("solved: two-paths unknown")
    other.get_by_role("button", name="Take this line").click()
    expect(told(other.locator("bp-progress"))).to_have_text("Taken: 1. 1 of 3 solved.")
    other.goto(f"{exercises}some/")
    expect(other.locator("#exercise-two-paths")).to_contain_text("✓ solved")
    other.goto(f"{exercises}all/")
    other.get_by_role("button", name="Forget all").click()
    expect(told(other.locator("bp-progress"))).to_contain_text("0 of 3 solved.")
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('bp-'))"
    assert other.evaluate(kept) == []


def get_hints(one, wrong):
    """A hint for the starter and one for another answer, and none for the same."""
    field, check = one.get_by_role("textbox"), one.get_by_role("button", name="Check")
    expect(one.get_by_role("button", name="Show the solution")).to_have_count(0)
    check.click()
    expect(told(one)).to_contain_text("It returns no number yet", timeout=LOADING)
    expect(one.locator("li")).to_have_count(1)
    check.click()
    expect(check).to_have_attribute("aria-disabled", "false")
    expect(one.locator("li")).to_have_count(1)  # the same answer, no further hint
    field.fill(wrong.code)
    field.press("Control+Enter")
    expect(told(one)).to_have_text(wrong.told.replace("`", ""))
    expect(one.locator("li")).to_have_count(2)


def compare(tab, one, solution):
    """The reader's own and the solution, below each other or side by side."""
    field, check = one.get_by_role("textbox"), one.get_by_role("button", name="Check")
    field.fill(solution.replace("a**2", "b**2"))
    check.click()
    expect(told(one)).to_contain_text("Line 2: return 1 - b**2")
    one.get_by_role("button", name="Show the solution").click()
    pair = one.get_by_role("figure")
    expect(pair).to_have_text([re.compile("^Yours"), re.compile("^The solution")])
    marked = pair.locator("mark")
    expect(marked).to_have_text(["    return 1 - b**2\n", "    return 1 - a**2\n"])
    above, below = (side.bounding_box() for side in pair.all())
    assert above["y"] + above["height"] <= below["y"]  # there is no room beside it
    tab.set_viewport_size({"width": 1280, "height": 800})
    left, right = (side.bounding_box() for side in pair.all())
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    field.fill(solution.replace("1 - a**2", "1-a ** 2  # so"))
    check.click()
    expect(one).to_contain_text("They are the same.")
    expect(marked).to_have_count(0)
    expect(told(one)).to_contain_text("Right: given the output")


def stop_both(one, two):
    """One runs on and on, and the other waits for it; each is stopped."""
    two.get_by_role("button", name="Try it").click()
    one.get_by_role("textbox").fill("while True:\n    pass")
    one.get_by_role("button", name="Check").click()
    two.get_by_role("button", name="Check").click()
    expect(two.locator(".bp-cell-bar")).to_contain_text("Waiting")
    two.get_by_role("button", name="Stop").click()
    expect(told(two)).to_have_text("Stopped.")
    one.get_by_role("button", name="Stop").click()
    expect(told(one)).to_have_text("Stopped.")


def test_an_answer_in_python(page_at, exercises):
    tab = page_at(375)
    tab.goto(f"{exercises}some/")
    name = "tanh-from-its-output"
    one, said = tab.locator(f"#exercise-{name}"), exercise(name)
    one.get_by_role("button", name="Try it").click()
    get_hints(one, said.wrong[1])
    compare(tab, one, said.solution.code)
    field = one.get_by_role("textbox")
    field.fill(said.others[0].code)
    one.get_by_role("button", name="Check").click()
    expect(told(one)).to_contain_text("Right: given the output")
    expect(one).to_contain_text("✓ solved")
    tab.reload()
    one.get_by_role("button", name="Try it").click()
    field.wait_for()
    assert text_of(one) == said.others[0].code  # it was kept
    one.get_by_role("button", name="Reset").click()
    assert text_of(one) == said.starter.code.rstrip()
    stop_both(one, tab.locator("#exercise-softplus-from-output"))


def test_without_scripts_there_are_the_task_and_the_folded_solution(page_at, exercises):
    tab = page_at(java_script_enabled=False)
    tab.goto(f"{exercises}some/")
    for name in NAMES:
        one = tab.locator(f"#exercise-{name}")
        expect(one.locator(".bp-exercise-task")).to_be_visible()
        expect(one.locator(".bp-cell-bar")).to_be_hidden()
        expect(one.locator("details > :not(summary)").first).to_be_hidden()
        one.get_by_text("Solution", exact=True).click()
        expect(one.locator("details > :not(summary)").first).to_be_visible()

"""Each page, in both schemes and at both widths: weight, shift, axe, figures."""

import pytest
from conftest import pages
from visits import Visit, look, settled, violations, visit

WIDTHS = (1280, 375)
UNFOLD = """() => {
  for (const node of document.querySelectorAll("article details")) node.open = true;
}"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("page", pages(), ids=lambda page: page or "home")
def test_a_first_view(page, width, page_at, site_url, record_property):
    tabs = []

    def visits():
        while True:
            tabs.append(page_at(width, "light"))
            yield visit(tabs[-1], f"{site_url}/{page}")

    seen = settled(visits())
    page_at.problems.clear()  # they are among the complaints
    record_property("visit", seen._replace(problems=len(seen.problems))._asdict())
    complaints = {"light": [*seen.complaints(), *violations(tabs[0])]}
    # the same visit goes on, with all unfolded: nothing is loaded by the scheme
    tabs[0].emulate_media(color_scheme="dark")
    tabs[0].wait_for_selector("body[data-md-color-scheme=slate]")
    tabs[0].evaluate(UNFOLD)
    complaints["dark"] = [*look(tabs[0]), *violations(tabs[0]), *page_at.problems]
    assert complaints == {"light": [], "dark": []}


def a_visit(shift):
    return Visit(bytes=0, requests=0, hosts=(), shift=shift, problems=())


@pytest.mark.parametrize(
    ("shifts", "decides"),
    [((0.0,), 0.0), ((0.2, 0.0, 0.0), 0.0), ((0.2, 0.0, 0.1), 0.1)],
)
def test_two_visits_more_decide_whether_a_page_shifts(shifts, decides):
    made = []
    seen = settled(made.append(shift) or a_visit(shift) for shift in shifts)
    assert (seen.shift, made) == (decides, list(shifts))

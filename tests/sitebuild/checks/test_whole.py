"""The pages together: every one stands, and what must not stand is found."""

from pathlib import Path

import pytest
from sites import ROOT, navigation

from sitebuild.checks import whole
from sitebuild.checks.alone import is_live
from sitebuild.checks.fences import DOCTEST, find_fences
from sitebuild.checks.leads import Target, lead_problems, target
from sitebuild.checks.names import Names
from sitebuild.checks.stems import stems
from sitebuild.checks.whole import Whole

PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text()
    for path in sorted((ROOT / "docs").rglob("*.md"))
}


@pytest.fixture(scope="module")
def site():
    return Whole(PAGES, [f"docs/{page}" for page in navigation()])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: Path(page).stem)
def test_a_page_stands_among_the_others(site, page):
    assert page in site.order
    assert not site.of(page), "\n" + "\n".join(map(str, site.of(page)))


def test_a_reader_can_run_all_but_few_of_the_blocks_that_print():
    printing = [
        (fence, page)
        for page, text in PAGES.items()
        for fence in find_fences(text)
        if "result" in fence.options or fence.language == DOCTEST
        if fence.visible
    ]
    live = sum(is_live(fence, page) for fence, page in printing)
    assert live >= 0.95 * len(printing) > 150


def test_the_sources_stand(site):
    assert list(site.problems()) == []


# ---- names


def names(text, **others):
    pages = {"docs/a.md": text, **{f"docs/{n}.md": t for n, t in others.items()}}
    return [message for _, message in Names(pages).problems("docs/a.md")]


@pytest.mark.parametrize(
    "span",
    [
        "sigmoid_derivativ",
        "sigmiod_derivative(z)",
        "self.ouput",
        "np.outre",
        "np.check_gradients",
        "check_stap(forward, backward)",
        "q",
        "python -m backprop_explaind",
    ],
)
def test_a_name_that_stands_alone_is_found(span):
    text = f"Call `{span}`, where `z` and `z` are $a$.\n"
    assert len(names(text)) >= 1


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("`sigmoid_derivative(z)` of $z$", {}),
        ("`self.output`, `np.outer`, `math.exp`", {}),
        ("`frobnicate` and `frobnicate()`", {}),
        ("`frobnicate`", {"b": "`frobnicate`"}),
        ("`frobnicate`", {"b": "```py\nfrobnicate()\n```\n"}),
        ("---\nnames: [frobnicate, q]\n---\n\n`frobnicate`, `q`", {}),
        ("`q`\n\n```py\nq = 1\n```\n", {}),
        ("`W += step * …`, `1e-8`, `-m`, `catalogue.py`", {}),
        ("<!-- `frobnicate` -->", {}),
    ],
)
def test_a_name_that_is_known_passes(text, others):
    assert names(text, **others) == []


def test_letters_of_commands_and_of_words_make_no_name_known():
    block = 'print(f"{x:.2e}", "a b c")'
    text = f"`q`, `c`, `e`, `r` of $\\frac{{q}}{{x}}$\n\n```py\n{block}\n```\n"
    assert [said[:3] for said in names(text)] == ["'c'", "'e'", "'r'"]


def test_a_comment_makes_no_name_known():
    assert names("`frobnicate`\n\n```py\nx = 1  # frobnicate\n```\n")


# ---- link texts

COSTS = "---\ntitle: What it takes\naliases: [square]\n---\n# Sums\n\n## Why { #w }\n"
TARGETS = {
    "docs/a.md": target("docs/a.md", "# Neuron\n"),
    "docs/b/costs.md": target("docs/b/costs.md", COSTS),
    "docs/c.md": target("docs/c.md", "# Third\n"),
}
ORDER = list(TARGETS)


def leads(text, name="docs/a.md"):
    return [message for _, message in lead_problems(name, text, TARGETS, ORDER)]


@pytest.mark.parametrize(
    "words", ["cost", "a sum", "[it] takes", "Squares", "`costs`", "sums<!--= 1 -->"]
)
def test_words_that_name_the_target_pass(words):
    assert leads(f"See [{words}](b/costs.md).") == []


@pytest.mark.parametrize(
    "words", ["here", "neuron", "the page", "why", "<!--cost-->it"]
)
def test_words_of_something_else_are_found(words):
    (said,) = leads(f"\nSee [{words}](b/costs.md#other).")
    assert "shares no word with what 'b/costs.md#other' is called" in said


def test_the_name_of_another_page_leads_there():
    assert leads("See [What it takes?](b/costs.md).") == []
    (said,) = leads("See [What it takes?](c.md#it-takes).")
    assert "is the name of docs/b/costs.md, and leads to 'c.md#it-takes'" in said
    assert leads("See [What takes](c.md#takes).") == []


def test_an_anchor_gives_its_words():
    assert leads("[a thing](b/costs.md#other-things)") == []
    assert stems("Why") == set()  # a word that says nothing


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("x\n\nNext: [costs](b/costs.md).\n", "docs/a.md", 0),
        ("x\n\nNext: [third](c.md).\n", "docs/a.md", 1),
        ("x\n\nNext: nothing.\n", "docs/a.md", 1),
        ("x\n\nNext: [neuron](../a.md).\n", "docs/b/costs.md", 1),
        (
            "x\n\nNext: [third](../c.md),\nafter [neuron](../a.md).\n",
            *("docs/b/costs.md", 0),
        ),
        ("Other\nNext: [third](c.md).\n", "docs/a.md", 0),
        ("x\n\nNext: [neuron](a.md).\n", "docs/c.md", 0),
    ],
)
def test_next_leads_to_the_next_page(text, name, count):
    assert len(leads(text, name)) == count


def test_a_target_is_all_that_a_page_is_called():
    assert TARGETS["docs/b/costs.md"] == Target(
        {"cost", "take", "sum", "squar"},
        {"w": "Why"},
        frozenset({"costs", "what it takes", "sums"}),
    )


# ---- sources


def test_a_source_that_no_page_cites_is_found(site):
    others = {name: text.replace("][horn]", "][mazur]") for name, text in PAGES.items()}
    said = [str(problem) for problem in Whole(others, site.order).problems()]
    assert [s for s in said if "no page cites horn" in s]
    del others[whole.LIST]
    assert "no page cites horn" not in str(list(Whole(others, []).problems()))

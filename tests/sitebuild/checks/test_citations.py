"""Citations: a page names a source, and the build knows the address."""

import ast
import re
from pathlib import Path

import pytest

from sitebuild.checks.checker import check_page
from sitebuild.checks.citations import citation_problems, citations, with_addresses
from sitebuild.evidence.sources import sources

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[Horn][hron]", "no source is named 'hron'"),
        ("[Apache Horn][mazur]", "shares no word with the source 'mazur'"),
        ("[Horn](https://github.com/apache/horn)", "cite a source"),
        ("See <https://arxiv.org/abs/1712.02616>.", "cite a source"),
        ('```py\nurl = "https://arxiv.org/abs/1712.02616"\n```', "cite a source"),
        ("[Horn][horn] at 99c3f4f.", "no source whose commit is 99c3f4f"),
        ("[Horn][horn] at `99c3f4f`.", "no source whose commit is 99c3f4f"),
        ("[issue 33 of Trask][trask-32]", "no source with the number 33"),
        ("[Trask's post][trask-32], #31", "no source with the number 31"),
        ("issue 32 of Trask", "no source with the number 32"),
        ("[Loy's post][loy], of 2019", "no source by James Loy of the year 2019"),
        ("In 2018 it began.", "no source of the year 2018"),
        (
            "[Loy's][loy] is one. [Trask's][trask] is of 2018.",
            "Andrew Trask of the year",
        ),
    ],
)
def test_what_a_page_may_not_say(text, said):
    ((line, message),) = citation_problems(f"\n{text}\n")
    assert line >= 2
    assert said in message
    problems = check_page(f"\n{text}\n", "docs/page.md").problems
    assert said in str(problems)


@pytest.mark.parametrize(
    "text",
    [
        "It is [Loy's][loy], of 2018. [Trask's][trask] is of 2015",
        "[Apache Horn][horn] at 99c3f4e, in full `99c3f4e8ab393ba1`",
        "[issue 32][trask-32] of his site",
        "[Loy's post][loy] of 2018, `2019`, 2,019, 2019.5, 1,000 or 12019",
        "`a[0][1]` is a number, 1234567 is one, defaced is a word",
        "[a reference][backprop_explained.costs] of the package",
        "Serve it at http://127.0.0.1:8000/ or https://example.org/backprop/.",
        "<!-- see https://arxiv.org/abs/1712.02616 -->",
        "```text\na[0][loy]\n```",
    ],
)
def test_what_a_page_may_say(text):
    assert list(citation_problems(text)) == []


def test_the_words_of_a_citation_may_hold_code_and_brackets():
    (found,) = citations("x [the `f[0]` of [it]][horn]")
    assert found.words == "the `f[0]` of [it]"


def test_the_build_adds_each_address_once():
    text = "[Horn][horn] and [Horn][horn] and [no](a.md)\n"
    assert with_addresses(text).count(sources()["horn"].address) == 1
    assert with_addresses("[no](a.md)\n") == "[no](a.md)\n"


def test_the_package_names_addresses_that_are_sources():
    known = {source.address for source in sources().values()}
    paths = (ROOT / "backprop_explained").rglob("*.py")
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text()))]
    texts = [str(node.value) for node in nodes if isinstance(node, ast.Constant)]
    found = {at for text in texts for at in re.findall(r"https?://[^\s)>\]`]+", text)}
    assert len(found) >= 3
    assert found <= known


def test_the_front_matter_is_read_as_well():
    page = "---\ntitle: Loy's network of 2019\n---\n\nIt is [Loy's][loy].\n"
    (problem,) = check_page(page, "docs/page.md").problems
    assert (problem.line, "no source by James Loy" in problem.message) == (2, True)

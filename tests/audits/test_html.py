"""Valid HTML, by the Nu checker, except what themes and the checker itself leave."""

import json
import re
import subprocess

import pytest
from conftest import HERE

CHECKER = HERE / "node_modules/vnu-jar/build/dist/vnu.jar"

KNOWN = {
    r"Bad value “” for attribute “tabindex” on element “label”": "the theme's labels",
    r"Attribute “autocomplete” is only allowed when the input type is": (
        "the theme's switches, whose state Firefox would keep"
    ),
    r"Attribute “(displaystyle|scriptlevel)” not allowed on element “m\w+”": (
        "MathML Core allows both everywhere; the checker knows an older MathML"
    ),
    r"Content Security Policy \(meta tag\)": (
        "the checker reads files, for which no address is 'self', and takes no hash "
        "for a script; what the policy lets through is asked of a browser"
    ),
}
"""Findings of others' making, and whose."""


def messages(*paths):
    """What the checker says of HTML files."""
    assert CHECKER.exists(), f"{CHECKER} is not there: run make audit"
    command = ["java", "-jar", CHECKER, "--skip-non-html", "--format", "json", *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return json.loads(done.stderr)["messages"]


def unknown(found):
    others = [m for m in found if not any(re.search(k, m["message"]) for k in KNOWN)]
    page = lambda message: message["url"].rpartition("/.audit/")[2]
    return sorted({f"{page(message)}: {message['message']}" for message in others})


@pytest.fixture(scope="module")
def found(site):
    return messages(site)


def test_the_pages_are_valid(found):
    assert unknown(found) == []


def test_what_is_listed_as_known_is_still_found(found):
    said = "\n".join(message["message"] for message in found)
    assert [known for known in KNOWN if not re.search(known, said)] == []


def test_the_checker_was_given_the_pages(site, tmp_path):
    page = (site / "index.html").read_text()
    broken = tmp_path / "index.html"
    broken.write_text(page.replace("</article>", "<p><div></p></article>", 1))
    assert unknown(messages(broken))

"""What the search is given: the words in which people ask, and no long decimals."""

import re
from typing import Any

_DECIMAL = re.compile(r"(?<![\w.])\d+\.\d{2,}(?:e[-+−]?\d+)?(?![\w.]*\d)")


def asked_as(meta: dict[str, Any]) -> list[str]:
    """The phrases of a page's front matter, where they stand with semicolons between.

    Examples
    --------
    >>> asked_as({"asked": "z or a; dsigmoid"})
    ['z or a', 'dsigmoid']
    >>> asked_as({})
    []
    """
    return [words.strip() for words in str(meta.get("asked", "")).split(";") if words]


def give_words(
    entries: list[dict[str, Any]], address: str, meta: dict[str, Any]
) -> None:
    """Add the phrases to the page's own entry; its sections' have none.

    The search knows them as tags, and counts a hit among them before all others.

    Examples
    --------
    >>> entries = [{"location": "a/"}, {"location": "a/#b"}]
    >>> give_words(entries, "a/", {"asked": "z or a"})
    >>> entries
    [{'location': 'a/', 'tags': ['z or a']}, {'location': 'a/#b'}]
    """
    words = asked_as(meta)
    for entry in entries:
        if words and entry["location"] == address:
            entry["tags"] = words


def drop_decimals(entries: list[dict[str, Any]], address: str) -> None:
    """Take long decimals out of what is searched of a page and its sections.

    Nobody types them, and the index of the browser's search confuses its states with
    the digits of its terms: with a thousand decimals, `A2 > 0` finds nothing.

    Examples
    --------
    >>> text = "0.25 of 0.5, 3.1e-05, z2.55 and 2.13.0"
    >>> entries = [{"location": "a/#b", "text": text}]
    >>> drop_decimals(entries, "a/")
    >>> entries[0]["text"]
    ' of 0.5, 3.1e-05, z2.55 and 2.13.0'
    """
    for entry in entries:
        if entry["location"].partition("#")[0] == address:
            entry["text"] = _DECIMAL.sub("", entry["text"])

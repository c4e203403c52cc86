"""The words in which people ask for a page, given to the search with the page."""

from typing import Any


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

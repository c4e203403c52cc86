"""What the search is given: the words in which people ask, and no numbers.

The theme takes each word that is typed for the beginning of one.  So *in* finds
*install*; a word that is in every text is taken as it stands, unless it is the last.
"""

import re
from typing import Any

_NUMBER = re.compile(r"(?<![A-Za-z_])\d[\d.,]*\d(?:e[-+−]?\d+)?")

_BEGINNINGS = r".map(r=>/(^[+-]|[~^]\d+$)/.test(r)?r:`${r}*`)"
_NOT_OF_STOP_WORDS = (
    r".map((r,n,i)=>/(^[+-]|[~^]\d+$)/.test(r)||"
    "n+1<i.length&&r.length>1&&!lunr.stopWordFilter(r.toLowerCase())?r:`${r}*`)"
)


def with_whole_stop_words(worker: str) -> str:
    """The theme's search, which drops *in* and *the* before the last word.

    Examples
    --------
    >>> with_whole_stop_words("")
    Traceback (most recent call last):
    ValueError: the theme's search makes its query in another way: see _BEGINNINGS
    """
    if worker.count(_BEGINNINGS) != 1:
        raise ValueError(
            "the theme's search makes its query in another way: see _BEGINNINGS"
        )
    return worker.replace(_BEGINNINGS, _NOT_OF_STOP_WORDS)


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


def drop_numbers(entries: list[dict[str, Any]], address: str) -> None:
    """Take the numbers out of what is searched of a page and its sections.

    Hardly anybody types them, and the index of the browser's search confuses its states
    with the digits of its terms: with a thousand numbers, `A2 > 0` finds nothing.

    Examples
    --------
    >>> text = "0.25 of 1,500, 3.1e-05 of float16 and 0"
    >>> entries = [{"location": "a/#b", "text": text}]
    >>> drop_numbers(entries, "a/")
    >>> entries[0]["text"]
    ' of ,  of float16 and 0'
    """
    for entry in entries:
        if entry["location"].partition("#")[0] == address:
            entry["text"] = _NUMBER.sub("", entry["text"])

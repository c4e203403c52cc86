"""The word list of CONTRIBUTING: what trips a native reader, and what to write."""

import re
from collections.abc import Iterator

from sitebuild.checks.structure import line_at

_ONE = r"(?:an?|the|every|each|one)"
_COUNTED = "row|column|entry|example|module|run|number|value"
_SO_MANY = rf"(?:one(?:\s+(?:{_COUNTED}))?|numbers)"
_OF_EACH = r"(?:layer|example|output|entry|row|step|neuron|unit|module|page|line|epoch)"
_SLOPE = r"(?:slopes?|derivatives?|gradients?)(?:\s+of\s+the\s+cost)?"
INSTEAD = {
    r"mend(?:s|ed|ing)?": "fix",
    r"whoever": "if you, anyone who",
    r"anew": "again",
    r"way\s+back": "backward pass",
    rf"{_SLOPE}\s+in\s+{_ONE}\s+(?:weight|input|output|bias|entry)": (
        "derivative with respect to"
    ),
    r"slopes?\s+in\s+w": "derivative with respect to w",
    r"turned\s+over": "transposed",
    r"but\s+for": "except for",
    rf"{_SO_MANY}\s+an?\s+{_OF_EACH}": "per",
}
_WORDS = re.compile(rf"\b(?:{'|'.join(INSTEAD)})\b", re.IGNORECASE)


def wrong_words(text: str) -> Iterator[tuple[int, str]]:
    """Line and message of each word that is on the list."""
    for found in _WORDS.finditer(text):
        right = next(
            right
            for wrong, right in INSTEAD.items()
            if re.fullmatch(wrong, found[0], re.IGNORECASE)
        )
        yield line_at(text, found.start()), f"{found[0]!r}: write {right}"

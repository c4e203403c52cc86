"""The word list of CONTRIBUTING: what trips a native reader, and what to write."""

import re
from collections.abc import Iterator

from sitebuild.checks.structure import line_at

INSTEAD = {
    r"mend(?:s|ed|ing)?": "fix",
    r"whoever": "if you, anyone who",
    r"anew": "again",
    r"way\s+back": "backward pass",
    r"slopes?\s+in\s+(?:a|an|the|every|each|one)\s+(?:weight|output|bias)": (
        "derivative with respect to"
    ),
    r"turned\s+over": "transposed",
    r"but\s+for": "except for",
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

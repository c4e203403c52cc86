"""Why a changed line was not the one that was named, miss by miss, read off the row."""

from sitebuild.evidence import markdown
from sitebuild.evidence.first_wrong import Row, rows

MISSED = ("beside", "elsewhere", "not found", "stopped")

REASONS = {
    "stopped": "no answer in time",
    "not found": "no change that was tried repairs, and no value that was measured",
    "right": "either line can be corrected: with what is written here it is right",
    "wrong": "with the text for this one some gradients are right, not all",
    "none": "no change that was tried repairs, and a value put in here does",
}
"""By the group, if there was no answer; else by what the advice does."""


def misses() -> list[Row]:
    return [row for row in rows() if row.group in MISSED]


def reason(row: Row) -> str:
    """Why, in a sentence."""
    return REASONS[row.group if row.group in REASONS else row.advice]


def table() -> str:
    """One line per miss, with the reason, as Markdown."""
    rows = (
        (row.style.replace("_", " "), row.mistake, row.group, reason(row))
        for row in misses()
    )
    return markdown.table(
        "| network | mistake | named | why |", "|---|---|---|---|", rows
    )

"""The sources as the page on them lists them."""

import re
from datetime import date

from sitebuild.evidence.sources import Source, sources


def listed(group: str) -> str:
    """The sources of a group, one per line of Markdown."""
    those = (s for s in sources().values() if s.fields["group"] == group)
    return "\n".join(f"- {_entry(source)}" for source in those)


def _entry(source: Source) -> str:
    fields = source.fields
    title = re.sub(r"([_*`\[\]])", r"\\\1", fields["title"])
    where = f"[*{title}*]({source.address})" if source.address else f"*{title}*"
    named = [fields["author"], where, str(fields.get("year", ""))]
    note, day = fields.get("note", ""), _day(fields["read"])
    how = [
        _place(source),
        f"{note} {day}" if "read" in note else f"{note}, read {day}".lstrip(", "),
    ]
    told = f"{', '.join(filter(None, named))}: {fields['for']}"
    says = fields.get("says", "")
    end = "" if says.endswith((".", "?", "!")) else "."
    said = f" It says `` {says} ``{end}" if says else ""
    return f"{told} ({', '.join(filter(None, how))}).{said}"


def _place(source: Source) -> str:
    fields = source.fields
    if source.commit:
        return f"at {source.commit[:7]}"
    if not source.number or str(source.number) in fields["title"]:
        return ""
    return f"{'pull request' if 'pull' in fields else 'issue'} {source.number}"


def _day(read: str) -> str:
    r"""A date in words.

    Examples
    --------
    >>> _day("2026-11-27"), _day("2026-11")
    ('on 27 November 2026', 'in November 2026')
    """
    year, month, *day = map(int, read.split("-"))
    named = f"{date(year, month, 1):%B %Y}"
    return f"on {day[0]} {named}" if day else f"in {named}"

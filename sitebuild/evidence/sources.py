"""What the pages cite: each source once, by a name, in `sources.toml`.

A page writes `[words][name]`; the build knows the address.  What the entries say was
read: each carries a sum that only a reading writes, so that an edit by hand is refused.

    python -m sitebuild.evidence.sources NAME CLONE   # where it has a commit
    python -m sitebuild.evidence.sources NAME FILE    # its text, with its address

Both look for the words of the source that the entry quotes under `says`.  An entry that
no page cites, but the list of them all, is `background`.
"""

import hashlib
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FILE = Path(__file__).with_name("sources.toml")
LONGEST = 25
"""So many words of a source are quoted at most."""
_HOST = "https://github.com/"
_FIELDS = {
    *("title", "author", "year", "group", "note", "for", "read", "says", "sum"),
    *("address", "repository", "commit", "path", "lines", "issue", "pull"),
    *("rule", "background"),
}


class Source(NamedTuple):
    """One source, and the fields of its entry."""

    name: str
    fields: dict[str, Any]

    @property
    def commit(self) -> str:
        """The commit or the tag that was read; empty where there is none."""
        return str(self.fields.get("commit", ""))

    @property
    def number(self) -> int | None:
        """The number of the issue or pull request."""
        number: int | None = self.fields.get("issue", self.fields.get("pull"))
        return number

    @property
    def address(self) -> str:
        """Where it stands; empty for a book.

        Examples
        --------
        >>> Source("a", {"repository": "b/c", "commit": "d0", "path": "e.py"}).address
        'https://github.com/b/c/blob/d0/e.py'
        >>> Source("a", {"repository": "b/c", "pull": 3}).address
        'https://github.com/b/c/pull/3'
        """
        fields = self.fields
        if "repository" not in fields:
            return str(fields.get("address", ""))
        base = f"{_HOST}{fields['repository']}"
        for kind, folder in (("issue", "issues"), ("pull", "pull")):
            if kind in fields:
                return f"{base}/{folder}/{fields[kind]}"
        if "path" not in fields:
            return f"{base}/commit/{self.commit}"
        lines = f"#{fields['lines']}" if "lines" in fields else ""
        return f"{base}/blob/{self.commit}/{fields['path']}{lines}"

    @property
    def sum(self) -> str:
        """What ties the fields together."""
        told = {key: value for key, value in self.fields.items() if key != "sum"}
        plain = json.dumps([self.name, told], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(plain.encode()).hexdigest()[:12]


def sources_in(text: str) -> dict[str, Source]:
    return {name: Source(name, row) for name, row in tomllib.loads(text).items()}


@cache
def sources() -> dict[str, Source]:
    """All that the pages cite, by name."""
    return sources_in(FILE.read_text("utf-8"))


def source_problems(text: str) -> Iterator[tuple[int, str]]:
    """Line and message of what is wrong with a file of sources."""
    try:
        found = sources_in(text)
    except tomllib.TOMLDecodeError as error:
        yield 1, f"not TOML: {error}"
        return
    addresses: dict[str, str] = {}
    for line, written in enumerate(text.splitlines(), 1):
        if header := re.fullmatch(r"\[([^]]+)\]", written.strip()):
            source = found[header[1]]
            yield from ((line, f"{source.name}: {said}") for said in _amiss(source))
            first = addresses.setdefault(source.address or source.name, source.name)
            if first != source.name:
                yield line, f"{source.name}: its address is that of {first}; cite that"


def _amiss(source: Source) -> Iterator[str]:
    fields = source.fields
    if unknown := sorted(fields.keys() - _FIELDS):
        yield f"unknown fields {unknown}; use {sorted(_FIELDS)}"
    needed = "title", "group", "for", "read"
    if missing := [key for key in needed if key not in fields]:
        yield f"it has no {', '.join(missing)}"
    if len(fields.get("says", "").split()) > LONGEST:
        yield f"it quotes more than {LONGEST} words"
    if fields.get("sum") != source.sum:
        yield (
            "changed since it was read; read it again, with "
            f"python -m sitebuild.evidence.sources {source.name} CLONE-OR-FILE"
        )


if __name__ == "__main__":
    from sitebuild.evidence.reading import read_again

    sys.exit(read_again(*sys.argv[1:]))

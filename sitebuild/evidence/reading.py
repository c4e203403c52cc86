"""Reads a source again, where it stands, and writes down that it was read."""

import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from sitebuild.evidence.sources import FILE, Source, sources_in


def read_again(name: str = "", where: str = "") -> str | None:
    """Renew the entry; what speaks against it instead, where something does.

    Parameters
    ----------
    name : str
        The name of the source, as in `sources.toml`.
    where : str
        A clone of its repository, or a file with its address and its text.
    """
    text = FILE.read_text("utf-8")
    source = sources_in(text).get(name)
    if source is None:
        return f"no source is named {name!r}; the names are in {FILE.name}"
    if not where or not Path(where).exists():
        return f"there is nothing to read at {where!r}; name a clone, or a file"
    if against := objection(source, Path(where)):
        return f"{name}: {against}"
    FILE.write_text(
        renewed(text, source, datetime.now(UTC).date().isoformat()), "utf-8"
    )
    return None


def objection(source: Source, where: Path) -> str | None:
    """Why a clone or a file is not what the entry says; nothing where it is."""
    if source.commit:
        read, against = _in_clone(source, where)
    else:
        read, against = _in_file(source, where)
    said = source.fields.get("says") or source.fields["title"]
    if not against and _plain(said) not in _plain(read):
        return f"these words are not in it: {said}"
    return against


def _in_clone(source: Source, where: Path) -> tuple[str, str | None]:
    """What stands at the commit, or why nothing does."""
    remote = _git(where, "config", "--get-regexp", r"remote\..*\.url") or ""
    known = f"{where.resolve()} {remote}".replace("+", "/")
    if source.fields["repository"] not in known:
        return "", f"{where} is no clone of {source.fields['repository']}"
    if not re.fullmatch(r"[0-9a-f]{40}|\d+\..*", source.commit):
        return "", f"the commit {source.commit} is not written out in full"
    if "says" not in source.fields:
        return "", "it quotes nothing: put the words that carry the claim under says"
    path = source.fields.get("path")
    shown = f"{source.commit}:{path}" if path else source.commit
    if (read := _git(where, "show", shown)) is None:
        return "", f"{where} has no {shown}"
    first, last = _lines(source.fields.get("lines", "L1-L999999"))
    return "\n".join(read.splitlines()[first - 1 : last]), None


def _in_file(source: Source, where: Path) -> tuple[str, str | None]:
    """The text of a page, which names its address, or why it is not."""
    if not where.is_file():
        return "", f"{where} is not a file with its address and its text"
    read = where.read_text("utf-8", errors="replace")
    if source.address and source.address not in read.split():
        return "", f"{where} does not name its address, {source.address}"
    return read, None


def renewed(text: str, source: Source, day: str) -> str:
    r"""The file of sources, with this one read on a day.

    Examples
    --------
    >>> print(renewed('[a]\nread = "1"\n', Source("a", {"read": "1"}), "2"))
    [a]
    read = "2"
    sum = "7c307a5ce942"
    <BLANKLINE>
    """
    kept = source._replace(fields={**source.fields, "read": day})
    header = re.escape(f"[{source.name}]")
    (entry,) = re.findall(rf"^{header}\n(?:(?!\[).*\n?)*", text, re.MULTILINE)
    without = re.sub(r"^sum = .*\n", "", entry, flags=re.MULTILINE).rstrip("\n")
    dated = re.sub(r"^read = .*$", f'read = "{day}"', without, flags=re.MULTILINE)
    end = "\n\n" if entry.endswith("\n\n") else "\n"
    return text.replace(entry, f'{dated}\nsum = "{kept.sum}"{end}')


def _git(where: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(where), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    return done.stdout if done.returncode == 0 else None


def _lines(written: str) -> tuple[int, int]:
    first, *last = map(int, re.findall(r"\d+", written))
    return first, last[0] if last else first + 5


def _plain(text: str) -> str:
    r"""Words, whatever stands between them.

    Examples
    --------
    >>> _plain("// A *word*,\n# and  another")
    'a word and another'
    """
    return " ".join(re.findall(r"\w+", text.lower()))

"""One call of `check_step` on every network of `tests/styles`, right and mistaken.

`python -m sitebuild.evidence.styles` renews the record, in seconds.
"""

import importlib.util
import sys
from pathlib import Path
from typing import Any, NamedTuple

from backprop_explained import StepCheck, check_step
from sitebuild.evidence import markdown, record

RECORD = "styles"
FOLDER = Path(__file__).parents[2] / "tests" / "styles"
STATEMENTS = 1
"""What a reader writes for it: the call."""


class Row(NamedTuple):
    """A network, the mistake in it, and what one call said.

    `where` names the parameters that are called wrong, `factor` the one number that
    all of them are off by, if there is one, and `named` what the diagnosis said.
    """

    style: str
    mistake: str
    statements: int
    verdict: str
    where: str
    factor: float | None
    named: str


def corpus() -> Any:
    """The networks, from the folder of the tests."""
    if "styles" not in sys.modules:
        spec = importlib.util.spec_from_file_location("styles", FOLDER / "__init__.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules["styles"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules["styles"])
    return sys.modules["styles"]


def edited(style: Any, source: str) -> Any:
    return type(style)(style.name, source, {})


def judged(style: Any, mistake: str | None) -> Row:
    check = check_step(*style.case(0, mistake))
    where, factor = "", None
    if check.verdict == "wrong":
        verdicts = zip(check.names, check.check.verdicts, strict=True)
        where = ", ".join(name for name, verdict in verdicts if verdict == "wrong")
        factor = check.check.factor and record.rounded(check.check.factor, 4)
    what = style.name, mistake or "", STATEMENTS, check.verdict
    return Row(*what, where, factor, named(check))


def named(check: StepCheck) -> str:
    """What the diagnosis said of a wrong step."""
    if check.verdict != "wrong":
        return ""
    if check.diagnosis is None:
        return "the network is not recognised"
    word = " and " if check.diagnosis.together else " or "
    names = word.join(match.name for match in check.diagnosis.matches)
    return names or "no known mistake"


def rows() -> list[Row]:
    return [Row(*row) for row in record.read(RECORD)]


def table() -> str:
    """One line per network and mistake, as Markdown."""
    lines = []
    for row in rows():
        where = _shortened(row.where)
        if row.factor is not None:
            where += f", all by the factor {row.factor:g}"
        network, mistake = row.style.replace("_", " "), row.mistake or "none"
        told = row.statements, row.verdict, where, row.named
        lines.append((network, mistake, *told))
    head = "| network | mistake in it | statements | verdict | wrong in | named |"
    return markdown.table(head, "|---|---|---|---|---|---|", lines)


def _shortened(where: str) -> str:
    names = where.split(", ") if where else []
    shown = ", ".join(f"`{name}`" for name in names[:4])
    return shown + (f" and {len(names) - 4} more" if len(names) > 4 else "")


if __name__ == "__main__":
    record.write(RECORD, [judged(*case) for case in corpus().CASES])

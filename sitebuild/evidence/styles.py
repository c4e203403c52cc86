"""One call of `check_step` on every network of `tests/styles`, right and mistaken.

`python -m sitebuild.evidence.styles` renews the record, in seconds.
"""

import importlib.util
import sys
from pathlib import Path
from typing import Any, NamedTuple

from backprop_explained import StepCheck, check_step
from sitebuild.evidence import record

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


def judged(style: Any, mistake: str | None) -> Row:
    """What the call says of one network."""
    check = check_step(*style.case(0, mistake))
    verdicts = zip(check.names, check.check.verdicts, strict=True)
    wrong = [name for name, verdict in verdicts if verdict == "wrong"]
    factor = check.check.factor if check.verdict == "wrong" else None
    return Row(
        style.name,
        mistake or "",
        STATEMENTS,
        check.verdict,
        ", ".join(wrong) if check.verdict == "wrong" else "",
        factor and record.rounded(factor, 4),
        named(check),
    )


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
    """The record."""
    return [Row(*row) for row in record.read(RECORD)]


def table() -> str:
    """One line per network and mistake, as Markdown."""
    lines = ["| network | mistake in it | statements | verdict | wrong in | named |"]
    lines.append("|---|---|---|---|---|---|")
    for row in rows():
        where = _shortened(row.where)
        if row.factor is not None:
            where += f", all by the factor {row.factor:g}"
        name = row.style.replace("_", " ")
        mistake = row.mistake or "none"
        lines.append(
            f"| {name} | {mistake} | {row.statements} | {row.verdict} | {where} "
            f"| {row.named} |"
        )
    return "\n".join(lines)


def _shortened(where: str) -> str:
    names = where.split(", ") if where else []
    shown = ", ".join(f"`{name}`" for name in names[:4])
    return shown + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def main() -> None:
    """Renew the record."""
    cases = corpus().CASES
    record.write(RECORD, [judged(style, mistake) for style, mistake in cases])


if __name__ == "__main__":
    main()

"""Where each exercise stands, and the list of all."""

import re
from functools import cache
from pathlib import Path

from sitebuild.exercises.reading import Exercise, all_exercises
from sitebuild.exercises.shown import rendered

DOCS = Path(__file__).parents[2] / "docs"
HEADINGS = {
    "z-or-a": "z or a?",
    "mistake": "Find the mistake",
    "write": "Write it",
    "learn": "Along the path",
}
_BAR = """\
<div class="bp-progress-bar" data-search-exclude>
<p role="status">0 of {total} solved.</p>
<label>What you have solved, on one line
<input type="text" value="solved:" spellcheck="false" autocomplete="off"></label>
<button type="button" class="md-button">Take this line</button>
<button type="button" class="md-button">Forget all</button>
</div>"""
_CALL = re.compile(r"\bplaced\(([^)]*)\)")


@cache
def places(docs: Path = DOCS) -> dict[str, str]:
    """The page of each exercise, as a path below docs without its ending."""
    found: dict[str, str] = {}
    for page in sorted(docs.rglob("*.md")):
        for call in _CALL.finditer(page.read_text("utf-8")):
            for name in re.findall(r'"([\w-]+)"', call[1]):
                found[name] = page.relative_to(docs).with_suffix("").as_posix()
    return found


def list_of_all(up: str = "../../") -> str:
    """All exercises, by set, with links; `up` leads to the root of the site."""
    sections, total = [], 0
    for name, heading in HEADINGS.items():
        ones = [one for one in all_exercises() if one.set == name]
        placed_ones = [one for one in ones if one.name in places()]
        total += len(placed_ones)
        rows = "".join(_row(one, up) for one in placed_ones)
        sections.append(f"<p><strong>{heading}</strong></p><ul>{rows}</ul>")
    bar = _BAR.format(total=total)
    return f"<div><bp-progress>{bar}{''.join(sections)}</bp-progress></div>"


def _row(one: Exercise, up: str) -> str:
    title = rendered(one.title).removeprefix("<p>").removesuffix("</p>")
    address = f"{up}{places()[one.name]}/#exercise-{one.name}"
    return (
        f'<li data-name="{one.name}"><a href="{address}">{title}</a> '
        '<span class="bp-exercise-mark"></span></li>'
    )

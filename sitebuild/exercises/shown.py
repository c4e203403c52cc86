"""An exercise as the page shows it.

A page places one by its name, in a block that prints `placed(NAME)`; the build puts the
HTML in its place.  Without scripts there are the task, the starter or the answers to
choose, and the solution, folded.  What only a script may show, as the verdicts and the
hints, is in a file of its own, which is asked for with the first answer.
"""

import hashlib
import json
import re
from contextlib import suppress
from functools import cache
from html import escape

import markdown

from sitebuild.exercises.checking import choices, problems
from sitebuild.exercises.reading import (
    Exercise,
    ExerciseError,
    all_exercises,
    exercise,
)
from sitebuild.live import cells

_PLACE = re.compile(r'<div data-exercise="([\w-]+)"></div>')
_EXTENSIONS = ["pymdownx.highlight", "pymdownx.superfences", "tables"]
_OPTIONS = {"pymdownx.highlight": {"pygments_lang_class": True}}
_AFTER = """from backprop_explained.practise import graded
print(graded({grader!r}, globals()).as_json())
"""


def placed(*names: str) -> str:
    """The place of exercises on a page.

    Raises
    ------
    ExerciseError
        If there is no such exercise, or something is wrong with it.
    """
    for name in names:
        if found := checked(name):
            raise ExerciseError(f"exercise {name}: {found[0]}")
    return "\n".join(f'<div data-exercise="{name}"></div>' for name in names)


@cache
def checked(name: str) -> tuple[str, ...]:
    """What is wrong with the exercise of that name."""
    return tuple(problems(exercise(name)))


def after(grader: str) -> str:
    """What runs behind the reader's code: it prints the grade as one line of JSON."""
    return _AFTER.format(grader=grader)


def with_exercises(html: str, runtime: str, digest: str) -> str:
    """What a block printed, with each exercise in its place."""
    return _PLACE.sub(lambda m: as_html(exercise(m[1]), runtime, digest), html)


def as_html(one: Exercise, runtime: str, digest: str) -> str:
    """The element of an exercise."""
    told = hashlib.sha256(_told(one)).hexdigest()[:12]
    data = {"name": one.name, "kind": one.kind, "told": f"{_address(one)}?{told}"}
    if one.kind == "code":
        data |= cells.data_of(runtime, digest)
    attributes = "".join(f' data-{k}="{escape(str(v))}"' for k, v in data.items())
    title = rendered(one.title).removeprefix("<p>").removesuffix("</p>")
    return (
        f'<div><bp-exercise id="exercise-{one.name}"{attributes}>'
        f'<p class="bp-exercise-title"><span>Exercise</span> <strong>{title}</strong> '
        f'<span class="bp-exercise-mark"></span></p>'
        f'<div class="bp-exercise-task">{rendered(one.task)}</div>'
        f"{_body(one, runtime)}{_solution(one)}</bp-exercise></div>"
    )


def _body(one: Exercise, runtime: str) -> str:
    if one.kind == "code":
        note = cells.offer(runtime)
        return f"{code(one.starter.code)}{_bar('Try it', note)}"
    shown = code(one.key) if one.kind == "slope" else ""
    _, options = choices(one)
    rows = "".join(
        f'<label><input type="radio" name="{one.name}" value="{k}">'
        f"<span>{_inline(option.text)}</span></label>"
        for k, option in enumerate(options)
    )
    return (
        f'{shown}<fieldset class="bp-exercise-options"><legend>Your answer</legend>'
        f"{rows}</fieldset>{_bar('Check', '')}"
    )


def _bar(button: str, note: str) -> str:
    return (
        '<div class="bp-cell-bar" data-search-exclude>'
        f'<button type="button" class="md-button">{button}</button>'
        f'<span class="bp-cell-note">{escape(note)}</span></div>'
    )


def _solution(one: Exercise) -> str:
    """Folded; with scripts it appears when it is asked for."""
    if one.kind == "code":
        inside = code(one.solution.code)
    else:
        key, options = choices(one)
        told = next(option.told for option in options if option.text == key)
        inside = rendered(f"{key} {told}")
    return (
        '<details class="bp-exercise-solution" data-search-exclude>'
        f"<summary>Solution</summary>{inside}{rendered(one.why)}</details>"
    )


def files() -> dict[str, bytes]:
    """What is told of each exercise that is sound, by the address of its file."""
    found = {}
    for one in all_exercises():
        with suppress(ExerciseError):  # the page that places it says so
            found[_address(one)] = _told(one)
    return found


def _address(one: Exercise) -> str:
    return f"assets/exercises/{one.name}.json"


def _told(one: Exercise) -> bytes:
    """What a script says: verdicts of a choice, or the grader and the hints."""
    said: dict[str, object] = {"hints": [_inline(hint) for hint in one.hints]}
    if one.kind == "code":
        said["after"] = after(one.grader)
    else:
        key, options = choices(one)
        said["right"] = [option.text for option in options].index(key)
        said["told"] = [_inline(option.told) for option in options]
    return json.dumps(said).encode()


@cache
def rendered(text: str) -> str:
    """Markdown as HTML."""
    return _converter().reset().convert(text)


@cache
def _converter() -> markdown.Markdown:
    return markdown.Markdown(extensions=_EXTENSIONS, extension_configs=_OPTIONS)


def _inline(text: str) -> str:
    html = rendered(text)
    single = html.startswith("<p>") and html.count("<p>") == 1
    return html.removeprefix("<p>").removesuffix("</p>") if single else html


def code(source: str) -> str:
    """Python, highlighted, with single blank lines: there is little room for two."""
    shown = re.sub(r"\n{3,}", "\n\n", source.strip("\n"))
    return rendered(f"```python\n{shown}\n```")

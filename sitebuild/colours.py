"""Which colour is what, in both schemes: figures, formulas, code and pages read it.

Colour carries meaning and nothing else: z and a have one colour each, and what is wrong
has one; all other things are ink, or fainter.  Nothing is told by colour alone: z and a
are letters, right and wrong have marks, and lines are told apart by their dashes.
"""

from typing import NamedTuple


class Colour(NamedTuple):
    """One meaning in the light and in the dark scheme."""

    light: str
    dark: str


COLOURS = {
    "ink": Colour("#1f2430", "#dfe3ee"),
    "faint": Colour("#62677a", "#9aa1b3"),
    "grid": Colour("#e3e5ea", "#3a3f4d"),
    "z": Colour("#2f63d0", "#6aabf2"),
    "a": Colour("#85480a", "#ffb55c"),
    "right": Colour("#1f2430", "#dfe3ee"),  # the rule, and so the ink; with a ✓
    "wrong": Colour("#c42a73", "#f0799a"),  # with a ✗, hollow, or dashed
}
GROUNDS = {"paper": Colour("#ffffff", "#1e2129"), "code": Colour("#f5f5f5", "#272a35")}
"""What stands behind text, as the theme has it."""

TEX = {"#0000FF": "z", "#FF8001": "a", "#FF0000": "wrong"}
"""What `blue`, `orange` and `red` mean in formulas, by what math_core makes of them."""

_INK = ["constant", "function", "keyword", "name", "number", "special", "variable"]
_FAINT = ["comment", "generic", "operator", "punctuation", "string"]
_THEME = {  # code is ink, so that z and a stand out in it
    "--md-code-fg-color": "ink",
    "--md-typeset-a-color": "ink",
    "--md-accent-fg-color": "ink",
    **{f"--md-code-hl-{kind}-color": "ink" for kind in _INK},
    **{f"--md-code-hl-{kind}-color": "faint" for kind in _FAINT},
}
_SCHEMES = {
    "light": ':root,[data-md-color-scheme="default"]',
    "dark": '[data-md-color-scheme="slate"]',
}


def as_css() -> str:
    """Both schemes as CSS variables, and those of the theme that follow them."""
    rules = [
        _rule(at, {f"--bp-{name}": getattr(c, scheme) for name, c in COLOURS.items()})
        for scheme, at in _SCHEMES.items()
    ]
    theirs = {variable: f"var(--bp-{name})" for variable, name in _THEME.items()}
    rules.append(_rule("[data-md-color-scheme][data-md-color-primary]", theirs))
    letters = (f".bp-{name}{{color:var(--bp-{name})}}\n" for name in TEX.values())
    return "".join([*rules, *letters])


def _rule(selector: str, values: dict[str, str]) -> str:
    inside = ";".join(f"{name}:{value}" for name, value in values.items())
    return f"{selector}{{{inside}}}\n"

"""TeX becomes MathML, or an error that says where and why."""

import re

from math_core import LatexError, LatexToMathML

from sitebuild.colours import TEX
from sitebuild.maths import font as mathfont

# math_core takes these without an error, and the reader sees something else.
_MISLEADING = (
    (r"^\s*\Z", "the formula is empty"),
    (r"(?<!\\)%", r"what follows % is dropped: write \%"),
    (r"\\color\b", r"\color paints all that follows: write \textcolor{red}{...}"),
    (
        r"^(?!.*\\begin).*\\\\",
        r"\\ breaks no line here: write \begin{aligned} ... \end{aligned}",
    ),
    (
        r"\\(?:boxed|cancel|bcancel|xcancel|sout)\b",
        "not every browser draws this: boxes and strokes are not in MathML Core",
    ),
)

_mathml = LatexToMathML(annotation=True, fancy_error=False)


class TexError(ValueError):
    """TeX that cannot be shown as it is meant."""

    def __init__(self, tex: str, position: int, problem: str) -> None:
        super().__init__(f"TeX {tex!r}, character {position + 1}: {problem}")
        self.position = position


def to_mathml(tex: str, display: bool) -> str:
    """MathML of a formula; `TexError` for one that would not show as it is meant."""
    for pattern, problem in _MISLEADING:
        if found := re.search(pattern, tex, re.DOTALL):
            raise TexError(tex, found.start(), problem)
    try:
        mathml = _mathml.convert_with_local_state(tex.strip(), displaystyle=display)
    except LatexError as error:
        position, _, problem = str(error).partition(": ")
        spaces = len(tex) - len(tex.lstrip())
        raise TexError(tex, int(position) + spaces, problem) from None
    if missing := "".join(mathfont.drawn(mathml) - set(mathfont.CHARACTERS)):
        problem = f"the site's font has no {missing!r}: see sitebuild/maths/font.py"
        raise TexError(tex, 0, problem)
    # the TeX is there for those who copy the formula, not for the site's search
    mathml = mathml.replace("<annotation ", "<annotation data-search-exclude ")
    return re.sub(
        r'style="color:(#\w+);"', lambda m: f'class="{_colour(m[1], tex)}"', mathml
    )


def _colour(value: str, tex: str) -> str:
    if value not in TEX:
        position = tex.index(r"\textcolor")
        problem = r"a colour has a meaning: \textcolor{blue}z, {orange}a, {red} wrong"
        raise TexError(tex, position, problem)
    return f"bp-{TEX[value]}"

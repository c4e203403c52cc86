"""The site's text face: STIX Two, cut from the font that the formulas are set in.

So a letter in a formula and the same letter in a sentence are one design.  The roman is
the font's own; its bold and its italic are those of the mathematical alphabets, put
where a text has its letters, and have no other marks.  What a formula sets apart is
brought together.
"""

import string
from functools import cache

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from sitebuild.maths.font import as_bytes, drop_layout, stix_path

FAMILY = "Backprop Text"
_MARKS = " !\"%&'()*+,-./:;=?[]\xa0–—‘’·×−½¼²₁₂→≤≥≈∂"
_GREEK = "σδε′"
_LETTERS = string.ascii_uppercase + string.ascii_lowercase
FACES = {  # which character each is drawn as
    "roman": {ord(c): ord(c) for c in _LETTERS + string.digits + _MARKS + _GREEK},
    "bold": {ord(c): 0x1D400 + i for i, c in enumerate(_LETTERS)},
    "italic": {ord(c): 0x1D434 + i for i, c in enumerate(_LETTERS)}
    | {ord("h"): 0x210E},
}
_CLOSER = {  # in the italic, thousandths of an em: to the left, and less at the right
    "f": (150, 125),
    "j": (115, 25),
    "p": (85, 0),
}


def address(face: str) -> str:
    """Where a face stands on the site; site.css names it too."""
    return f"assets/backprop-{face}.woff2"


@cache
def subset(face: str) -> bytes:
    """One face with the characters of a text, in the format woff2."""
    font = TTFont(stix_path(), recalcTimestamp=False)
    _put(font, FACES[face])
    if face == "italic":
        _bring_together(font)
    drop_layout(font)  # kerning would be an eighth of it
    del font["MATH"]
    options = Options(layout_features=[], hinting=False, name_IDs=[0, 1, 2, 13, 14])
    cutter = Subsetter(options)
    cutter.populate(unicodes=FACES[face])
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6):
            record.string = FAMILY
    font.flavor = "woff2"
    return as_bytes(font)


def _put(font: TTFont, drawn: dict[int, int]) -> None:
    """Give each character the glyph of the one that it is drawn as."""
    best = font.getBestCmap()
    names = {c: best[to] for c, to in drawn.items() if to in best}
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update(names)


def _bring_together(font: TTFont) -> None:
    """Let the strokes of an italic reach over and under the letters beside them."""
    for letter, (left, right) in _CLOSER.items():
        name = font.getBestCmap()[ord(letter)]
        glyph, (width, bearing) = font["glyf"][name], font["hmtx"][name]
        glyph.coordinates.translate((-left, 0))
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = width - left - right, bearing - left

"""The text face is small, has its licence and its own name, and the right letters."""

import io
import string

import pytest
from fontTools.ttLib import TTFont
from sites import ROOT

from sitebuild import textfont
from sitebuild.maths.font import stix_path

LETTERS = string.ascii_letters
STYLES = (ROOT / "docs" / "stylesheets" / "site.css").read_text()


@pytest.fixture(params=textfont.FACES)
def face(request):
    return request.param


def opened(face):
    return TTFont(io.BytesIO(textfont.subset(face)))


def test_a_face_is_small_and_the_same_in_every_build(face):
    cut = textfont.subset.__wrapped__  # not the cached one
    assert cut(face)[:4] == b"wOF2"
    assert len(cut(face)) <= 12_000
    assert cut(face) == cut(face)


def test_a_face_keeps_its_licence_and_has_its_own_name(face):
    names = {record.nameID: str(record) for record in opened(face)["name"].names}
    assert "SIL Open Font License" in names[13]
    assert "STIX Fonts Project Authors" in names[0]
    assert names[1] == textfont.FAMILY
    assert f'"../{textfont.address(face)}"' in STYLES


def test_every_letter_is_drawn(face):
    assert set(LETTERS) <= set(map(chr, opened(face).getBestCmap()))


def outline(font, letter):
    glyph = font["glyf"][font.getBestCmap()[ord(letter)]]
    return glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax


def test_the_letters_are_those_of_the_whole_font():
    """The bold ones those of the mathematical alphabet, which has another order."""
    whole = TTFont(stix_path())
    roman, bold = opened("roman"), opened("bold")
    for letter in LETTERS:
        small = letter.islower()
        code = 0x1D400 + ord(letter) - (ord("a") - 26 if small else ord("A"))
        assert outline(roman, letter) == outline(whole, letter)
        assert outline(bold, letter) == outline(whole, chr(code))
    widths = [font["hmtx"][font.getBestCmap()[ord("m")]][0] for font in (roman, bold)]
    assert widths[0] < widths[1]


def test_the_italic_is_that_of_formulas_set_closer():
    whole, italic = TTFont(stix_path()), opened("italic")
    moved = {}
    for letter in LETTERS:
        code = 0x1D434 + ord(letter) - (ord("a") - 26 if letter.islower() else ord("A"))
        theirs = outline(whole, "ℎ" if letter == "h" else chr(code))
        ours = outline(italic, letter)
        shift = {theirs[0] - ours[0], theirs[2] - ours[2]}
        assert len(shift) == 1
        assert theirs[1::2] == ours[1::2]
        moved[letter] = shift.pop()
    assert {letter for letter, by in moved.items() if by} == set("fjp")
    width = {c: italic["hmtx"][italic.getBestCmap()[ord(c)]][0] for c in "ft"}
    assert width["f"] < width["t"]  # in a formula it is far wider


def test_digits_are_as_wide_as_each_other():
    roman = opened("roman")
    widths = {roman["hmtx"][roman.getBestCmap()[ord(d)]][0] for d in string.digits}
    assert len(widths) == 1

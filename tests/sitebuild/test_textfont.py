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


def test_digits_are_as_wide_as_each_other():
    roman = opened("roman")
    widths = {roman["hmtx"][roman.getBestCmap()[ord(d)]][0] for d in string.digits}
    assert len(widths) == 1

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from good_tex import GOOD

from sitebuild.maths import font as mathfont
from sitebuild.maths.mathml import to_mathml

STYLES = Path(__file__).parents[3] / "docs" / "stylesheets" / "maths.css"


@pytest.fixture(scope="module")
def font() -> TTFont:
    return TTFont(io.BytesIO(mathfont.subset_font(mathfont.CHARACTERS)))


def test_font_is_small():
    whole = mathfont.subset_font(mathfont.CHARACTERS)
    assert whole[:4] == b"wOF2"
    assert len(whole) < 30_000  # whatever the formulas are: pages draw a part of it
    assert len(mathfont.subset_font("σ(z)=1")) < len(whole) / 4


def test_font_is_the_same_in_every_build():
    cut = mathfont.subset_font.__wrapped__  # not the cached one
    assert cut("σ(z)") == cut("σ(z)")


def test_only_formulas_take_from_the_font():
    page = "<p>xyz</p><math><mi>a</mi><mo>+</mo></math><math><mn>1</mn></math>"
    assert mathfont.characters_of(page) == {"a", "𝑎", "+", "1"}


def test_font_keeps_its_licence_and_has_its_own_name(font):
    names = {record.nameID: str(record) for record in font["name"].names}
    assert "STIX Fonts Project Authors" in names[0]
    assert "SIL Open Font License" in names[13]
    assert names[14].endswith("/OFL")
    assert "STIX" not in names[1] + names[3] + names[4] + names[6]
    assert f'font-family: "{names[1]}"' in STYLES.read_text(encoding="utf-8")
    assert f'"../{mathfont.ADDRESS}"' in STYLES.read_text(encoding="utf-8")


@pytest.mark.parametrize("bracket", "()[]{}|‖")
def test_brackets_stretch(font, bracket):
    taller = font["MATH"].table.MathVariants
    row = taller.VertGlyphCoverage.glyphs.index(font.getBestCmap()[ord(bracket)])
    pieces = taller.VertGlyphConstruction[row].GlyphAssembly.PartRecords
    assert {piece.glyph for piece in pieces} <= set(font.getGlyphOrder())
    assert any(piece.PartFlags & 1 for piece in pieces)  # one that repeats


def test_the_sign_of_a_root_has_no_wider_form(font):
    """Chromium would leave its width free behind every root."""
    taller = font["MATH"].table.MathVariants
    sign = font.getBestCmap()[ord("√")]
    root = taller.VertGlyphConstruction[taller.VertGlyphCoverage.glyphs.index(sign)]
    assert [form.VariantGlyph for form in root.MathGlyphVariantRecord] == [sign]
    assert root.GlyphAssembly is None


def test_braces_stretch_sideways(font):
    sideways = font["MATH"].table.MathVariants.HorizGlyphCoverage.glyphs
    assert {font.getBestCmap()[ord(brace)] for brace in "⏞⏟"} <= set(sideways)


@pytest.mark.parametrize("tex", GOOD)
def test_font_draws_every_character_of_the_formulas(font, tex):
    drawn = mathfont.drawn(to_mathml(tex, display=True))
    assert drawn
    assert drawn <= set(map(chr, font.getBestCmap()))


@pytest.mark.parametrize("tex", [r"\sqrt{2}", r"\sqrt[3]{2}", r"a + \sqrt z"])
def test_the_sign_of_a_root_is_drawn_though_it_is_not_written(tex):
    assert "√" in mathfont.drawn(to_mathml(tex, display=False))


def test_letters_are_drawn_in_italics_and_measured_as_they_are_written():
    assert mathfont.drawn("<mi>h</mi><mi>σ</mi><mi>∂</mi>") == set("ℎ𝜎𝜕hσ∂")
    assert mathfont.drawn("<mi>ln</mi><mo>&lt;</mo>") == set("ln<")


def test_primes_are_larger_than_in_the_whole_font(font):
    prime = lambda glyphs: glyphs["glyf"][glyphs.getBestCmap()[ord("′")]]
    both = prime(TTFont(mathfont.stix_path())), prime(font)
    plain, ours = (glyph.yMax - glyph.yMin for glyph in both)
    assert ours > 1.3 * plain

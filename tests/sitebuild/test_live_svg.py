"""A figure that moves is not drawn without the module that moves it."""

import pytest

from sitebuild.figures import live_svg


@pytest.mark.parametrize("source", [None, "", 'customElements.define("bp-b", B);'])
def test_a_figure_without_its_module_is_refused(source, tmp_path, monkeypatch):
    monkeypatch.setattr(live_svg, "MODULES", tmp_path)
    module = tmp_path / "a.mjs"
    if source is not None:
        module.write_text(source)
    with pytest.raises(ValueError, match=r"nothing moves bp-a: .*javascripts/a\.mjs"):
        live_svg.live("bp-a", "a", "A caption.")
    module.write_text('customElements.define("bp-a", A);')
    assert '<bp-a><figure class="bp-figure" id="a">' in live_svg.live("bp-a", "a", "")

"""Markdown with formulas, as the site converts it."""

import textwrap

from markdown import Markdown


def convert(text: str) -> str:
    extensions = [
        *("admonition", "attr_list", "md_in_html", "tables", "toc"),
        *("pymdownx.superfences", "sitebuild.maths.extension"),
    ]
    return Markdown(extensions=extensions).convert(textwrap.dedent(text))

"""TeX in Markdown becomes MathML, in a font cut to what it draws."""

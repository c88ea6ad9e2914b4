"""Pages in HTML: one self-contained file each, formulas as native MathML, no script, no network."""

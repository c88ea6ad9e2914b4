"""Typst: the pages of the PDF engine that comes as a Python package."""

"""Markdown: how values are written, and what GitHub reads otherwise."""

"""LaTeX: how values and authored Markdown are written for it."""

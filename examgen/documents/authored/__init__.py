"""Authored Markdown: read once, and what all formats share that write it."""

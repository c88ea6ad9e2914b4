"""Escaping: foreign text made harmless, a module for each target it is written to."""

"""Shapes and counting: output sizes, parameters, receptive fields."""

"""The question families: one module each, in a folder per topic."""

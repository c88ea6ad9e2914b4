"""From a text to a program: one spelling, tokens, precedence, the layout of arrays."""

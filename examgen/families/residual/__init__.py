"""Residual networks: forward, backward, and what the skip does."""

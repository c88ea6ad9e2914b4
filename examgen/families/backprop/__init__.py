"""Backpropagation through small networks."""

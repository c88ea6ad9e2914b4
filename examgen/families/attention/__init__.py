"""Attention: scores, weights, masks and caches."""

"""Kernels: polynomial and Gaussian, and the weights they replace."""

"""Convolution: values of feature maps."""

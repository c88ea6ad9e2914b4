"""Linear regression: least squares, gradient descent, leverages."""

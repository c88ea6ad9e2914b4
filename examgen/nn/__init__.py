"""Reference procedures of a machine-learning course, exact and obviously right."""

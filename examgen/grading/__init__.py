"""Grading: answer sheets become marks, with early mistakes carried forward."""

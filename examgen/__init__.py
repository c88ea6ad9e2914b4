"""Practice exams for machine-learning courses, with exact answers and an auto-grader."""

__version__ = "0.1.0"

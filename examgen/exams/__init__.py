"""Exams: what there is to ask, what an instructor wants asked, and the exam and its record."""

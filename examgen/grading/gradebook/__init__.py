"""The gradebook: every submission, mark and ruling of an exam, in a SQLite database."""

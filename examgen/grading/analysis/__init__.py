"""Item analysis: what the marks of a class say of its questions, by the classical definitions."""

"""What `examgen bank` does: starting, checking and reporting on banks."""

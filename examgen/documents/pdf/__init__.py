"""PDF: page sources set by whichever engine is here, always to the same bytes."""

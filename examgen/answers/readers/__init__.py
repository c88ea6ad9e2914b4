"""From a text to a reading, one module for each sort of value."""

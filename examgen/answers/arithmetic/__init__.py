"""From a program to a value: exactly where that is possible, else by ball arithmetic."""

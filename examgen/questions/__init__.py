"""Questions: how a family declares its parts and mistakes, and how problems are drawn."""

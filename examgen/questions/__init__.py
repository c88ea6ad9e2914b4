"""Questions: how a family declares its parts and mistakes, and how a problem is drawn and worded."""

"""Exit codes, as other tools rely on them."""

DONE = 0
FINDINGS = 1
"""Done, but something was refused or is defective."""
USAGE = 2
"""The call, a blueprint or an exam file is wrong; nothing was done."""
MISSING_TOOL = 3
BUG = 4
INTERRUPTED = 130

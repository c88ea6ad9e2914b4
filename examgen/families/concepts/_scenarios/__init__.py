"""Data sets described in a sentence, by the structure that they have."""

from examgen.families.concepts._scenarios import columns, grids, tokens
from examgen.families.concepts._scenarios.scenario import Scenario, Structure

BY_STRUCTURE: dict[Structure, tuple[Scenario, ...]] = {
    "columns": columns.SCENARIOS,
    "grid": grids.SCENARIOS,
    "tokens": tokens.SCENARIOS,
}
BY_ID: dict[str, Scenario] = {
    each.id: each for scenarios in BY_STRUCTURE.values() for each in scenarios
}
STRUCTURES: dict[str, Structure] = {
    each.id: structure for structure, scenarios in BY_STRUCTURE.items() for each in scenarios
}

__all__ = ["BY_ID", "BY_STRUCTURE", "STRUCTURES", "Scenario", "Structure"]

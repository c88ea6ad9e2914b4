"""One data set: what it is, and why it has the structure that it has."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Structure: TypeAlias = Literal["columns", "grid", "tokens"]


@dataclass(frozen=True)
class Scenario:
    """A data set in words; `subtle` where its looks speak for another structure."""

    id: str
    text: str
    why: str
    subtle: bool = False

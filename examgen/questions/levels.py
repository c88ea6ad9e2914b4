"""How hard a problem is."""

from typing import Literal, TypeAlias, get_args

Level: TypeAlias = Literal["easy", "medium", "hard"]
LEVELS: tuple[Level, ...] = get_args(Level)

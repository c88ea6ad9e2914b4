"""Tokens that come later: what they are called, and which scores under a causal mask are new."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NewTokens:
    """Tokens that replace others or follow them; their numbers count from 1."""

    before: int
    """How many tokens there were."""
    numbers: tuple[int, ...]

    @property
    def length(self) -> int:
        """How many tokens there are with them."""
        return max(self.before, *self.numbers)

    @property
    def rows(self) -> frozenset[int]:
        """The rows of the outputs that are new or can change: from the first new token on."""
        return frozenset(range(min(self.numbers), self.length + 1))

    def new_keys(self, query: int) -> list[int]:
        """Which keys, up to the query's own, give it a new score; all from 1."""
        is_new = query in self.numbers
        return [key for key in range(1, query + 1) if is_new or key in self.numbers]

    @property
    def event(self) -> str:
        """What happens, in words."""
        tokens = " and ".join(f"$x_{{{number}}}$" for number in self.numbers)
        one = len(self.numbers) == 1
        if min(self.numbers) <= self.before:
            be_replaced = "is replaced by another vector" if one else "are replaced by others"
            return f"token{'' if one else 's'} {tokens} {be_replaced}"
        return f"{'a token' if one else 'two tokens'} {tokens} {'is' if one else 'are'} appended"

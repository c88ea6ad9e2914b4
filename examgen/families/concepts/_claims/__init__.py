"""The bank of claims, by topic."""

from examgen.families.concepts._claims import attention, convolution, dense, earlier, residual
from examgen.families.concepts._claims.claim import Claim

BY_TOPIC: dict[str, tuple[Claim, ...]] = {
    module.__name__.rpartition(".")[2]: module.CLAIMS
    for module in (convolution, residual, attention, dense, earlier)
}
INTRODUCTIONS: dict[str, str] = {
    module.__name__.rpartition(".")[2]: module.INTRODUCTION
    for module in (convolution, residual, attention, dense, earlier)
}
BY_ID: dict[str, Claim] = {claim.id: claim for claims in BY_TOPIC.values() for claim in claims}
TOPICS = {claim.id: topic for topic, claims in BY_TOPIC.items() for claim in claims}

__all__ = ["BY_ID", "BY_TOPIC", "INTRODUCTIONS", "TOPICS", "Claim"]

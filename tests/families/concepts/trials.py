"""A trial of a claim: random tensors, and whether two of them are equal."""

from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

Tensor = Any


@dataclass
class Trial:
    """One random network after the other; a claim's property says whether it holds in one."""

    torch: ModuleType
    rng: np.random.Generator

    def tensor(self, *shape: int) -> Tensor:
        return self.torch.tensor(self.rng.normal(size=shape))

    def size(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high + 1))

    def same(self, left: Tensor, right: Tensor) -> bool:
        near = left.shape == right.shape and self.torch.allclose(left, right, rtol=1e-9, atol=1e-12)
        return bool(near)

    def jacobian(self, function: Any, x: Tensor) -> Tensor:
        return self.torch.autograd.functional.jacobian(function, x)

    def parameters(self, module: Any) -> int:
        return sum(each.numel() for each in module.parameters())

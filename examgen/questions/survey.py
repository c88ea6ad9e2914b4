"""A survey of many problems of one family: what is rejected, what repeats, what tells the key."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from random import Random

from examgen import answers
from examgen.questions.drawing import MAX_DRAWS, OUT_OF_PLACE, proposals
from examgen.questions.family import Family
from examgen.questions.givens import write_givens
from examgen.questions.levels import Level
from examgen.questions.options import DrawnOption, choose_options
from examgen.questions.problem import Problem
from examgen.questions.tells import TELLS, chance, sizes


@dataclass
class Survey:
    """What a number of *problems* of one family have in common."""

    problems: int = 0
    rejections: Counter[str] = field(default_factory=Counter)
    """How many proposals were rejected for which reason."""
    answers: dict[str, Counter[str]] = field(default_factory=dict)
    """How often each answer of each part came up; the rows of a table are one answer."""
    options: Counter[str] = field(default_factory=Counter)
    """How often each value was printed as an option."""
    places: Counter[int] = field(default_factory=Counter)
    """How often the right option had which place in the printed ones' order of size, from 0."""
    letters: Counter[str] = field(default_factory=Counter)
    """How often the right option had which letter."""
    givens: Counter[str] = field(default_factory=Counter)
    """How often which givens came up."""
    hits: dict[str, float] = field(default_factory=lambda: dict.fromkeys(TELLS, 0.0))
    """How often each of `TELLS` would have found the right option, ties broken by chance."""
    seconds: list[int] = field(default_factory=list)
    """The hand-work of each problem."""

    @property
    def acceptance(self) -> float:
        """The share of the proposals that were worth asking."""
        fit = self.problems + self.rejections[OUT_OF_PLACE]
        return fit / max(1, self.problems + self.rejections.total())

    def commonest_answer(self, part: str) -> tuple[str, float]:
        """The commonest answer of a part, and its share."""
        return commonest(self.answers[part], self.problems)

    @property
    def commonest_option(self) -> tuple[str, float]:
        """The value printed most often, and the share of the problems that print it."""
        return commonest(self.options, self.problems)

    def add(self, problem: Problem) -> None:
        """Count one more problem."""
        self.problems += 1
        self.seconds.append(problem.work.seconds)
        self.givens[json.dumps(write_givens(problem.givens))] += 1
        given: dict[str, list[str]] = {}
        for part in problem.parts:
            written = problem.plain_key[part.name]
            given.setdefault(part.declared.name, []).append(written)
        for name, rows in given.items():
            self.answers.setdefault(name, Counter())["; ".join(rows)] += 1

    def add_options(self, printed: Sequence[DrawnOption]) -> None:
        """Count what is printed, and what it tells."""
        values = [each.value for each in printed]
        right = [bool(each.misconceptions) for each in printed].index(False)
        self.options.update(answers.plain(each) for each in values)
        self.places[sizes(values)[right]] += 1
        self.letters[printed[right].letter] += 1
        for name, scores in TELLS.items():
            self.hits[name] += chance(scores(values), right)


def commonest(counted: Counter[str], of: int) -> tuple[str, float]:
    """What was counted most often, and its share."""
    ((what, count),) = counted.most_common(1)
    return what, count / of


def survey(family: Family, level: Level, rng: Random, problems: int, *, options: int = 4) -> Survey:
    """Draw *problems* problems, fewer if a thousand proposals in a row are not worth asking."""
    result = Survey()
    for _ in range(problems):
        place = None if family.is_long or family.is_fixed else rng.randint(0, options - 1)
        proposed = proposals(family, level, rng, options, place=place)
        for problem, objection in islice(proposed, MAX_DRAWS):
            if objection is None:
                result.add(problem)
                if not family.is_long:
                    (part,) = problem.parts
                    result.add_options(choose_options(problem, part, options, rng, place))
                break
            result.rejections[objection] += 1
        else:
            break
    return result

"""Students made up: sheets with right answers, known mistakes, blanks and slips."""

from __future__ import annotations

from random import Random

from examgen.exams.exam import Exam, ExamPart


def sheet(exam: Exam, ability: float, rng: Random, name: str = "", student: str = "") -> str:
    """What a student of this *ability*, from 0 to 1, hands in for an exam."""
    lines = [f"exam: {exam.id}", f"form: {exam.form}", f"name: {name}", f"id: {student}"]
    lines += [f"{part.label}: {response(part, ability, rng)}" for part in exam.parts]
    return "\n".join(lines) + "\n"


def response(part: ExamPart, ability: float, rng: Random) -> str:
    """Right, or one of the known mistakes, or nothing, or something nobody can explain."""
    chance = rng.random()
    if chance < 0.15 + 0.8 * ability:
        return part.answer
    if chance > 0.97:
        return ""
    if part.options:
        return rng.choice([option.letter for option in part.options])
    if part.misconceptions and rng.random() < 0.7:
        return rng.choice(part.misconceptions).answer
    return str(rng.randint(-9, 99))

"""The exercises: shown, graded, revealed, and what a mistake leads to."""

from typing import Any

from app.backend import Backend
from app.errors import Problem
from app.schemas.exercises import ConsequenceRequest, GradeRequest, RevealRequest
from core.teaching.exercises import views
from core.teaching.exercises.catalog import EXERCISES, Exercise
from core.teaching.exercises.consequences import consequence
from core.teaching.exercises.grading import grade


def exercise_named(name: str) -> Exercise:
    """An exercise, or 404 with the names that there are."""
    if name not in EXERCISES:
        raise Problem(404, f"There is no such exercise. Known: {', '.join(EXERCISES)}.")
    return EXERCISES[name]


def listed(backend: Backend) -> dict[str, Any]:
    """Every exercise."""
    return {"exercises": views.listed()}


def shown(backend: Backend, name: str, seed: int) -> dict[str, Any]:
    """An exercise with the numbers of a seed."""
    return views.shown(exercise_named(name), seed)


def graded(backend: Backend, name: str, body: GradeRequest) -> dict[str, Any]:
    """Answers, judged."""
    fields = grade(exercise_named(name), body.seed, body.answers, body.earlier)
    score = sum(each.score for each in fields.values()) / len(fields)
    return {"name": name, "seed": body.seed, "score": score, "complete": score == 1, "fields": fields}


def revealed(backend: Backend, name: str, body: RevealRequest) -> dict[str, Any]:
    """The right numbers of some fields."""
    return {"name": name, "seed": body.seed, "fields": views.revealed(exercise_named(name), body.seed, body.fields)}


def consequences(backend: Backend, name: str, body: ConsequenceRequest) -> dict[str, Any]:
    """The loss with a mistake and without."""
    exercise = exercise_named(name)
    return vars(consequence(exercise, body.seed, body.answers, body.earlier, body.mistakes, body.steps))

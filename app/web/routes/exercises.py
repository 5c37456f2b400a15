"""Routes to the exercises: looked at, graded, revealed; nothing is kept."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Response

from app.schemas.exercises import (
    ConsequenceAnswer,
    ConsequenceRequest,
    ExerciseAnswer,
    ExercisesAnswer,
    GradeAnswer,
    GradeRequest,
    RevealAnswer,
    RevealRequest,
)
from app.teaching import exercises
from app.web.routes.access import BackendParameter, problems, reading

router = APIRouter(prefix="/exercises", tags=["exercises"], responses=problems(413, 422, 429))
MISSING: dict[int | str, Any] = {404: problems(404)[404] | {"description": "There is no such exercise."}}

Name = Annotated[str, Path(description="An exercise's name.", max_length=64, examples=["lab-forward"])]


def _examples(**bodies: tuple[str, dict[str, Any]]) -> Any:
    return Body(openapi_examples={name: {"summary": text, "value": value} for name, (text, value) in bodies.items()})


GRADES = _examples(
    right=("all right", {"seed": 0, "answers": {"z": [[7, 6, 9]], "y_hat": [["7", "6", "9"]], "loss": [["65/2"]]}}),
    half=("the ½ is missing", {"seed": 0, "answers": {"loss": [["65"]]}}),
)
CONSEQUENCES = _examples(
    answers=("a wrong answer", {"seed": 0, "answers": {"y_hat": [["7", "6", "8"]]}}),
    rule=("a mistake by name", {"seed": 0, "mistakes": {"y_hat": "missing_derivative"}, "steps": 8}),
)


@router.get("", response_model=ExercisesAnswer)
async def list_exercises(backend: BackendParameter) -> Response:
    """Every exercise by name."""
    return await reading(backend, exercises.listed)


@router.get("/{name}", response_model=ExerciseAnswer, responses=MISSING)
async def read_exercise(
    backend: BackendParameter,
    name: Name,
    seed: Annotated[int, Query(ge=0, le=2**32 - 1, description="0: the lecture's own numbers.")] = 0,
) -> Response:
    """An exercise with the numbers of a seed, its fields and hints, without its answers."""
    return await reading(backend, exercises.shown, name, seed)


@router.post("/{name}/grade", response_model=GradeAnswer, responses=MISSING)
async def grade(backend: BackendParameter, name: Name, body: Annotated[GradeRequest, GRADES]) -> Response:
    """Judge answers: each field's state, the mistake where it is known, and what is right from the own numbers."""
    return await reading(backend, exercises.graded, name, body)


@router.post("/{name}/reveal", response_model=RevealAnswer, responses=MISSING)
async def reveal(backend: BackendParameter, name: Name, body: RevealRequest) -> Response:
    """The right numbers of some fields."""
    return await reading(backend, exercises.revealed, name, body)


@router.post("/{name}/consequence", response_model=ConsequenceAnswer, responses=MISSING)
async def follow_mistakes(
    backend: BackendParameter, name: Name, body: Annotated[ConsequenceRequest, CONSEQUENCES]
) -> Response:
    """Does a mistake matter? The loss as training goes on with it, beside the right one."""
    return await reading(backend, exercises.consequences, name, body)

"""Routes to what the stations ask before they show; nothing is kept."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.encoding import encode
from app.schemas.questions import AttemptAnswer, AttemptRequest, QuestionsAnswer
from app.teaching import questions
from app.web.routes.access import BackendParameter, json_response, problems
from app.web.stations import BESIDE, STATIONS
from core.errors import InvalidInput

_STATIONS = tuple(station.key for station in (*STATIONS, *BESIDE))
router = APIRouter(prefix="/questions", tags=["questions"], responses=problems(413, 422, 429))


@router.get("", response_model=QuestionsAnswer)
async def list_questions(
    backend: BackendParameter,
    station: Annotated[str | None, Query(description="Of one station.", max_length=40, examples=["derivative"])] = None,
) -> Response:
    """What the stations ask, without the answers, and which call knows them; a station may ask nothing."""
    if station is not None and station not in _STATIONS:
        raise InvalidInput("station", f"There is no such station. Known: {', '.join(_STATIONS)}.")
    return json_response(encode(await questions.listed(backend, station)))


@router.post("/{name}/answer", response_model=AttemptAnswer, responses=problems(403, 404))
async def judge_an_answer(
    backend: BackendParameter,
    name: Annotated[str, Path(description="A question's name.", max_length=64, examples=["left-of-the-valley"])],
    body: AttemptRequest,
) -> Response:
    """Judge an answer, and tell what is right."""
    return json_response(encode(await questions.judged(backend, name, body.answer)))

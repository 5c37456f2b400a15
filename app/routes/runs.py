"""Routes that change runs."""

from fastapi import APIRouter, Request, Response

from app import runs
from app.routes.access import LabParameter, RunId, answer, created, leaving, problems
from app.schemas.answers import RunAnswer, StepAnswer
from app.schemas.requests import BranchRequest, CreateRunRequest, PlayRequest, RewindRequest, StepRequest

router = APIRouter(prefix="/runs", tags=["runs"])
CHANGES = problems(404, 409, 413, 422, 429, 503)
_LOCATION = {"headers": {"Location": {"description": "The run's address.", "schema": {"type": "string"}}}}


@router.post("", status_code=201, response_model=RunAnswer, responses={201: _LOCATION, **problems(413, 422, 429, 503)})
async def create_run(lab: LabParameter, body: CreateRunRequest) -> Response:
    """Create a run."""
    return await created(lab, runs.create, body)


@router.post("/{run_id}/step", response_model=StepAnswer, responses=CHANGES)
async def step_run(
    request: Request, lab: LabParameter, run_id: RunId, body: StepRequest | None = None
) -> Response:  # fmt: skip
    """Make updates; a client that goes away ends a long request after the updates made so far."""
    body = body or StepRequest()
    if body.count == 1:
        return await answer(lab, runs.step, run_id, body, turn_of=run_id)
    async with leaving(request) as left:
        return await answer(lab, runs.step, run_id, body, left, turn_of=run_id)


@router.post("/{run_id}/rewind", response_model=RunAnswer, responses=CHANGES)
async def rewind_run(lab: LabParameter, run_id: RunId, body: RewindRequest) -> Response:
    """Go back to a step and forget what came after."""
    return await answer(lab, runs.rewind, run_id, body.step)


@router.post(
    "/{run_id}/branch", status_code=201, response_model=RunAnswer, responses={201: _LOCATION, **CHANGES}
)  # fmt: skip
async def branch_run(lab: LabParameter, run_id: RunId, body: BranchRequest | None = None) -> Response:
    """Start a second run from a step of this one."""
    return await created(lab, runs.branch, run_id, body.step if body else None)


@router.post("/{run_id}/play", response_model=RunAnswer, responses=CHANGES)
async def play_run(lab: LabParameter, run_id: RunId, body: PlayRequest | None = None) -> Response:
    """Train in the background."""
    return await answer(lab, runs.play, run_id, body or PlayRequest())


@router.post("/{run_id}/pause", response_model=RunAnswer, responses=CHANGES)
async def pause_run(lab: LabParameter, run_id: RunId) -> Response:
    """Stop training in the background."""
    return await answer(lab, runs.pause, run_id)


@router.delete("/{run_id}", status_code=204, responses=problems(404, 422, 429, 503))
async def delete_run(lab: LabParameter, run_id: RunId) -> Response:
    """Remove a run and all that belongs to it."""
    await lab.engine.submit(runs.delete, lab, run_id)
    return Response(status_code=204)

"""Routes that change runs."""

from fastapi import APIRouter, Response

from app import runs
from app.encoding import json_response
from app.routes.access import LabParameter, RunId, problems
from app.schemas.answers import RunAnswer, StepAnswer
from app.schemas.requests import BranchRequest, CreateRunRequest, PlayRequest, RewindRequest, StepRequest

router = APIRouter(prefix="/runs", tags=["runs"])
CHANGES = problems(404, 409, 413, 422, 429, 503)
_LOCATION = {"headers": {"Location": {"description": "The run's address.", "schema": {"type": "string"}}}}


def _created(view: dict[str, object]) -> Response:
    return json_response(view, 201, {"Location": f"/api/v1/runs/{view['id']}"})


@router.post("", status_code=201, response_model=RunAnswer, responses={201: _LOCATION, **problems(413, 422, 429, 503)})
async def create_run(lab: LabParameter, body: CreateRunRequest) -> Response:
    """Create a run."""
    return _created(await lab.engine.submit(runs.create, lab, body))


@router.post("/{run_id}/step", response_model=StepAnswer, responses=CHANGES)
async def step_run(lab: LabParameter, run_id: RunId, body: StepRequest | None = None) -> Response:
    """Make updates."""
    return json_response(await lab.engine.submit(runs.step, lab, run_id, body or StepRequest()))


@router.post("/{run_id}/rewind", response_model=RunAnswer, responses=CHANGES)
async def rewind_run(lab: LabParameter, run_id: RunId, body: RewindRequest) -> Response:
    """Go back to a step and forget what came after."""
    return json_response(await lab.engine.submit(runs.rewind, lab, run_id, body.step))


@router.post(
    "/{run_id}/branch", status_code=201, response_model=RunAnswer, responses={201: _LOCATION, **CHANGES}
)  # fmt: skip
async def branch_run(lab: LabParameter, run_id: RunId, body: BranchRequest | None = None) -> Response:
    """Start a second run from a step of this one."""
    return _created(await lab.engine.submit(runs.branch, lab, run_id, body.step if body else None))


@router.post("/{run_id}/play", response_model=RunAnswer, responses=CHANGES)
async def play_run(lab: LabParameter, run_id: RunId, body: PlayRequest | None = None) -> Response:
    """Train in the background."""
    return json_response(await lab.engine.submit(runs.play, lab, run_id, body or PlayRequest()))


@router.post("/{run_id}/pause", response_model=RunAnswer, responses=CHANGES)
async def pause_run(lab: LabParameter, run_id: RunId) -> Response:
    """Stop training in the background."""
    return json_response(await lab.engine.submit(runs.pause, lab, run_id))


@router.delete("/{run_id}", status_code=204, responses=problems(404, 422, 429, 503))
async def delete_run(lab: LabParameter, run_id: RunId) -> Response:
    """Remove a run and all that belongs to it."""
    await lab.engine.submit(runs.delete, lab, run_id)
    return Response(status_code=204)

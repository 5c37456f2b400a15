"""Routes that change runs."""

from fastapi import APIRouter, Request, Response

from app.runs import create, past, play, step
from app.schemas.runs import BranchRequest, CreateRunRequest, RunAnswer
from app.schemas.steps import PlayRequest, RewindRequest, StepAnswer, StepRequest
from app.web.routes.access import BackendParameter, RunId, created, json_response, leaving, problems

router = APIRouter(prefix="/runs", tags=["runs"])
CHANGES = problems(403, 404, 409, 413, 422, 429, 503)
_LOCATION = {"headers": {"Location": {"description": "The run's address.", "schema": {"type": "string"}}}}


@router.post(
    "", status_code=201, response_model=RunAnswer, responses={201: _LOCATION, **problems(403, 413, 422, 429, 503)}
)
async def create_run(backend: BackendParameter, body: CreateRunRequest) -> Response:
    """Create a run."""
    return created(await create.create(backend, body))


@router.post("/{run_id}/step", response_model=StepAnswer, responses=CHANGES)
async def step_run(
    request: Request, backend: BackendParameter, run_id: RunId, body: StepRequest | None = None
) -> Response:  # fmt: skip
    """Make updates; a client that goes away ends a long request after the updates made so far.

    409 after a divergence: rewind first.
    """
    body = body or StepRequest()
    if body.count == 1:
        return json_response(await step.step(backend, run_id, body, step.Leaving()))
    async with leaving(request) as left:
        return json_response(await step.step(backend, run_id, body, left))


@router.post("/{run_id}/rewind", response_model=RunAnswer, responses=CHANGES)
async def rewind_run(backend: BackendParameter, run_id: RunId, body: RewindRequest) -> Response:
    """Go back to a step and forget what came after."""
    return json_response(await past.rewind(backend, run_id, body.step))


@router.post(
    "/{run_id}/branch", status_code=201, response_model=RunAnswer, responses={201: _LOCATION, **CHANGES}
)  # fmt: skip
async def branch_run(backend: BackendParameter, run_id: RunId, body: BranchRequest | None = None) -> Response:
    """Start a second run from a step of this one; from the step of a divergence it has diverged too."""
    return created(await create.branch(backend, run_id, body or BranchRequest()))


@router.post("/{run_id}/play", response_model=RunAnswer, responses=CHANGES)
async def play_run(backend: BackendParameter, run_id: RunId, body: PlayRequest | None = None) -> Response:
    """Train in the background. 409 after a divergence: rewind first."""
    return json_response(await play.play(backend, run_id, body or PlayRequest()))


@router.post("/{run_id}/pause", response_model=RunAnswer, responses=CHANGES)
async def pause_run(backend: BackendParameter, run_id: RunId) -> Response:
    """Stop training in the background."""
    return json_response(await play.pause(backend, run_id))


@router.delete("/{run_id}", status_code=204, responses=problems(403, 404, 422, 429, 503))
async def delete_run(backend: BackendParameter, run_id: RunId) -> Response:
    """Remove a run and all that belongs to it."""
    await create.delete(backend, run_id)
    return Response(status_code=204)

"""Routes that look at one update, number by number; nothing is kept."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Response

from app.encoding import encoded
from app.landscape import rates
from app.schemas.backpropagation import EXAMPLES, BackpropagationAnswer, BackpropagationRequest
from app.schemas.jacobians import CostsAnswer
from app.schemas.plane import PlaneAnswer, PlaneRequest
from app.schemas.rates import FirstLineAnswer, FirstLineRequest, WalksAnswer, WalksRequest
from app.teaching import calls
from app.teaching.plane import first_plane
from app.web.routes.access import BackendParameter, problems, reading

NOTEBOOK = "application/x-ipynb+json"
NOTEBOOK_ANSWER: dict[str, Any] = {
    "response_class": Response,
    "responses": {200: {"description": "A Jupyter notebook, format 4.5.", "content": {NOTEBOOK: {}}}},
}

router = APIRouter(prefix="/backpropagation", tags=["backpropagation"], responses=problems(403, 413, 422, 429, 503))


@router.post("", response_model=BackpropagationAnswer)
async def look_at_an_update(
    backend: BackendParameter, body: Annotated[BackpropagationRequest, Body(openapi_examples=EXAMPLES)]
) -> Response:
    """Every number of one update; nothing is stored."""
    return await reading(backend, calls.backpropagation, body)


@router.get("/cost", response_model=CostsAnswer)
async def read_costs(
    backend: BackendParameter,
    layer_sizes: Annotated[
        str, Query(description="Widths with commas between.", max_length=200, examples=["784,128"])
    ] = "2,3",
) -> Response:
    """What the explicit chain of Jacobians of a network would take, by its shapes alone."""
    return await reading(backend, calls.costs, layer_sizes)


@router.post("/plane", response_model=PlaneAnswer)
async def look_at_the_plane(backend: BackendParameter, body: PlaneRequest) -> Response:
    """What the network answers over a grid of points before its first update (the lab of slides 55–56)."""
    return await reading(backend, first_plane, body)


@router.post("/line", response_model=FirstLineAnswer)
async def look_along_a_step(backend: BackendParameter, body: FirstLineRequest) -> Response:
    """The next step as a curve over the learning rate, from a start or after some updates (slide 34)."""
    return await reading(backend, rates.first_line, body)


@router.post("/walks", response_model=WalksAnswer)
async def walk_with_each_learning_rate(backend: BackendParameter, body: WalksRequest) -> Response:
    """The same start, many learning rates: the losses, the living units, and three limits that differ (slide 34)."""
    return await reading(backend, rates.walks, body)


@router.post("/notebook", **NOTEBOOK_ANSWER)
async def download_notebook(backend: BackendParameter, body: BackpropagationRequest) -> Response:
    """The same update as a Jupyter notebook in plain NumPy, which computes every number again."""
    return notebook_response((await backend.read(encoded, calls.notebook, backend, body))[1])


def notebook_response(content: bytes) -> Response:
    """Answer with a notebook, to be saved."""
    headers = {"Content-Disposition": 'attachment; filename="backpropagation.ipynb"'}
    return Response(content, headers=headers, media_type=NOTEBOOK)

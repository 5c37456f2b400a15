"""Routes that look at an update of a run, number by number: under its own address and its read-only one."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response

from app.schemas.backpropagation import BackpropagationAnswer
from app.schemas.jacobians import JacobiansAnswer
from app.schemas.why import RunWhyRequest, WhyAnswer
from app.teaching import of_runs
from app.web.routes.access import json_response, problems
from app.web.routes.backpropagation import NOTEBOOK, notebook_response
from app.web.routes.readings import MAX_STEP, READS, Reader, by_id, by_share_id

Step = Annotated[
    int | None, Query(ge=0, le=MAX_STEP, description="The update that starts from this step; the newest unless given.")
]
Sample = Annotated[int, Query(ge=0, le=MAX_STEP, description="Row of the batch, from 0.")]
SampleAlone = Annotated[
    int | None,
    Query(ge=0, le=MAX_STEP, description="This row of the batch as if it were all: its own row is then 0."),
]
Name = Annotated[
    str, Query(max_length=120, description="A number's name.", examples=["layers[0].weight_gradients[1][0]"])
]
Digits = Annotated[int, Query(ge=1, le=17, description="Significant digits of the numbers in LaTeX.")]
Include = Annotated[
    list[Literal["jacobians", "row_gradients"]] | None, Query(description="What else to tell; may be given twice.")
]


def add_updates(router: APIRouter, root: str, find: Any, named: str) -> None:
    """Add every route below an address."""
    Found = Annotated[Reader, Depends(find)]

    @router.get(
        f"{root}/backpropagation", response_model=BackpropagationAnswer, responses=READS, name=f"read_{named}_update"
    )
    async def read_update(run: Found, step: Step = None, sample: Sample = 0, include: Include = None) -> Response:
        """Every number of one update; null for a number that is not finite."""
        asked = tuple(include or ())
        return json_response(await of_runs.backpropagation(run.backend, run.key, run.shared, step, sample, asked))

    @router.get(
        f"{root}/jacobians", response_model=JacobiansAnswer, responses=READS, name=f"read_{named}_jacobians"
    )  # fmt: skip
    async def read_jacobians(run: Found, step: Step = None, sample: Sample = 0) -> Response:
        """The explicit chain of Jacobians of one sample; null for a number that is not finite."""
        return json_response(await of_runs.chain(run.backend, run.key, run.shared, step, sample))

    @router.get(f"{root}/why", response_model=WhyAnswer, responses=READS, name=f"read_{named}_why")
    async def read_why(
        run: Found, number: Name, step: Step = None, sample: SampleAlone = None, digits: Digits = 4
    ) -> Response:  # fmt: skip
        """Why a number of an update is what it is; its value is null where it is not finite."""
        return json_response(await of_runs.why(run.backend, run.key, run.shared, step, number, sample, digits))

    @router.post(
        f"{root}/why", response_model=WhyAnswer, responses={**READS, **problems(403)}, name=f"ask_{named}_why"
    )  # fmt: skip
    async def ask_why(run: Found, body: RunWhyRequest) -> Response:
        """Why a number is what it is for given inputs, or for a drawn digit."""
        return json_response(await of_runs.why_of(run.backend, run.key, run.shared, body))

    @router.get(
        f"{root}/notebook",
        response_class=Response,
        responses={200: {"description": "A Jupyter notebook, format 4.5.", "content": {NOTEBOOK: {}}}, **READS},
        name=f"download_{named}_notebook",
    )
    async def download_notebook(run: Found, step: Step = None, sample: Sample = 0) -> Response:
        """One update as a Jupyter notebook in plain NumPy."""
        return notebook_response(await of_runs.notebook(run.backend, run.key, run.shared, step, sample))


router, own, shared = APIRouter(), APIRouter(tags=["runs"]), APIRouter(tags=["shared runs"])
add_updates(own, "/runs/{run_id}", by_id, "run")
add_updates(shared, "/shared/{share_id}", by_share_id, "shared")
router.include_router(own)
router.include_router(shared)

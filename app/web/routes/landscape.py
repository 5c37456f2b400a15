"""Routes that look at the loss around a run: under its own address and its read-only one."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from app.encoding import encode
from app.events.broker import sse
from app.landscape import curvature, curvatures, hessian, line, plane
from app.landscape.plane import Begun
from app.schemas.landscape import (
    CurvatureAnswer,
    CurvaturesAnswer,
    FirstLandscapeRequest,
    FirstSharpnessRequest,
    HessianAnswer,
    LandscapeAnswer,
    LandscapeJobAnswer,
    LandscapeRequest,
    LineAnswer,
    SharpnessAnswer,
)
from app.web.routes.access import BackendParameter, RunId, json_response, problems
from app.web.routes.readings import MAX_STEP, READS, Reader, by_id, by_share_id

Step = Annotated[int | None, Query(ge=0, le=MAX_STEP, description="A step of the past; the newest unless given.")]
Rates = Annotated[
    str, Query(max_length=25_000, description="From 0, with commas between.", examples=["0,0.1,0.2"])
]  # fmt: skip
Steps = Annotated[
    str, Query(max_length=20_000, description="Up to 1000 steps, with commas between.", examples=["0,10,20"])
]
Samples = Annotated[
    int | None, Query(ge=1, le=MAX_STEP, description="So many training samples, evenly spread; all unless given.")
]
JobName = Annotated[str, Path(max_length=64, description="A computation's name.")]
WAITS: dict[int | str, dict[str, Any]] = {
    202: {"model": LandscapeJobAnswer, "description": "It is being computed; `Location` is where to ask again."}
}


def add_landscape(router: APIRouter, root: str, find: Any, named: str) -> None:
    """Add every route below an address."""
    Found = Annotated[Reader, Depends(find)]

    @router.get(
        f"{root}/curvature", response_model=CurvatureAnswer, responses=READS, name=f"read_{named}_curvature"
    )  # fmt: skip
    async def read_curvature(run: Found, step: Step = None, samples: Samples = None) -> Response:
        """How the loss bends at a step, and the speed limit 2/λ of the learning rate; null where it is not finite."""
        return json_response(await curvature.of_run(run.backend, run.key, run.shared, step, samples))

    @router.get(f"{root}/hessian", response_model=HessianAnswer, responses=READS, name=f"read_{named}_hessian")
    async def read_hessian(run: Found, step: Step = None, samples: Samples = None) -> Response:
        """Every second derivative of the loss at a step, and its eigenvalues; up to 800 parameters.

        409 at a step at which the run diverged.
        """
        return json_response(await hessian.of_run(run.backend, run.key, run.shared, step, samples))

    @router.get(f"{root}/curvatures", response_model=CurvaturesAnswer, responses=READS, name=f"read_{named}_curvatures")
    async def read_curvatures(run: Found, steps: Steps, samples: Samples = None) -> Response:
        """λ at several steps, with the threshold 2/η and the swing along its direction, for about a second.

        Null where it is not finite: a run that diverged is read to its end.
        """
        return json_response(await curvatures.along_run(run.backend, run.key, run.shared, steps, samples))

    @router.get(f"{root}/line", response_model=LineAnswer, responses=READS, name=f"read_{named}_line")
    async def read_line(run: Found, learning_rates: Rates, step: Step = None, samples: Samples = None) -> Response:
        """The step as a curve: the loss along −∇L, its parabola, and where units switch (slide 34).

        409 at a step at which the run diverged.
        """
        return json_response(await line.of_run(run.backend, run.key, run.shared, step, learning_rates, samples))

    _add_planes(router, root, find, named)


def _add_planes(router: APIRouter, root: str, find: Any, named: str) -> None:
    Found = Annotated[Reader, Depends(find)]

    @router.post(
        f"{root}/landscape",
        response_model=LandscapeAnswer,
        responses={**READS, **problems(403), **WAITS},
        name=f"survey_{named}",
    )
    async def survey(request: Request, run: Found, body: LandscapeRequest) -> Response:
        """The loss over a plane through the parameters: at once where that is quick, else as a job (202).

        409 for a step at which the run diverged: there is no height to look from.
        """
        begun = await plane.of_run(run.backend, run.key, run.shared, body)
        return _answer(begun, f"{request.url.path}/{begun.name}")

    @router.get(
        f"{root}/landscape/{{job}}",
        response_model=LandscapeAnswer,
        responses={**READS, **WAITS},
        name=f"read_{named}_landscape",
    )
    async def read_landscape(request: Request, run: Found, job: JobName) -> Response:
        """A landscape that was asked for, or how far it is (202)."""
        return _answer(await plane.find(run.backend, run.key, run.shared, job), request.url.path)

    @router.get(
        f"{root}/landscape/{{job}}/events",
        response_class=StreamingResponse,
        responses={200: {"content": {"text/event-stream": {}}}, **READS},
        name=f"follow_{named}_landscape",
    )
    async def follow_landscape(run: Found, job: JobName) -> Response:
        """Server-sent events: progress, then end."""
        found = await plane.find(run.backend, run.key, run.shared, job)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(_progress(found), media_type="text/event-stream", headers=headers)


async def _progress(begun: Begun) -> AsyncIterator[bytes]:
    async for progress in begun.job.follow():
        yield sse("progress", encode({"progress": progress}))
    yield sse("end", encode({"succeeded": begun.job.succeeded}))


def _answer(begun: Begun, address: str) -> Response:
    content = begun.content
    if content is not None:
        return json_response(content, headers={"Content-Location": address})
    return json_response(encode(begun.view()), 202, {"Location": address})


router, own, shared = APIRouter(), APIRouter(tags=["runs"]), APIRouter(tags=["shared runs"])
add_landscape(own, "/runs/{run_id}", by_id, "run")
add_landscape(shared, "/shared/{share_id}", by_share_id, "shared")


@own.delete("/runs/{run_id}/landscape/{job}", status_code=204, responses=problems(403, 404), name="cancel_landscape")
async def cancel_landscape(backend: BackendParameter, run_id: RunId, job: JobName) -> None:
    """Cancel the computation of a landscape."""
    plane.cancel(backend, await plane.find(backend, run_id, False, job))


first = APIRouter(prefix="/backpropagation", tags=["backpropagation"], responses=problems(403, 413, 422, 429, 503))


@first.post("/landscape", response_model=LandscapeAnswer, responses=WAITS)
async def survey_a_start(request: Request, backend: BackendParameter, body: FirstLandscapeRequest) -> Response:
    """The loss around a start that is not stored: at once where that is quick, else as a job (202)."""
    begun = await plane.of_first(backend, body)
    return _answer(begun, f"{request.url.path}/{begun.name}")


@first.get("/landscape/{job}", response_model=LandscapeAnswer, responses={**problems(404, 409), **WAITS})
async def read_the_landscape_of_a_start(request: Request, backend: BackendParameter, job: JobName) -> Response:
    """A landscape that was asked for, or how far it is (202)."""
    return _answer(plane.find_first(backend, job), request.url.path)


@first.delete("/landscape/{job}", status_code=204, responses=problems(404))
async def cancel_the_landscape_of_a_start(backend: BackendParameter, job: JobName) -> None:
    """Cancel its computation."""
    plane.cancel(backend, plane.find_first(backend, job))


@first.post("/sharpness", response_model=SharpnessAnswer)
async def measure_the_sharpness_of_a_start(backend: BackendParameter, body: FirstSharpnessRequest) -> Response:
    """λ at a start that is not stored, and the threshold 2/η of its first update."""
    return json_response(encode(await backend.read(curvatures.of_first, backend, body)))


router.include_router(first)
router.include_router(own)
router.include_router(shared)

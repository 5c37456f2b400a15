"""Routes that read runs: each under the run's own address and under its read-only one."""

from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from app import readings, runs, streams
from app.broker import Subscriber
from app.lab import Lab
from app.routes.access import LabParameter, RunId, ShareId, problems, reading
from app.schemas.answers import (
    AnswersAnswer,
    CheckAnswer,
    LossesAnswer,
    PredictionAnswer,
    RunAnswer,
    StateAnswer,
)
from app.schemas.requests import PredictRequest

READS = problems(404, 409, 413, 422, 429, 503)
MAX_STEP = 2**62


class Reader:
    """A run found by its id or by its share id."""

    def __init__(self, lab: Lab, key: str, shared: bool) -> None:
        self.lab = lab
        self.key = key
        self.shared = shared

    async def ask(self, function: Any, *args: Any) -> Any:
        """Call a reading function in a thread."""
        return await self.lab.engine.read(function, self.lab, self.key, self.shared, *args)

    async def answer(self, function: Any, *args: Any) -> Response:
        """Answer with what a reading function returns."""
        return await reading(self.lab, function, self.key, self.shared, *args)


async def by_id(lab: LabParameter, run_id: RunId) -> Reader:
    """Find by id."""
    return Reader(lab, run_id, False)


async def by_share_id(lab: LabParameter, share_id: ShareId) -> Reader:
    """Find by share id."""
    return Reader(lab, share_id, True)


def add_readings(router: APIRouter, root: str, find: Any, named: str) -> None:
    """Add every reading route below an address."""
    Found = Annotated[Reader, Depends(find)]

    @router.get(root, response_model=RunAnswer, responses=READS, name=f"read_{named}")
    async def read(run: Found) -> Response:
        """Read a run."""
        return await run.answer(runs.read)

    @router.get(f"{root}/steps/{{k}}", response_model=StateAnswer, responses=READS, name=f"read_{named}_step")
    async def read_step(
        run: Found,
        k: Annotated[int, Path(ge=0, le=MAX_STEP, description="A step of the past.")],
        include: Annotated[Literal["layers"] | None, Query(description="Full layers of large networks too.")] = None,
    ) -> Response:
        """Read the whole state at a step."""
        return await run.answer(runs.state_at, k, include == "layers")

    @router.get(f"{root}/losses", response_model=LossesAnswer, responses=READS, name=f"read_{named}_losses")
    async def read_losses(
        run: Found,
        since: Annotated[int, Query(ge=-1, le=MAX_STEP, description="Only what came after this step.")] = 0,
        limit: Annotated[int, Query(ge=1, le=MAX_STEP, description="At most so many records.")] = 10_000,
        evaluations_only: Annotated[bool, Query(description="Leave the records of single steps out.")] = False,
    ) -> Response:
        """Read losses, a page at a time."""
        return await run.answer(runs.losses, since, limit, evaluations_only)

    @router.get(
        f"{root}/gradient-check", response_model=CheckAnswer, responses=READS, name=f"check_{named}_gradients"
    )  # fmt: skip
    async def read_check(run: Found) -> Response:
        """Compare analytic and numeric gradients."""
        return await run.answer(readings.gradient_check)

    _add_network_readings(router, root, find, named)


def _add_network_readings(router: APIRouter, root: str, find: Any, named: str) -> None:
    Found = Annotated[Reader, Depends(find)]

    @router.post(f"{root}/predict", response_model=PredictionAnswer, responses=READS, name=f"predict_{named}")
    async def predict(run: Found, body: PredictRequest) -> Response:
        """Outputs for given inputs, or for a drawn digit."""
        return await run.answer(readings.predict, body)

    @router.get(f"{root}/answers", response_model=AnswersAnswer, responses=READS, name=f"read_{named}_answers")
    async def read_answers(
        run: Found,
        split: Annotated[Literal["train", "test"], Query(description="Which set.")] = "test",
        first: Annotated[int, Query(ge=0, le=MAX_STEP, description="Where to begin.")] = 0,
        count: Annotated[int, Query(ge=1, le=1000, description="How many.")] = 24,
        wrong: Annotated[bool, Query(description="Only wrong answers.")] = False,
    ) -> Response:
        """The network's answers to digits."""
        return await run.answer(readings.answers, split, first, count, wrong)

    @router.get(
        f"{root}/weights.npz",
        response_class=Response,
        responses={200: {"content": {"application/octet-stream": {}}}, **READS},
        name=f"download_{named}_weights",
    )
    async def download_weights(run: Found) -> Response:
        """The newest weights as a NumPy file."""
        content, step = await run.ask(readings.weights)
        headers = _named(f"weights-step-{step}.npz")
        return Response(content, headers=headers, media_type="application/octet-stream")

    @router.get(
        f"{root}/history.csv",
        response_class=Response,
        responses={200: {"content": {"text/csv": {}}}, **READS},
        name=f"download_{named}_history",
    )
    async def download_history(run: Found) -> Response:
        """Losses of every step as comma-separated values."""
        pages = await run.ask(readings.history_csv)
        headers = _named("history.csv")
        return StreamingResponse(pages, headers=headers, media_type="text/csv; charset=utf-8")

    @router.get(
        f"{root}/events",
        response_class=StreamingResponse,
        responses={200: {"content": {"text/event-stream": {}}}, **READS},
        name=f"follow_{named}",
    )
    async def follow(
        request: Request,
        run: Found,
        last_event_id: Annotated[str | None, Header(description="Resume after this event.")] = None,
    ) -> Response:
        """Server-sent events: step, evaluation, diagnostic, status, end."""
        run_id = (await run.lab.engine.read(run.lab.store.find, run.key, run.shared)).id
        subscriber = run.lab.broker.subscribe(run_id)
        try:
            missed = await run.lab.engine.read(streams.missed, run.lab, run_id, last_event_id)
        except BaseException:
            run.lab.broker.unsubscribe(run_id, subscriber)
            raise
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        stream = _stream(run.lab, run_id, subscriber, missed)
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


async def _stream(
    lab: Lab, run_id: str, subscriber: Subscriber, missed: streams.Missed
) -> AsyncIterator[bytes]:  # fmt: skip
    try:
        subscriber.start(missed.generation, missed.step)
        for event in missed.events:
            yield event
        async for event in subscriber.events():
            yield event
    finally:
        lab.broker.unsubscribe(run_id, subscriber)


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


router, own, shared = APIRouter(), APIRouter(tags=["runs"]), APIRouter(tags=["shared runs"])
add_readings(own, "/runs/{run_id}", by_id, "run")
add_readings(shared, "/shared/{share_id}", by_share_id, "shared")
router.include_router(own)
router.include_router(shared)

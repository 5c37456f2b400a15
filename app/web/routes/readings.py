"""Routes that read runs: each under the run's own address and under its read-only one."""

from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from app.backend import Backend
from app.events.broker import Subscriber
from app.runs import downloads, follow, past, predict, read
from app.schemas.predictions import DigitAnswersAnswer, PredictionAnswer, PredictRequest
from app.schemas.runs import CheckAnswer, RunAnswer
from app.schemas.steps import LossesAnswer, StateAnswer
from app.web.routes.access import BackendParameter, RunId, ShareId, json_response, problems, reading

READS = problems(404, 409, 413, 422, 429, 503)
MAX_STEP = 2**62


class Reader:
    """A run found by its id or by its share id."""

    def __init__(self, backend: Backend, key: str, shared: bool) -> None:
        self.backend = backend
        self.key = key
        self.shared = shared

    async def ask(self, function: Any, *args: Any) -> Any:
        """Call a reading function in a thread."""
        return await self.backend.read(function, self.backend, self.key, self.shared, *args)

    async def answer(self, function: Any, *args: Any) -> Response:
        """Answer with what a reading function returns."""
        return await reading(self.backend, function, self.key, self.shared, *args)


async def by_id(backend: BackendParameter, run_id: RunId) -> Reader:
    """Find by id."""
    return Reader(backend, run_id, False)


async def by_share_id(backend: BackendParameter, share_id: ShareId) -> Reader:
    """Find by share id."""
    return Reader(backend, share_id, True)


def add_readings(router: APIRouter, root: str, find: Any, named: str) -> None:
    """Add every reading route below an address."""
    Found = Annotated[Reader, Depends(find)]

    @router.get(root, response_model=RunAnswer, responses=READS, name=f"read_{named}")
    async def read_run(run: Found) -> Response:
        """Read a run."""
        return await run.answer(read.read)

    @router.get(f"{root}/steps/{{k}}", response_model=StateAnswer, responses=READS, name=f"read_{named}_step")
    async def read_step(
        run: Found,
        k: Annotated[int, Path(ge=0, le=MAX_STEP, description="A step of the past.")],
        include: Annotated[Literal["layers"] | None, Query(description="Full layers of large networks too.")] = None,
    ) -> Response:
        """Read the whole state at a step; null for a number that is not finite."""
        return json_response(await past.state_at(run.backend, run.key, run.shared, k, include == "layers"))

    @router.get(f"{root}/losses", response_model=LossesAnswer, responses=READS, name=f"read_{named}_losses")
    async def read_losses(
        run: Found,
        since: Annotated[int, Query(ge=-1, le=MAX_STEP, description="Only what came after this step.")] = 0,
        limit: Annotated[int, Query(ge=1, le=MAX_STEP, description="At most so many records.")] = 10_000,
        evaluations_only: Annotated[bool, Query(description="Leave the records of single steps out.")] = False,
    ) -> Response:
        """Read losses, a page at a time."""
        return await run.answer(past.losses, since, limit, evaluations_only)

    @router.get(
        f"{root}/gradient-check", response_model=CheckAnswer, responses=READS, name=f"check_{named}_gradients"
    )  # fmt: skip
    async def read_check(run: Found) -> Response:
        """Compare analytic and numeric gradients at the newest step. 409 where it diverged."""
        return await run.answer(read.gradient_check)

    _add_predictions(router, root, Found, named)
    _add_downloads(router, root, Found, named)
    _add_events(router, root, Found, named)


def _add_predictions(router: APIRouter, root: str, Found: Any, named: str) -> None:

    @router.post(
        f"{root}/predict",
        response_model=PredictionAnswer,
        responses={**READS, **problems(403)},
        name=f"predict_{named}",
    )
    async def predict_run(run: Found, body: PredictRequest) -> Response:
        """Outputs for given inputs, for a drawn digit or for one of the test set, at any step.

        Null for an output that is not finite.
        """
        return json_response(await predict.predict(run.backend, run.key, run.shared, body))

    @router.get(f"{root}/answers", response_model=DigitAnswersAnswer, responses=READS, name=f"read_{named}_answers")
    async def read_answers(
        run: Found,
        split: Annotated[Literal["train", "test"], Query(description="Which set.")] = "test",
        first: Annotated[int, Query(ge=0, le=MAX_STEP, description="Where to begin.")] = 0,
        count: Annotated[int, Query(ge=1, le=1000, description="How many.")] = 24,
        wrong: Annotated[bool, Query(description="Only wrong answers.")] = False,
        step: Annotated[
            int | None, Query(ge=0, le=MAX_STEP, description="A step of the past; the newest unless given.")
        ] = None,
    ) -> Response:
        """The network's answers to digits, at any step."""
        return json_response(
            await predict.answers(run.backend, run.key, run.shared, step, split, first, count, wrong)
        )  # fmt: skip


def _add_downloads(router: APIRouter, root: str, Found: Any, named: str) -> None:
    @router.get(
        f"{root}/weights.npz",
        response_class=Response,
        responses={200: {"content": {"application/octet-stream": {}}}, **READS},
        name=f"download_{named}_weights",
    )
    async def download_weights(run: Found) -> Response:
        """The newest weights as a NumPy file."""
        content, step = await run.ask(downloads.weights)
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
        pages = await run.ask(downloads.history_csv)
        headers = _named("history.csv")
        return StreamingResponse(pages, headers=headers, media_type="text/csv; charset=utf-8")


def _add_events(router: APIRouter, root: str, Found: Any, named: str) -> None:
    @router.get(
        f"{root}/events",
        response_class=StreamingResponse,
        responses={200: {"content": {"text/event-stream": {}}}, **READS},
        name=f"follow_{named}",
    )
    async def follow_run(
        request: Request,
        run: Found,
        last_event_id: Annotated[str | None, Header(description="Resume after this event.")] = None,
    ) -> Response:
        """Server-sent events: step, evaluation, diagnostic, status, end."""
        run_id = await run.ask(follow.id_of)
        subscriber = run.backend.broker.subscribe(run_id)
        try:
            missed = await run.backend.read(follow.missed, run.backend, run_id, last_event_id)
        except BaseException:
            run.backend.broker.unsubscribe(run_id, subscriber)
            raise
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        stream = _stream(run.backend, run_id, subscriber, missed)
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


async def _stream(
    backend: Backend, run_id: str, subscriber: Subscriber, missed: follow.Missed
) -> AsyncIterator[bytes]:  # fmt: skip
    try:
        subscriber.start(missed.generation, missed.step)
        for event in missed.events:
            yield event
        async for event in subscriber.events():
            yield event
    finally:
        backend.broker.unsubscribe(run_id, subscriber)


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


router, own, shared = APIRouter(), APIRouter(tags=["runs"]), APIRouter(tags=["shared runs"])
add_readings(own, "/runs/{run_id}", by_id, "run")
add_readings(shared, "/shared/{share_id}", by_share_id, "shared")
router.include_router(own)
router.include_router(shared)

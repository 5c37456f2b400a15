"""What every route needs: the backend, the addresses of runs, the problems it may answer with."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response

from app.backend import Backend
from app.encoding import encoded
from app.runs.step import Leaving
from app.schemas.problems import ProblemAnswer
from core.errors import InvalidInput

_WORDS = {
    400: "No host, or not one that the server was started for.",
    403: "A change that comes from a page of another origin.",
    404: "There is no such run or step.",
    405: "This address does not take that method.",
    409: "The request does not fit the state of the run. Nothing was done.",
    413: "Larger than a limit in the catalog.",
    422: "A value is wrong; `errors` says which and what would be right.",
    429: "Too busy; `Retry-After` says when to ask again.",
    500: "A fault of the server.",
    503: "A data set is missing, or the database did not take the change.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe problems for OpenAPI."""
    return {
        status: {
            "description": _WORDS[status],
            "model": ProblemAnswer,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemAnswer"}}},
        }
        for status in (400, *statuses)
    }


def json_response(content: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Answer with JSON."""
    return Response(content, status, headers, media_type="application/json")


async def backend_of(request: Request) -> Backend:
    """The running backend; a coroutine, for the framework sends plain functions through a thread."""
    backend: Backend = request.app.state.backend
    return backend


async def reading(backend: Backend, function: Callable[..., dict[str, Any]], *args: Any) -> Response:
    """Call a function of the backend that reads or computes in a thread, and answer with what it returns."""
    return json_response((await backend.read(encoded, function, backend, *args))[1])


def created(run: tuple[str, bytes]) -> Response:
    """Answer with a run that was made, and its address."""
    return json_response(run[1], 201, {"Location": f"/api/v1/runs/{run[0]}"})


@asynccontextmanager
async def leaving(request: Request) -> AsyncIterator[Leaving]:
    """Whether the client goes away before it is answered."""
    found = Leaving()

    async def watch() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        found.gone = True

    watching = asyncio.create_task(watch())
    try:
        yield found
    finally:
        watching.cancel()


async def known_query_only(request: Request) -> None:
    """Refuse a query parameter that the route does not know: a misspelled one would be ignored in silence."""
    known = [field.alias for field in request.scope["route"].dependant.query_params]
    for name in request.query_params:
        if name not in known:
            message = f"Unknown parameter. Known: {', '.join(known)}." if known else "This address takes no parameters."
            raise InvalidInput(f"query.{name[:80]}", message)


BackendParameter = Annotated[Backend, Depends(backend_of)]
RunId = Annotated[str, Path(description="A run's id.", max_length=64)]
ShareId = Annotated[str, Path(description="A run's share id.", max_length=64)]

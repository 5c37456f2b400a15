"""What every route needs: the lab, the addresses of runs, the problems it may answer with."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from threading import Event
from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response

from app.encoding import encoded, json_response
from app.lab import Lab
from app.schemas.answers import ProblemAnswer
from core.errors import InvalidInput

_WORDS = {
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
        for status in statuses
    }


async def lab_of(request: Request) -> Lab:
    """The running lab; a coroutine, for the framework sends plain functions through a thread."""
    lab: Lab = request.app.state.lab
    return lab


async def answer(
    lab: Lab, function: Callable[..., dict[str, Any]], *args: Any, turn_of: str | None = None
) -> Response:  # fmt: skip
    """Call a function of the lab in a thread, and answer with what it returns."""
    return json_response((await lab.engine.submit(encoded, function, lab, *args, turn_of=turn_of))[1])


async def reading(lab: Lab, function: Callable[..., dict[str, Any]], *args: Any) -> Response:
    """Do the same with a function that only reads."""
    return json_response((await lab.engine.read(encoded, function, lab, *args))[1])


async def created(lab: Lab, function: Callable[..., dict[str, Any]], *args: Any) -> Response:
    """Call a function that makes a run, and answer with the run and its address."""
    run, content = await lab.engine.submit(encoded, function, lab, *args)
    return json_response(content, 201, {"Location": f"/api/v1/runs/{run['id']}"})


@asynccontextmanager
async def leaving(request: Request) -> AsyncIterator[Event]:
    """An event that is set when the client goes away before it is answered."""
    left = Event()

    async def watch() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        left.set()

    watching = asyncio.create_task(watch())
    try:
        yield left
    finally:
        watching.cancel()


async def known_query_only(request: Request) -> None:
    """Refuse a query parameter that the route does not know: a misspelled one would be ignored in silence."""
    known = [field.alias for field in request.scope["route"].dependant.query_params]
    for name in request.query_params:
        if name not in known:
            message = f"Unknown parameter. Known: {', '.join(known)}." if known else "This address takes no parameters."
            raise InvalidInput(f"query.{name[:80]}", message)


LabParameter = Annotated[Lab, Depends(lab_of)]
RunId = Annotated[str, Path(description="A run's id.", max_length=64)]
ShareId = Annotated[str, Path(description="A run's share id.", max_length=64)]

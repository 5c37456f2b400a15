"""Every error becomes one shape: a problem in the sense of RFC 9457."""

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from app.encoding import encode
from core.errors import DatasetMissing, Diverged, InvalidInput, LimitExceeded

logger = logging.getLogger("downhill")


class Problem(Exception):
    """An answer that is an error."""

    def __init__(
        self,
        status: int,
        detail: str,
        errors: list[dict[str, str]] | None = None,
        headers: dict[str, str] | None = None,
        command: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = errors
        self.headers = headers or {}
        self.command = command


class NoSuchRun(Problem):
    """404 for a run that is not there."""

    def __init__(self) -> None:
        super().__init__(404, "There is no such run. It may have been deleted, or the address is incomplete.")


class Conflict(Problem):
    """409 for a request that does not fit the state of the run."""

    def __init__(self, detail: str) -> None:
        super().__init__(409, detail)


class TooBusy(Problem):
    """429 with the time after which to ask again."""

    def __init__(self, detail: str, seconds: int = 1) -> None:
        super().__init__(429, detail, headers={"Retry-After": str(seconds)})


def too_large(location: str, message: str) -> Problem:
    """413 that names the value above its limit."""
    return Problem(413, f"{location}: {message}", [{"location": location, "message": message}])


def problem_body(status: int, detail: str, errors: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """The members of a problem."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    return body | ({"errors": errors} if errors else {})


def problem_response(problem: Problem) -> Response:
    """Answer with a problem."""
    body = problem_body(problem.status, problem.detail, problem.errors)
    content = encode(body | ({"command": problem.command} if problem.command else {}))
    return Response(content, problem.status, problem.headers, media_type="application/problem+json")


def _location(parts: tuple[Any, ...]) -> str:
    """A dotted path without the leading word "body"; "path" and "query" stay, they say where to look."""
    kept = [str(part) for part in (parts[1:] if parts and parts[0] == "body" else parts)]
    return ".".join(kept) or "body"


def translate(error: Exception) -> Problem:
    """Find the problem that an exception stands for."""
    match error:
        case Problem():
            return error
        case LimitExceeded():
            return too_large(error.location, error.message)
        case InvalidInput():
            where = [{"location": error.location, "message": error.message}]
            return Problem(422, str(error), where)
        case Diverged():
            return Conflict(str(error))
        case DatasetMissing():
            return Problem(503, str(error), headers={"Retry-After": "60"}, command=error.command)
        case OperationalError():
            logger.error("database: %s", error.orig)
            detail = "The database did not take the change (locked, or the disk is full). Nothing was changed."
            return Problem(503, detail, headers={"Retry-After": "1"})
        case HTTPException():
            return _http_problem(error)
    logger.error("unexpected error", exc_info=error)
    return Problem(500, "Something went wrong in the server. Its log says what.")


def _http_problem(error: HTTPException) -> Problem:
    details = {
        404: "There is nothing at this address.",
        405: "This address does not take that method.",
        413: "The body is larger than the limit body_bytes in the catalog.",
    }
    detail = details.get(error.status_code, str(error.detail))
    return Problem(error.status_code, detail, headers=dict(error.headers or {}))


async def _answer(request: Request, error: Exception) -> Response:
    return problem_response(translate(error))


async def _answer_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    # the offending values are not repeated: NaN has no JSON form
    found = [{"location": _location(e["loc"]), "message": str(e["msg"])} for e in error.errors()[:50]]
    for entry, e in zip(found, error.errors(), strict=False):
        if e["type"] == "json_invalid":
            entry.update(location="body", message="This is not valid JSON. " + str(e.get("ctx", {}).get("error", "")))
    summary = "; ".join(f"{entry['location']}: {entry['message']}" for entry in found[:3])
    return problem_response(Problem(422, summary, found))


def install(app: FastAPI) -> None:
    """Register the handlers."""
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    for kind in (Problem, InvalidInput, Diverged, DatasetMissing, OperationalError, HTTPException, Exception):
        app.add_exception_handler(kind, _answer)

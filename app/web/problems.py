"""Every error becomes one shape: a problem in the sense of RFC 9457."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from app.encoding import encode
from app.errors import Conflict, Problem, invalid, too_large
from app.schemas.validation import LISTED_ERRORS
from core.errors import DatasetMissing, Diverged, FormulaError, InvalidInput, LimitExceeded

logger = logging.getLogger("downhill")

NAME_LENGTH = 80

_HTTP_DETAILS = {
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    413: "The body is larger than the limit body_bytes in the catalog.",
}
# what the validator says, where it does not say what would be right
_FIELD_MESSAGES = {
    "model_attributes_type": "Give a JSON object, as {}.",
    "missing": "This is required.",
    "dict_type": 'Give a JSON object that names each variable, as {"x": …}.',
    "list_type": "Give a JSON list, in brackets.",
}


def problem_response(problem: Problem) -> Response:
    """Answer with a problem."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.errors:
        body["errors"] = problem.errors
    if problem.command:
        body["command"] = problem.command
    return Response(encode(body), problem.status, problem.headers, media_type="application/problem+json")


def translate(error: Exception) -> Problem:
    """Find the problem that an exception stands for."""
    match error:
        case Problem():
            return error
        case LimitExceeded():
            return too_large(error.location, error.message)
        case InvalidInput():
            return invalid([_entry(error.location, error.message) | _place(error)])
        case Diverged():
            return Conflict(str(error))
        case DatasetMissing():
            return Problem(503, str(error), headers={"Retry-After": "60"}, command=error.command)
        case RequestValidationError():
            return _invalid_request(error)
        case HTTPException():
            return _http_problem(error)
    logger.error("unexpected error", exc_info=error)
    return Problem(500, "Something went wrong in the server. Its log says what.")


def _invalid_request(error: RequestValidationError) -> Problem:
    """Name every invalid value; the values are not repeated, for NaN has no JSON form."""
    if isinstance(error.body, bytes):
        return invalid([_entry("body", "Send JSON, with the header Content-Type: application/json.")])
    return invalid([_describe(found) for found in error.errors()[:LISTED_ERRORS]])


def _describe(found: dict[str, Any]) -> dict[str, Any]:
    location, context = _location(found["loc"]), found.get("ctx", {})
    match found["type"]:
        case "json_invalid":
            return _entry("body", f"This is not valid JSON: {context['error']}.")
        case "too_short":
            return _entry(location, f"Give at least {context['min_length']} of them.")
        case "too_long":
            return _entry(location, f"Give at most {context['max_length']} of them.")
    return _entry(location, _FIELD_MESSAGES.get(found["type"], str(found["msg"])))


def _location(parts: tuple[Any, ...]) -> str:
    """A dotted path without the leading word "body"; "path" and "query" stay, they say where to look."""
    kept = [str(part)[:NAME_LENGTH] for part in (parts[1:] if parts and parts[0] == "body" else parts)]
    return ".".join(kept) or "body"


def _http_problem(error: HTTPException) -> Problem:
    if error.status_code == 400:
        return invalid([_entry("body", _why_unreadable(error.__cause__))])
    detail = _HTTP_DETAILS.get(error.status_code, str(error.detail))
    return Problem(error.status_code, detail, headers=dict(error.headers or {}))


def _why_unreadable(cause: BaseException | None) -> str:
    match cause:
        case UnicodeDecodeError():
            return "Send JSON in UTF-8; these bytes are not."
        case RecursionError():
            return "The JSON is nested too deeply."
        case ValueError():
            return "A number has too many digits."
    return "The body could not be read. Send JSON in UTF-8."


def _place(error: InvalidInput) -> dict[str, Any]:
    """Where in its text a formula is wrong, and a text that can be read."""
    if not isinstance(error, FormulaError):
        return {}
    return {"position": error.position, "length": error.length, "suggestion": error.suggestion}


def _entry(location: str, message: str) -> dict[str, Any]:
    return {"location": location, "message": message}


def wants_page(request: Request) -> bool:
    """Whether a browser asks for a page, and not a program for an answer of the API."""
    accepts = request.headers.get("accept", "").lower()
    return "text/html" in accepts and not request.url.path.startswith("/api/")


def install(app: FastAPI, missing: Callable[[Request], Response]) -> None:
    """Register the handlers; `missing` shows a browser that there is no such page."""

    async def _answer(request: Request, error: Exception) -> Response:
        problem = translate(error)
        no_such_page = problem.status in (404, 422) and request.method == "GET" and wants_page(request)
        return await run_in_threadpool(missing, request) if no_such_page else problem_response(problem)

    kinds = (Problem, InvalidInput, Diverged, DatasetMissing)
    for kind in (*kinds, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, _answer)

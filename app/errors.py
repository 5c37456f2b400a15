"""Errors that say with which status they are answered."""

from typing import Any

SUMMARIZED_ERRORS = 3


class Problem(Exception):
    """An answer that is an error."""

    def __init__(
        self,
        status: int,
        detail: str,
        errors: list[dict[str, Any]] | None = None,
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


class StoredByNewer(Problem):
    """503 for what a newer version stored, which this one cannot read."""

    def __init__(self, what: str) -> None:
        super().__init__(503, f"{what} was stored by a newer version of Downhill. Use that version, or a newer one.")


def invalid(entries: list[dict[str, Any]]) -> Problem:
    """422 that names every invalid value."""
    summary = "; ".join(f"{entry['location']}: {entry['message']}" for entry in entries[:SUMMARIZED_ERRORS])
    return Problem(422, summary, entries)


class NotStored(Problem):
    """503 for a change that the database did not take."""

    def __init__(self) -> None:
        detail = "The database did not take the change (locked, or the disk is full). Nothing was changed."
        super().__init__(503, detail, headers={"Retry-After": "1"})


def too_large(location: str, message: str) -> Problem:
    """413 that names the value above its limit."""
    return Problem(413, f"{location}: {message}", [{"location": location, "message": message}])

"""What every route needs: the lab, the addresses of runs, the problems it may answer with."""

from typing import Annotated, Any

from fastapi import Depends, Path, Request

from app.lab import Lab
from app.schemas.answers import ProblemAnswer

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


def lab_of(request: Request) -> Lab:
    """The running lab."""
    lab: Lab = request.app.state.lab
    return lab


LabParameter = Annotated[Lab, Depends(lab_of)]
RunId = Annotated[str, Path(description="A run's id.", max_length=64)]
ShareId = Annotated[str, Path(description="A run's share id.", max_length=64)]

"""The stations' questions: request and answers."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.formulas import Real
from app.schemas.validation import Strict


class MoveAnswer(BaseModel):
    """What a page does to show an answer."""

    control: str = Field(description="A control of the page, as a CSS selector.", examples=["#at"])
    to: float | None = Field(description="The number that it gets; null where it is pressed.", examples=[-2])


class QuestionAnswer(BaseModel):
    """A question without its answer, and where that is had."""

    name: str = Field(examples=["left-of-the-valley"])
    station: str = Field(examples=["derivative"])
    view: str = Field(description="The view of the station that shows it.", examples=[""])
    slide: int = Field(examples=[9])
    text: str = Field(examples=["What is the slope of x² at x₀ = −2?"])
    kind: str = Field(description="number, choice or direction (the way down).", examples=["number"])
    choices: list[str] = Field(examples=[[]])
    call: str = Field(description="The call that knows it.", examples=["functions/derivative"])
    method: str = Field(description="GET where the request is a query.", examples=["POST"])
    request: dict[str, Any] = Field(examples=[{"expression": "x^2", "at": -2}])
    number: str = Field(description="Where it stands in what the call answers.", examples=["derivative.value"])
    reveal: list[MoveAnswer]


class QuestionsAnswer(BaseModel):
    """What the stations ask."""

    questions: list[QuestionAnswer]


class AttemptRequest(Strict):
    """An answer to judge."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"answer": "-4"}]})

    answer: Annotated[
        Real | str | list[Real] | None,
        Field(
            description="A number, also as typed; the text of a choice; the way down as [dx, dy]; null to be told.",
            examples=["-4"],
        ),
    ]


class AttemptAnswer(BaseModel):
    """An answer, judged."""

    name: str = Field(examples=["left-of-the-valley"])
    right: bool = Field(examples=[True])
    verdict: str = Field(
        description="right, rough, sign, double, half, up, level, wrong; told where none was given.", examples=["right"]
    )
    message: str = Field(examples=["Yes."])
    value: float | list[float] | None = Field(
        description="What is right; of a direction the way down, null where there is no such number.", examples=[-4]
    )
    choice: str | None = Field(description="The text of the right choice, where one is to be chosen.", examples=[None])
    because: str = Field(examples=["f′(x) = 2x: on the left the curve falls."])

"""The exercises' requests and answers side by side."""

import math
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.schemas.validation import Seed, Strict

MOST_ROWS = 64
MOST_STEPS = 100
MOST_NAMED = 32
LONGEST_CELL = 200
LARGEST_WHOLE = 2**53

Matrix = list[list[float | None]]


def _rows(value: Any) -> list[list[float | str | None]]:
    """One number, a row, or rows; a cell is a number or a text as typed."""
    rows = value if isinstance(value, list) else [value]
    if not rows or not isinstance(rows[0], list):
        rows = [rows]
    if len(rows) > MOST_ROWS or any(isinstance(row, list) and len(row) > MOST_ROWS for row in rows):
        raise PydanticCustomError("matrix_size", "Give at most {most} rows and columns.", {"most": MOST_ROWS})
    if any(not isinstance(row, list) for row in rows):
        raise PydanticCustomError("matrix", "Give rows of cells, as [[6, 2, 5]]; a cell is a number or a text.")
    for cell in (cell for row in rows for cell in row):
        if isinstance(cell, bool) or not isinstance(cell, int | float | str | None):
            raise PydanticCustomError("cell", 'A cell is a number or a text, as 2.5, "65/8" or "−2"; null is empty.')
    return [[_cell(cell) for cell in row] for row in rows]


def _cell(cell: float | str | None) -> float | str | None:
    """What no float can hold stays a text, and is refused where it is read."""
    if isinstance(cell, int) and abs(cell) > LARGEST_WHOLE:
        return "1e400"
    if isinstance(cell, float) and not math.isfinite(cell):
        return "nan" if math.isnan(cell) else "1e400"
    return cell[:LONGEST_CELL] if isinstance(cell, str) else cell


Answer = Annotated[list[list[float | str | None]], BeforeValidator(_rows)]
Answers = Annotated[dict[str, Answer], Field(max_length=MOST_NAMED)]
SeedField = Field(default=0, description="0: the lecture's own numbers, else fresh small whole ones.", examples=[0])


class GradeRequest(Strict):
    """Answers to one exercise."""

    seed: Seed = SeedField
    answers: Answers = Field(
        description="Field → rows of cells; numbers, or text as typed. Fields left out are empty.",
        examples=[{"z": [[7, 6, 9]], "y_hat": [["7", "6", "9"]], "loss": [["65/2"]]}],
    )
    earlier: Answers = Field(
        default_factory=dict,
        description="Answers to fields of earlier exercises on the same numbers; carried forward, not judged.",
        examples=[{}],
    )


class RevealRequest(Strict):
    """Fields to see the answer of."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"seed": 0, "fields": ["loss"]}]})

    seed: Seed = SeedField
    fields: list[str] = Field(max_length=MOST_NAMED, examples=[["loss"]])


class ConsequenceRequest(Strict):
    """Answers, or mistakes by name, to train on with."""

    seed: Seed = SeedField
    answers: Answers = Field(default_factory=dict, description="As for grading.", examples=[{}])
    earlier: Answers = Field(default_factory=dict, description="As for grading.", examples=[{}])
    mistakes: dict[str, str] = Field(
        default_factory=dict,
        max_length=MOST_NAMED,
        description="Field → identifier of a rule, in the place of answers.",
        examples=[{}],
    )
    steps: int = Field(default=8, ge=1, le=MOST_STEPS, description="Updates to make.", examples=[8])


class ListedExerciseAnswer(BaseModel):
    """An exercise without its numbers."""

    name: str = Field(examples=["lab-forward"])
    title: str = Field(examples=["Forward"])
    slides: str = Field(examples=["35–36"])
    task: str
    sheet: str = Field(description="Exercises of one sheet share their numbers.", examples=["one-layer"])
    earlier: list[str] = Field(description="Fields of the sheet that may be sent as `earlier`.")
    fields: list[str] = Field(examples=[["z", "y_hat", "loss"]])


class ExercisesAnswer(BaseModel):
    """All exercises."""

    exercises: list[ListedExerciseAnswer]


class GivenAnswer(BaseModel):
    """A matrix that is given."""

    label: str = Field(examples=["x"])
    latex: str = Field(examples=["x"])
    symbol: str = Field(description="Whose color it has.", examples=["x"])
    shape: tuple[int, int] = Field(examples=[(1, 2)])
    values: Matrix = Field(examples=[[[1, 2]]])


class UntoldAnswer(BaseModel):
    """A mistake that these numbers cannot tell from the right answer."""

    rule: str = Field(examples=["missing_activation"])
    why: str


class FieldAnswer(BaseModel):
    """A matrix to fill."""

    name: str = Field(examples=["z"])
    label: str = Field(examples=["z"])
    latex: str = Field(examples=["z"])
    symbol: str = Field(description="Whose color it has.", examples=["z"])
    shape: tuple[int, int] = Field(examples=[(1, 3)])
    part: int = Field(examples=[1])
    inputs: list[str] = Field(description="What it is computed from.", examples=[["x", "W"]])
    hints: list[str] = Field(description="From a nudge to the formula.")
    rules: list[str] = Field(description="Mistakes that are known for it.", examples=[["added", "missing_input"]])
    untold: list[UntoldAnswer]


class ExerciseAnswer(BaseModel):
    """An exercise with its numbers."""

    name: str = Field(examples=["lab-forward"])
    title: str = Field(examples=["Forward"])
    slides: str = Field(examples=["35–36"])
    task: str
    sheet: str = Field(examples=["one-layer"])
    earlier: list[str]
    seed: int = Field(examples=[0])
    given: dict[str, GivenAnswer]
    fields: list[FieldAnswer]
    configuration: dict[str, Any] = Field(
        description="The same numbers, as POST /runs and POST /backpropagation take them."
    )


class FaultAnswer(BaseModel):
    """A cell that cannot be read."""

    cell: tuple[int, int] = Field(description="Row and column, from 0.", examples=[(0, 1)])
    message: str


class JudgedFieldAnswer(BaseModel):
    """What is said of one field."""

    state: Literal["exact", "rounded", "close", "wrong", "invalid", "empty"]
    score: float = Field(description="1 where it counts as right, else 0.", examples=[1.0])
    read: Matrix | None = Field(description="The numbers as they were read.", examples=[[[7, 6, 9]]])
    exact: Matrix | None = Field(description="Beside a rounded answer, the exact numbers.", examples=[None])
    expected_shape: tuple[int, int] = Field(examples=[(1, 3)])
    wrong_cells: list[tuple[int, int]]
    faults: list[FaultAnswer]
    rule: str | None = Field(description="Which known mistake it is.", examples=[None])
    factor: float | None = Field(examples=[None])
    carried_forward: bool = Field(description="Right from the student's own earlier answers, which are not right.")
    from_own: list[str] = Field(description="Earlier fields, not right, that it was judged by.")
    untold: list[str] = Field(description="Mistakes that these numbers cannot tell from the right answer.")
    title: str
    message: str


class GradeAnswer(BaseModel):
    """The judgement of an exercise."""

    name: str = Field(examples=["lab-forward"])
    seed: int = Field(examples=[0])
    score: float = Field(description="Right fields over all fields.", examples=[1.0])
    complete: bool = Field(description="Whether every field is right.")
    fields: dict[str, JudgedFieldAnswer]


class RevealedFieldAnswer(BaseModel):
    """The right numbers of a field."""

    values: Matrix = Field(examples=[[[32.5]]])


class RevealAnswer(BaseModel):
    """The right numbers of some fields."""

    name: str = Field(examples=["lab-forward"])
    seed: int = Field(examples=[0])
    fields: dict[str, RevealedFieldAnswer]


class ConsequenceAnswer(BaseModel):
    """Two courses of the loss."""

    applied: Literal["every_step", "one_step", "never"] = Field(
        description="Known mistakes at every step; numbers that no rule explains once; never: nothing to train with."
    )
    mistakes: dict[str, str | None] = Field(description="Field → rule, null where no rule explains the numbers.")
    right: list[float] = Field(examples=[[32.5, 8.125, 2.03125]])
    wrong: list[float | None] = Field(examples=[[32.5, 15.925, 7.80325]])
    right_ratio: float | None = Field(description="The same factor at every step, if so.", examples=[0.25])
    wrong_ratio: float | None = Field(examples=[0.49])
    diverged: bool
    title: str
    message: str

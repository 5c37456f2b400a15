"""What bodies and configurations are made of, and how what is wrong with them is told."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from app.errors import Problem, invalid, too_large
from app.settings import Limits

Number = Annotated[float, Field(allow_inf_nan=False)]
Seed = Annotated[int, Field(ge=0, le=2**32 - 1)]
Matrix = list[list[Number]]
# never changed, as all of a configuration
FrozenMatrix = tuple[tuple[Number, ...], ...]
LISTED_ERRORS = 50
LIMIT = "limit"


class Strict(BaseModel):
    """A body in which every field is known and has its very type."""

    model_config = ConfigDict(strict=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _name_unknown_fields(cls, sent: Any) -> Any:
        """Say of an unknown field which ones are known; "forbid" alone says only that it is not."""
        unknown = [name for name in sent if name not in cls.model_fields] if isinstance(sent, dict) else []
        if unknown:
            known = {"known": ", ".join(cls.model_fields)}
            error = PydanticCustomError("unknown_field", "Unknown field. Known: {known}.", known)
            lines = [InitErrorDetails(type=error, loc=(name,), input=None) for name in unknown[:LISTED_ERRORS]]
            raise ValidationError.from_exception_data(cls.__name__, lines)
        return sent


class Frozen(BaseModel):
    """A whole value: no unknown field, nothing that changes, and its defaults are checked too."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


M = TypeVar("M", bound=Frozen)


def refusal(message: str, *location: str | int, limit: bool = False) -> ValidationError:
    """An error that a validator raises for a value inside its own; `limit`: well formed, but larger than a limit."""
    error = PydanticCustomError(LIMIT if limit else "refused", "{message}", {"message": message})
    return ValidationError.from_exception_data("", [InitErrorDetails(type=error, loc=location, input=None)])


def known(registry: Mapping[str, object]) -> AfterValidator:
    """A name in a registry."""

    def check(name: str) -> str:
        if name not in registry:
            raise refusal(f"Unknown name. Known: {', '.join(registry)}.")
        return name

    return AfterValidator(check)


def check_shape(matrix: FrozenMatrix, rows: int | None, columns: int, *location: str | int) -> None:
    """Refuse a matrix of another shape; `rows` None: any number of them."""
    if rows is not None and len(matrix) != rows:
        raise refusal(f"Give {rows} rows, each of {columns} numbers; there are {len(matrix)} rows.", *location)
    for index, row in enumerate(matrix):
        if len(row) != columns:
            raise refusal(f"Give {columns} numbers; there are {len(row)}.", *location, index)


def form(field: str, with_field: str, without: str) -> Discriminator:
    """Two forms that one field tells apart; a tag in angle brackets is no part of an error's location."""

    def tag(value: Any) -> str:
        names = value if isinstance(value, dict) else type(value).model_fields
        return f"<{with_field if field in names else without}>"

    return Discriminator(tag)


def from_its_defaults() -> Any:
    """What was not said at all is read as an object without fields, so that the error says which ones it needs."""
    return Field(default_factory=dict)


def parse(model: type[M], value: dict[str, Any], limits: Limits, *within: str) -> M:
    """Read a value within the limits; whatever is wrong becomes one problem that names every place."""
    try:
        return model.model_validate(value, context=limits)
    except ValidationError as error:
        raise _problem(error, within) from error


def _problem(error: ValidationError, within: tuple[str, ...]) -> Problem:
    found = error.errors(include_url=False, include_input=False)[:LISTED_ERRORS]
    entries = [{"location": _location((*within, *each["loc"])), "message": each["msg"]} for each in found]
    if all(each["type"] == LIMIT for each in found):
        return too_large(**entries[0])
    return invalid([entry for entry, each in zip(entries, found, strict=True) if each["type"] != LIMIT])


def _location(parts: tuple[str | int, ...]) -> str:
    """A dotted path without the tags that tell two forms of a value apart."""
    return ".".join(str(part) for part in parts if not str(part).startswith("<"))


def without_nulls(said: dict[str, Any]) -> dict[str, Any]:
    """What was said without its nulls, which stand for defaults."""
    cleaned = ((name, without_nulls(value) if isinstance(value, dict) else value) for name, value in said.items())
    return {name: value for name, value in cleaned if value is not None}


def given(body: BaseModel) -> dict[str, Any]:
    """Only the fields that the client sent."""
    return body.model_dump(exclude_unset=True)

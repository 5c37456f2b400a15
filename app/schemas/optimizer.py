"""The update rule and its schedule: as asked for, and filled in; their numbers are those that the core declares."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import (
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    create_model,
    field_validator,
    model_serializer,
    model_validator,
)

from app.schemas.validation import Frozen, Number, Strict, given, known, parse, refusal, without_nulls
from app.settings import Limits
from core.errors import InvalidInput
from core.training.hyperparameters import Hyperparameter, values_of
from core.training.optimizers import OPTIMIZERS, Optimizer, OptimizerSettings
from core.training.schedules import SCHEDULES, Schedule, ScheduleSettings

Registry = Mapping[str, Optimizer] | Mapping[str, Schedule]


class _ScheduleMethod(Strict):
    """How the learning rate changes from step to step; η times the schedule's factor."""

    method: str | None = Field(
        default=None, description="A name from the catalog's schedules; constant unless given.", examples=["cosine"]
    )


def _declared(registry: Registry) -> dict[str, Any]:
    """A field for every number that an entry of a registry takes."""
    fields: dict[str, Any] = {}
    for name, entry in registry.items():
        for each in entry.hyperparameters:
            fields.setdefault(each.name, (_type_of(each), _field_of(name, each)))
    return fields


def _type_of(each: Hyperparameter) -> Any:
    return int | None if each.whole else Number | None


def _field_of(entry: str, each: Hyperparameter) -> Any:
    low: dict[str, Any] = {"gt" if each.open_below else "ge": each.least}
    high: dict[str, Any] = {"lt" if each.open_above else "le": each.most}
    words = f"For the method {entry}: {each.label}; {each.default:g} unless given."
    return Field(default=None, description=words, examples=[each.default], **low, **high)


if TYPE_CHECKING:

    class ScheduleRequest(_ScheduleMethod):
        """A schedule, with the numbers that it takes."""

else:
    ScheduleRequest = create_model(
        "ScheduleRequest", __base__=_ScheduleMethod, __doc__=_ScheduleMethod.__doc__, **_declared(SCHEDULES)
    )


class _OptimizerMethod(Strict):
    """The update rule."""

    method: str | None = Field(
        default=None, description="A name from the catalog's optimizers; gradient_descent unless given.",
        examples=["gradient_descent"],
    )  # fmt: skip
    learning_rate: Number | None = Field(default=None, gt=0, description="η, above 0.", examples=[0.1])
    schedule: ScheduleRequest | None = Field(default=None, description="Factors of η, step by step.", examples=[None])


if TYPE_CHECKING:

    class OptimizerRequest(_OptimizerMethod):
        """An update rule, with the numbers that it takes."""

else:
    OptimizerRequest = create_model(
        "OptimizerRequest", __base__=_OptimizerMethod, __doc__=_OptimizerMethod.__doc__, **_declared(OPTIMIZERS)
    )


class _WithNumbers(Frozen):
    """An entry of a registry, and every number that it takes as a field of its own."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Number]

    @property
    def numbers(self) -> dict[str, float]:
        """The hyperparameters by name."""
        return dict(self.__pydantic_extra__)


def _filled(said: Any, registry: Registry, default: str, fields: set[str]) -> Any:
    """Fill in the numbers that the method takes; a number that it does not take is refused."""
    if not isinstance(said, dict) or said.get("method", default) not in registry:
        return said
    method = said.get("method", default)
    declared = registry[method].hyperparameters
    for name in said.keys() - fields - {each.name for each in declared}:
        takes = ", ".join(each.name for each in declared) or "no number of its own"
        raise refusal(f"{method} takes {takes}.", name)
    return {**said, **values_of(declared, said)}


def _check_ranges(numbers: Mapping[str, float], entry: Optimizer | Schedule) -> None:
    for each in entry.hyperparameters:
        try:
            each.check(each.name, numbers[each.name])
        except InvalidInput as error:
            raise refusal(error.message, each.name) from error


class ScheduleConfiguration(_WithNumbers):
    """How the learning rate changes."""

    method: Annotated[str, known(SCHEDULES)] = "constant"

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, said: Any) -> Any:
        return _filled(said, SCHEDULES, "constant", {"method"})

    @model_validator(mode="after")
    def _in_range(self) -> Self:
        _check_ranges(self.numbers, SCHEDULES[self.method])
        return self


# version 0.1 told a momentum for gradient descent too: it is still told and read there
_EVERYWHERE = "momentum"
_TOLD_IN_0_1 = {"gradient_descent": {_EVERYWHERE: 0.9}}


class OptimizerConfiguration(_WithNumbers):
    """The update rule."""

    method: Annotated[str, known(OPTIMIZERS)] = "gradient_descent"
    learning_rate: Number = 0.0
    schedule: ScheduleConfiguration | None = None

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, said: Any) -> Any:
        if not isinstance(said, dict):
            return said
        method = said.get("method", "gradient_descent")
        fields = {"method", "learning_rate", "schedule", *_TOLD_IN_0_1.get(method, ())}
        filled = _filled(said, OPTIMIZERS, "gradient_descent", fields)
        if method in OPTIMIZERS and _EVERYWHERE not in {each.name for each in OPTIMIZERS[method].hyperparameters}:
            rest = {name: value for name, value in filled.items() if name != _EVERYWHERE}
            told = _TOLD_IN_0_1.get(method, {})
            return rest | {name: filled.get(name, default) for name, default in told.items()}
        return filled

    @field_validator("learning_rate")
    @classmethod
    def _usable(cls, rate: float, info: ValidationInfo) -> float:
        if wrong := wrong_rate(rate, info.context):
            raise refusal(wrong)
        return rate

    @model_validator(mode="after")
    def _in_range(self) -> Self:
        _check_ranges(self.numbers, OPTIMIZERS[self.method])
        return self

    @model_serializer(mode="wrap")
    def _without_no_schedule(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written: dict[str, Any] = write(self)
        return {name: value for name, value in written.items() if name != "schedule" or value is not None}

    @property
    def settings(self) -> OptimizerSettings:
        """The update rule in the terms of the core."""
        return OptimizerSettings(self.method, self.numbers)

    @property
    def schedule_settings(self) -> ScheduleSettings:
        """The schedule in the terms of the core."""
        return ScheduleSettings(self.schedule.method, self.schedule.numbers) if self.schedule else ScheduleSettings()


def optimizer_of(
    body: OptimizerRequest | None, limits: Limits, learning_rate: float, location: str = "optimizer"
) -> OptimizerConfiguration:
    """Fill in what was not said of an update rule, the learning rate too."""
    said = {"learning_rate": learning_rate} | (without_nulls(given(body)) if body else {})
    return parse(OptimizerConfiguration, said, limits, location)


def wrong_rate(rate: float, limits: Limits | None) -> str | None:
    if rate <= 0:
        return "Give a learning rate above 0, as 0.1."
    if limits and rate > limits.learning_rate:
        return f"Give a learning rate of at most {limits.learning_rate:g}."
    return None


def check_learning_rate(location: str, rate: float, limits: Limits) -> None:
    """Refuse a huge learning rate."""
    if wrong := wrong_rate(rate, limits):
        raise InvalidInput(location, wrong)

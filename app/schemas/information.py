"""What the server can do and what is there: health, catalog, data sets."""

from typing import Any

from pydantic import BaseModel, Field


class MnistAnswer(BaseModel):
    """Whether MNIST is there."""

    status: str = Field(examples=["ready"])
    train: int
    test: int
    shape: list[int]
    command: str


class ImagesAnswer(BaseModel):
    """Digits as pixels."""

    split: str
    images: list[dict[str, Any]]


class HealthAnswer(BaseModel):
    """Whether the server is well."""

    status: str = Field(examples=["ok"])
    version: str
    datasets: dict[str, str]
    executor: dict[str, int]


class CatalogAnswer(BaseModel):
    """What can be chosen."""

    version: str
    activations: list[dict[str, Any]]
    losses: list[dict[str, Any]]
    initializations: list[dict[str, Any]]
    optimizers: list[dict[str, Any]] = Field(description="With their hyperparameters, and the slots they remember.")
    schedules: list[dict[str, Any]] = Field(description="Factors of the learning rate, by the step.")
    datasets: list[dict[str, Any]]
    presets: list[dict[str, Any]]
    functions: list[dict[str, Any]] = Field(description="What a formula may call.")
    examples: list[dict[str, Any]] = Field(description="The lecture's functions as requests to /functions/….")
    surfaces: list[dict[str, Any]] = Field(description="Functions with known minima, for descents without a network.")
    precisions: list[str]
    limits: dict[str, int | float]

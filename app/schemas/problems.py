"""Problems as OpenAPI describes them (RFC 9457)."""

from pydantic import BaseModel, Field


class FieldError(BaseModel):
    """One invalid value."""

    location: str = Field(description="Dotted path.", examples=["network.layer_sizes"])
    message: str = Field(description="What would be right.", examples=["Every width must be at least 1."])
    position: int | None = Field(
        None, description="Of a formula: the first character at fault, from 0.", examples=[None]
    )
    length: int | None = Field(None, description="Of a formula: how many characters are at fault.", examples=[None])
    suggestion: str | None = Field(None, description="Of a formula: a whole text that can be read.", examples=[None])


class ProblemAnswer(BaseModel):
    """A problem (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Unprocessable Entity"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["network.layer_sizes: Every width must be at least 1."])
    errors: list[FieldError] | None = None
    command: str | None = Field(None, description="503: what fetches the data set.")

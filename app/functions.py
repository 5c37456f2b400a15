"""Function calls: read the formulas here, so that what cannot be read is refused at once; the rest is the worker's."""

import asyncio
from collections.abc import Sequence

from app.lab import Lab
from app.schemas.functions import DerivativeRequest
from core.errors import InvalidInput
from core.expressions import Expression, parse


async def derivative(lab: Lab, body: DerivativeRequest) -> bytes:
    """The derivative of a function of one variable."""
    expression = await asyncio.to_thread(parse, body.expression, "expression")
    arguments = {
        "text": body.expression,
        "variable": _one_variable(expression, "expression"),
        "at": body.at,
        "delta": _not_zero(body.delta, "delta"),
        "domain": _ends(body.domain, "domain"),
        "samples": body.samples,
    }
    return await lab.symbolic.ask("expression", "derivative", arguments)


def _one_variable(expression: Expression, location: str) -> str:
    names = expression.variables
    if len(names) > 1:
        message = f"This needs a function of one variable, as x^2; here there are {', '.join(names)}."
        raise InvalidInput(location, message)
    return names[0] if names else "x"


def _not_zero(step: float, location: str) -> float:
    if step == 0:
        raise InvalidInput(location, "Give a number other than 0, as 0.5 or -0.5: two points make a secant.")
    return step


def _ends(domain: Sequence[float], location: str) -> tuple[float, float]:
    left, right = domain
    if not left < right:
        raise InvalidInput(location, "The left end must be smaller than the right end, as [-3, 3].")
    return left, right

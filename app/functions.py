"""Function calls: read the formulas here, so that what cannot be read is refused at once; the rest is the worker's."""

import asyncio
from collections.abc import Mapping, Sequence

from app.configuration import optimizer_of
from app.lab import Lab
from app.schemas.functions import ChainRequest, DerivativeRequest, DescentRequest, GradientRequest, JacobianRequest
from app.schemas.requests import given
from core.errors import FormulaError, InvalidInput
from core.expressions import Expression, parse
from core.expressions_nodes import Node, Variable

NAME_LENGTH = 40
LEARNING_RATE = 0.1


async def derivative(lab: Lab, body: DerivativeRequest) -> bytes:
    """The derivative of a function of one variable."""
    expression = await asyncio.to_thread(parse, body.expression, "expression")
    arguments = {
        "text": body.expression,
        "variable": _one_variable(expression, "expression", "x"),
        "at": body.at,
        "delta": _not_zero(body.delta, "delta"),
        "domain": _ends(body.domain, "domain"),
        "samples": body.samples,
    }
    return await lab.symbolic.ask("expression", "derivative", arguments)


async def gradient(lab: Lab, body: GradientRequest) -> bytes:
    """The gradient of a function of two variables."""
    at = _point(body.at, "at")
    await asyncio.to_thread(_parse_over, body.expression, "expression", at)
    arguments = {
        "text": body.expression,
        "at": at,
        "domain": _domains(body.domain, at, (-3.0, 3.0)),
        "samples": body.samples,
    }
    return await lab.symbolic.ask("expression", "gradient", arguments)


async def jacobian(lab: Lab, body: JacobianRequest) -> bytes:
    """The Jacobian of a function with several outputs."""
    at = _point(body.at, "at")
    for index, text in enumerate(body.expressions):
        await asyncio.to_thread(_parse_over, text, f"expressions.{index}", at)
    arguments = {
        "texts": body.expressions,
        "at": at,
        "domain": _domains(body.domain, at, (-2.0, 2.0)),
        "side": body.side,
    }
    return await lab.symbolic.ask("expressions", "jacobian", arguments)


async def chain(lab: Lab, body: ChainRequest) -> bytes:
    """The chain rule at a point."""
    outer = await asyncio.to_thread(parse, body.outer, "outer")
    inner = await asyncio.to_thread(parse, body.inner, "inner")
    functions = {
        "outer": body.outer,
        "outer_variable": _one_variable(outer, "outer", "u"),
        "inner": body.inner,
        "inner_variable": _one_variable(inner, "inner", "x"),
    }
    arguments = {
        "functions": functions,
        "at": body.at,
        "nudge": _not_zero(body.nudge, "nudge"),
        "domain": _ends(body.domain, "domain"),
        "samples": body.samples,
    }
    return await lab.symbolic.ask("outer", "chain", arguments)


async def descent(lab: Lab, body: DescentRequest) -> bytes:
    """Gradient descent on a function of one or two variables."""
    start = await asyncio.to_thread(_start, body)
    said = given(body.optimizer) if body.optimizer else {}
    optimizer = optimizer_of({"learning_rate": LEARNING_RATE} | said, lab.limits)
    arguments = {"text": body.expression, "start": start, "optimizer": optimizer, "steps": body.steps}
    return await lab.symbolic.ask("expression", "descent", arguments)


def _start(body: DescentRequest) -> dict[str, float]:
    """Where to begin, by the names of the variables."""
    if not isinstance(body.start, dict):
        expression = parse(body.expression, "expression")
        if len(expression.variables) > 1:
            names = ", ".join(expression.variables)
            message = f'The formula has {names}: give a number for each, as {{"x": 1, "y": 2}}.'
            raise InvalidInput("start", message)
        return {(expression.variables or ("x",))[0]: body.start}
    start = _point(body.start, "start")
    if not 1 <= len(start) <= 2:
        raise InvalidInput("start", 'Give a number for one or two variables, as {"x": 1, "y": 2}.')
    _parse_over(body.expression, "expression", start)
    return start


def _point(named: Mapping[str, float], location: str) -> dict[str, float]:
    """A point with the names of its variables as formulas know them: x₁ is x1."""
    point: dict[str, float] = {}
    for text, value in named.items():
        name = _variable(text, location)
        if name in point:
            raise InvalidInput(f"{location}.{text}", f"{name} is here twice.")
        point[name] = value
    return point


def _variable(text: str, location: str) -> str:
    node: Node | None
    try:
        node = parse(text).node
    except FormulaError:
        node = None
    if not isinstance(node, Variable):
        raise InvalidInput(
            f"{location}.{text[:NAME_LENGTH]}", "This is no variable. Variables are x, y, x1, ŷ and the like."
        )
    return node.name


def _parse_over(text: str, location: str, point: Mapping[str, float]) -> Expression:
    """Read a formula in some or all of the variables of a point."""
    expression = parse(text, location)
    missing = [name for name in expression.variables if name not in point]
    if missing:
        message = f"There is {' and '.join(missing)} here, but the point has only {', '.join(point)}."
        raise InvalidInput(location, message)
    return expression


def _domains(
    asked: Mapping[str, Sequence[float]] | None, point: Mapping[str, float], usual: tuple[float, float]
) -> dict[str, tuple[float, float]]:
    """Left and right ends for every variable of the point."""
    domains = dict.fromkeys(point, usual)
    for text, ends in (asked or {}).items():
        name = _variable(text, "domain")
        if name not in point:
            raise InvalidInput(f"domain.{text}", f"The point has no {name}. It has {', '.join(point)}.")
        domains[name] = _ends(ends, f"domain.{text}")
    return domains


def _one_variable(expression: Expression, location: str, usual: str) -> str:
    names = expression.variables
    if len(names) > 1:
        message = f"This needs a function of one variable, as {usual}^2; here there are {', '.join(names)}."
        raise InvalidInput(location, message)
    return names[0] if names else usual


def _not_zero(step: float, location: str) -> float:
    if step == 0:
        raise InvalidInput(location, "Give a number other than 0, as 0.5 or -0.5: two points make a secant.")
    return step


def _ends(domain: Sequence[float], location: str) -> tuple[float, float]:
    left, right = domain
    if not left < right:
        raise InvalidInput(location, "The left end must be smaller than the right end, as [-3, 3].")
    return left, right

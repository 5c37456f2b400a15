"""Function calls: read the formulas here, so that what cannot be read is refused at once; the rest is the worker's."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from app.configuration import optimizer_of
from app.lab import Lab
from app.schemas.functions import ChainRequest, DerivativeRequest, DescentRequest, GradientRequest, JacobianRequest
from app.schemas.requests import given
from app.settings import Limits
from core.errors import FormulaError, InvalidInput
from core.expressions import Expression, parse
from core.expressions_nodes import Node, Variable

Arguments = dict[str, Any]
T = TypeVar("T")

NAME_LENGTH = 40
LEARNING_RATE = 0.1


async def derivative(lab: Lab, body: DerivativeRequest) -> bytes:
    """The derivative of a function of one variable."""
    return await _ask(lab, "derivative", "expression", _derivative, body)


async def gradient(lab: Lab, body: GradientRequest) -> bytes:
    """The gradient of a function of two variables."""
    return await _ask(lab, "gradient", "expression", _gradient, body)


async def jacobian(lab: Lab, body: JacobianRequest) -> bytes:
    """The Jacobian of a function with several outputs."""
    return await _ask(lab, "jacobian", "expressions", _jacobian, body)


async def chain(lab: Lab, body: ChainRequest) -> bytes:
    """The chain rule at a point."""
    return await _ask(lab, "chain", "outer", _chain, body)


async def descent(lab: Lab, body: DescentRequest) -> bytes:
    """Gradient descent on a function of one or two variables."""
    return await _ask(lab, "descent", "expression", _descent, body, lab.limits)


async def _ask(lab: Lab, call: str, location: str, read: Callable[..., Arguments], *args: Any) -> bytes:
    """Read the request in a thread, as the event loop never computes, then ask the worker."""
    arguments = await asyncio.to_thread(read, *args)
    return await lab.symbolic.ask(location, call, arguments)


def _derivative(body: DerivativeRequest) -> Arguments:
    expression = parse(body.expression, "expression")
    return {
        "text": body.expression,
        "variable": _one_variable(expression, "expression", "x"),
        "at": body.at,
        "delta": _not_zero(body.delta, "delta"),
        "domain": _ends(body.domain, "domain"),
        "samples": body.samples,
    }


def _gradient(body: GradientRequest) -> Arguments:
    at = _by_variable(body.at, "at")
    _check_variables(body.expression, "expression", at)
    domain = _domains(body.domain, at, (-3.0, 3.0))
    return {"text": body.expression, "at": at, "domain": domain, "samples": body.samples}


def _jacobian(body: JacobianRequest) -> Arguments:
    at = _by_variable(body.at, "at")
    for index, text in enumerate(body.expressions):
        _check_variables(text, f"expressions.{index}", at)
    domain = _domains(body.domain, at, (-2.0, 2.0))
    return {"texts": body.expressions, "at": at, "domain": domain, "side": body.side}


def _chain(body: ChainRequest) -> Arguments:
    outer, inner = parse(body.outer, "outer"), parse(body.inner, "inner")
    functions = {
        "outer": body.outer,
        "outer_variable": _one_variable(outer, "outer", "u"),
        "inner": body.inner,
        "inner_variable": _one_variable(inner, "inner", "x"),
    }
    return {
        "functions": functions,
        "at": body.at,
        "nudge": _not_zero(body.nudge, "nudge"),
        "domain": _ends(body.domain, "domain"),
        "samples": body.samples,
    }


def _descent(body: DescentRequest, limits: Limits) -> Arguments:
    start = _start(body)
    said = given(body.optimizer) if body.optimizer else {}
    optimizer = optimizer_of({"learning_rate": LEARNING_RATE} | said, limits)
    return {"text": body.expression, "start": start, "optimizer": optimizer, "steps": body.steps}


def _start(body: DescentRequest) -> dict[str, float]:
    """Where to begin, by the names of the variables."""
    if not isinstance(body.start, dict):
        expression = parse(body.expression, "expression")
        if len(expression.variables) > 1:
            names = ", ".join(expression.variables)
            message = f'The formula has {names}: give a number for each, as {{"x": 1, "y": 2}}.'
            raise InvalidInput("start", message)
        return {(expression.variables or ("x",))[0]: body.start}
    start = _by_variable(body.start, "start")
    if not 1 <= len(start) <= 2:
        raise InvalidInput("start", 'Give a number for one or two variables, as {"x": 1, "y": 2}.')
    _check_variables(body.expression, "expression", start)
    return start


def _by_variable(asked: Mapping[str, T], location: str) -> dict[str, T]:
    """The same with the names of the variables as formulas know them, in the same order: x₁ is x1."""
    named: dict[str, T] = {}
    for text, value in asked.items():
        name = _variable(text, location)
        if name in named:
            raise InvalidInput(f"{location}.{text[:NAME_LENGTH]}", f"{name} is here twice.")
        named[name] = value
    return named


def _variable(text: str, location: str) -> str:
    try:
        node: Node | None = parse(text).node
    except FormulaError:
        node = None
    if not isinstance(node, Variable):
        raise InvalidInput(
            f"{location}.{text[:NAME_LENGTH]}", "This is no variable. Variables are x, y, x1, ŷ and the like."
        )
    return node.name


def _check_variables(text: str, location: str, point: Mapping[str, float]) -> None:
    """Read a formula in some or all of the variables of a point."""
    missing = [name for name in parse(text, location).variables if name not in point]
    if missing:
        message = f"There is {' and '.join(missing)} here, but the point has only {', '.join(point)}."
        raise InvalidInput(location, message)


def _domains(
    asked: Mapping[str, Sequence[float]] | None, point: Mapping[str, float], usual: tuple[float, float]
) -> dict[str, tuple[float, float]]:
    """Left and right ends for every variable of the point."""
    asked = asked or {}
    domains = dict.fromkeys(point, usual)
    for text, (name, ends) in zip(asked, _by_variable(asked, "domain").items(), strict=True):
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

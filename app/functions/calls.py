"""Function calls: read the formulas here, so that what cannot be read is refused at once; the rest is the worker's."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from app.backend import Backend
from app.errors import Problem
from app.functions import worker
from app.schemas.chain import ChainRequest
from app.schemas.derivative import DerivativeRequest
from app.schemas.descent import DescentRequest, RaceOnFunctionRequest
from app.schemas.gradient import GradientRequest
from app.schemas.jacobian import JacobianRequest
from app.schemas.optimizer import OptimizerRequest, optimizer_of
from app.settings import Limits
from core.errors import FormulaError, InvalidInput, LimitExceeded
from core.formulas.expressions import Expression, parse
from core.formulas.nodes import Node, Variable

Arguments = dict[str, Any]
T = TypeVar("T")

NAME_LENGTH = 40
LEARNING_RATE = 0.1
# of all racers together: about a second
MOST_UPDATES = 3000


async def derivative(backend: Backend, body: DerivativeRequest) -> bytes:
    """The derivative of a function of one variable."""
    return await _ask(backend, "derivative", "expression", _derivative, body)


async def gradient(backend: Backend, body: GradientRequest) -> bytes:
    """The gradient of a function of two variables."""
    return await _ask(backend, "gradient", "expression", _gradient, body)


async def jacobian(backend: Backend, body: JacobianRequest) -> bytes:
    """The Jacobian of a function with several outputs."""
    return await _ask(backend, "jacobian", "expressions", _jacobian, body)


async def chain(backend: Backend, body: ChainRequest) -> bytes:
    """The chain rule at a point."""
    return await _ask(backend, "chain", "outer", _chain, body)


async def descent(backend: Backend, body: DescentRequest) -> bytes:
    """Gradient descent on a function of one or two variables."""
    return await _ask(backend, "descent", "expression", _descent, body, backend.limits)


async def race(backend: Backend, body: RaceOnFunctionRequest) -> bytes:
    """Several update rules from one start."""
    return await _ask(backend, "race", "expression", _race, body, backend.limits)


async def _ask(backend: Backend, call: str, location: str, read: Callable[..., Arguments], *args: Any) -> bytes:
    """Read the request in a thread, as the event loop never computes, then ask the worker."""
    arguments = await asyncio.to_thread(read, *args)
    seconds = backend.limits.symbolic_seconds
    try:
        answer = await backend.symbolic.call(worker.answer, (call, arguments), seconds)
    except TimeoutError:
        answer = None
    if answer is None:
        raise _too_complicated(location, seconds)
    return answer


def _too_complicated(location: str, seconds: float) -> Problem:
    """422 that blames a field: the call took too long or too much memory."""
    message = (
        f"This is too complicated: it needs more than {seconds:g} s or too much memory. "
        "Try a shorter formula, smaller powers or fewer samples."
    )
    return Problem(422, f"{location}: {message}", [{"location": location, "message": message}])


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
    optimizer, rule = _rule(body.optimizer, limits)
    return {"text": body.expression, "start": _start(body), "optimizer": optimizer, "rule": rule, "steps": body.steps}


def _rule(asked: OptimizerRequest | None, limits: Limits, *location: str) -> tuple[dict[str, Any], tuple[Any, ...]]:
    """An update rule as it is told, and as the worker takes it."""
    optimizer = optimizer_of(asked, limits, LEARNING_RATE, *location)
    return optimizer.model_dump(), (optimizer.settings, optimizer.schedule_settings, optimizer.learning_rate)


def _race(body: RaceOnFunctionRequest, limits: Limits) -> Arguments:
    start = _start(body)
    minima = [_by_variable(each, f"minima.{index}") for index, each in enumerate(body.minima)]
    for index, each in enumerate(minima):
        if each.keys() != start.keys():
            raise InvalidInput(f"minima.{index}", f"Give a number for each of {', '.join(start)}.")
    updates = len(body.racers) * body.steps
    if updates > MOST_UPDATES:
        message = f"{len(body.racers)} racers and {body.steps} steps are {updates} updates; at most {MOST_UPDATES}."
        raise LimitExceeded("steps", message)
    return {
        "text": body.expression,
        "start": start,
        "racers": [_rule(racer, limits, f"racers.{index}") for index, racer in enumerate(body.racers)],
        "steps": body.steps,
        "minima": [[each[name] for name in start] for each in minima],
    }


def _start(body: DescentRequest | RaceOnFunctionRequest) -> dict[str, float]:
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

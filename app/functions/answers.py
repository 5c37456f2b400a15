"""Answers to function calls, put together in the worker process: formulas with MathML, numbers, programs."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from app.mathml import mathml
from core.calculus.analysis import Analysis, analyze
from core.calculus.chain import Composition, chain_at, compose, curves_of, nudge_through, seen_by_outer
from core.calculus.curves import Curve, sample
from core.calculus.derivation.algebra import limit_lines
from core.calculus.derivation.lines import Line
from core.calculus.derivative import differentiate, tangent_of
from core.calculus.descent import descend, nearest, updates
from core.calculus.fields import Arrows, Domain, Surface, arrows_of, gradient_at, slice_along, surface_of
from core.calculus.jacobian import GridLine, grid_of, jacobian_at
from core.calculus.points import PointStudy
from core.calculus.square import square_at
from core.formulas.expressions import parse
from core.formulas.moves import MOVE, RATE, area_factor_of, change_of, linear_of, minors_of, secant_of, step_of
from core.formulas.nodes import Call, Node, substituted
from core.formulas.printing import latex_of, text_of
from core.formulas.programs import Program, program_of
from core.network.activations import Array
from core.training.optimizers import OptimizerSettings
from core.training.schedules import ScheduleSettings

KEPT = 64  # answers of each kind that a drag or another reader may ask for again


@lru_cache(KEPT)
def _analysis(text: str, variables: tuple[str, ...], location: str = "expression") -> Analysis:
    return analyze(parse(text).node, variables, location)


@lru_cache(KEPT)
def _curve(text: str, variable: str, domain: tuple[float, float], samples: int) -> Curve:
    return sample(_analysis(text, (variable,)), {}, variable, domain, samples)


@lru_cache(KEPT)
def _limit(text: str, variable: str) -> list[dict[str, Any]]:
    return [_line(line) for line in limit_lines(_analysis(text, (variable,)))]


def _line(line: Line) -> dict[str, Any]:
    return {"latex": line.latex, "mathml": mathml(line.latex, display=True), "note": line.note}


@lru_cache(16 * KEPT)
def _formula(node: Node) -> dict[str, Any]:
    latex = latex_of(node)
    return {"text": text_of(node), "latex": latex, "mathml": mathml(latex)}


def derivative(
    text: str, variable: str, at: float, delta: float, domain: Sequence[float], samples: int
) -> dict[str, Any]:
    """Secant, tangent, limit."""
    analysis = _analysis(text, (variable,))
    found = differentiate(analysis, at, delta)
    point = found.point
    return {
        "expression": _formula(analysis.node),
        "variable": variable,
        "at": at,
        "value": point.value,
        "derivative": {**_formula(analysis.partials[0]), "value": point.slope},
        "secant": found.secant,
        "tangent": found.tangent,
        "table": found.table,
        "one_sided": {"left": point.left, "right": point.right},
        "differentiable": point.differentiable,
        "obstacle": point.obstacle,
        "reason": point.reason,
        "curve": _curve(text, variable, tuple(domain), samples),
        "limit": _limit(text, variable),
        "programs": _derivative_programs(text, variable),
    }


@lru_cache(KEPT)
def _derivative_programs(text: str, variable: str) -> dict[str, Program]:
    analysis = _analysis(text, (variable,))
    return {
        "value": analysis.program,
        "derivative": analysis.partial_programs[0],
        "secant": program_of(secant_of(analysis.node, variable), (variable, MOVE)),
        "step": program_of(step_of(analysis.partials[0], variable), (variable, RATE)),
    }


@lru_cache(KEPT)
def _field(text: str, variables: tuple[str, ...], domains: tuple[Domain, ...], samples: int) -> tuple[Surface, Arrows]:
    analysis, named = _analysis(text, variables), dict(zip(variables, domains, strict=True))
    return surface_of(analysis, named, samples), arrows_of(analysis, named)


def gradient(text: str, at: dict[str, float], domain: dict[str, Domain], samples: int) -> dict[str, Any]:
    """Partial derivatives, slices, surface, arrows."""
    names = tuple(at)
    analysis = _analysis(text, names)
    found = gradient_at(analysis, at)
    surface, arrows = _field(text, names, tuple(domain[name] for name in names), samples)
    slices, partials = {}, {}
    for name, node in zip(names, analysis.partials, strict=True):
        partial = found.partials[name]
        curve, tangent = slice_along(analysis, at, name, domain[name]), tangent_of(partial, at[name])
        slices[name] = {"x": curve.x, "z": curve.y} | (vars(tangent) if tangent else {"slope": None, "intercept": None})
        partials[name] = {**_formula(node), "value": partial.slope}
    return {
        "expression": _formula(analysis.node),
        "variables": names,
        "at": at,
        "value": found.value,
        "partials": partials,
        "gradient": found.vector,
        "norm": found.norm,
        "differentiable": found.reason is None,
        "reason": found.reason,
        "slices": slices,
        "surface": surface,
        "arrows": arrows,
        "programs": _gradient_programs(text, names),
    }


@lru_cache(KEPT)
def _gradient_programs(text: str, names: tuple[str, ...]) -> dict[str, Any]:
    analysis = _analysis(text, names)
    steps = (
        program_of(step_of(partial, name), (*names, RATE))
        for name, partial in zip(names, analysis.partials, strict=True)
    )
    return {
        "value": analysis.program,
        "partials": dict(zip(names, analysis.partial_programs, strict=True)),
        "steps": dict(zip(names, steps, strict=True)),
    }


def _outputs(texts: Sequence[str], variables: tuple[str, ...]) -> list[Analysis]:
    return [_analysis(text, variables, f"expressions.{index}") for index, text in enumerate(texts)]


@lru_cache(KEPT)
def _grid(texts: tuple[str, ...], variables: tuple[str, ...], domains: tuple[Domain, ...]) -> list[GridLine]:
    return grid_of(_outputs(texts, variables), dict(zip(variables, domains, strict=True)))


def jacobian(texts: Sequence[str], at: dict[str, float], domain: dict[str, Domain], side: float) -> dict[str, Any]:
    """The matrix, and with two variables the image of a grid and of a square."""
    names = tuple(at)
    outputs = _outputs(texts, names)
    found = jacobian_at(outputs, at)
    plane = len(names) == 2
    return {
        "expressions": [_formula(output.node) for output in outputs],
        "variables": names,
        "at": at,
        "values": found.values,
        "symbolic": [[_formula(node) for node in output.partials] for output in outputs],
        "matrix": found.matrix,
        "determinant": found.determinant,
        "differentiable": found.reason is None,
        "reason": found.reason,
        "grid": _grid(tuple(texts), names, tuple(domain[name] for name in names)) if plane else None,
        "square": square_at(outputs, at, side, found) if plane else None,
        "programs": _jacobian_programs(tuple(texts), names),
    }


@lru_cache(KEPT)
def _jacobian_programs(texts: tuple[str, ...], names: tuple[str, ...]) -> dict[str, Any]:
    outputs = _outputs(texts, names)
    matrix = [output.partials for output in outputs]
    plane, moved = len(names) == 2, (*names, MOVE)
    factor, minors = (area_factor_of(matrix), minors_of(matrix)) if plane else (None, [])
    return {
        "values": [output.program for output in outputs],
        "matrix": [output.partial_programs for output in outputs],
        "change": [program_of(change_of(output.node, names), moved) for output in outputs],
        "linear": [program_of(linear_of(row), moved) for row in matrix],
        "determinant": program_of(minors[0], names) if len(minors) == 1 else None,
        "area_factor": program_of(factor, names) if factor else None,
    }


@lru_cache(KEPT)
def _composition(outer: str, outer_variable: str, inner: str, inner_variable: str) -> Composition:
    return compose(_analysis(outer, (outer_variable,), "outer"), _analysis(inner, (inner_variable,), "inner"))


@lru_cache(KEPT)
def _chain_curves(
    names: tuple[str, str, str, str], domain: Domain, samples: int, seen: Domain
) -> dict[str, dict[str, Array]]:
    found = curves_of(_composition(*names), domain, samples, seen)
    return {name: {"x": curve.x, "y": curve.y} for name, curve in vars(found).items()}


def chain(functions: dict[str, str], at: float, nudge: float, domain: Domain, samples: int) -> dict[str, Any]:
    """Both slopes, their product, the composite's own, a nudge."""
    names = (functions["outer"], functions["outer_variable"], functions["inner"], functions["inner_variable"])
    composition = _composition(*names)
    found = chain_at(composition, at)
    analyses = vars(composition)
    return {
        **{name: _part(analysis, getattr(found, name)) for name, analysis in analyses.items()},
        "at": at,
        "product": found.product,
        "differentiable": found.composite.differentiable,
        "reason": found.reason,
        "nudge": nudge_through(composition, found, at, nudge),
        "curves": _chain_curves(names, domain, samples, seen_by_outer(composition, domain, at)),
        "programs": _chain_programs(names),
    }


@lru_cache(KEPT)
def _chain_programs(names: tuple[str, str, str, str]) -> dict[str, Any]:
    """f, g and f(g) with their slopes, and what becomes of a move Δ of x, truly and by the slopes."""
    composition = _composition(*names)
    analyses, (inner, outer, composite) = (
        vars(composition),
        (composition.inner, composition.outer, composition.composite),
    )
    [x], [u] = inner.variables, outer.variables
    product = Call("multiply", (substituted(outer.partials[0], {u: inner.node}), inner.partials[0]))
    moves = {
        "du": change_of(inner.node, (x,)),
        "dy": change_of(composite.node, (x,)),
        "du_linear": linear_of(inner.partials),
        "dy_linear": linear_of((product,)),
    }
    return {
        **{name: analysis.program for name, analysis in analyses.items()},
        **{f"{name}_derivative": analysis.partial_programs[0] for name, analysis in analyses.items()},
        "product": program_of(product, (x,)),
        "nudge": {name: program_of(node, (x, MOVE)) for name, node in moves.items()},
    }


def _part(analysis: Analysis, point: PointStudy | None) -> dict[str, Any]:
    return {
        **_formula(analysis.node),
        "variable": analysis.variables[0],
        "value": point.value if point else None,
        "slope": point.slope if point else None,
        "derivative": _formula(analysis.partials[0]),
    }


Rule = tuple[OptimizerSettings, ScheduleSettings, float]


def descent(text: str, start: dict[str, float], optimizer: dict[str, Any], rule: Rule, steps: int) -> dict[str, Any]:
    """A trajectory, and how it ended."""
    analysis = _analysis(text, tuple(start))
    settings, schedule, eta = rule
    found = descend(analysis, start, settings, eta, steps, schedule)
    return {
        "expression": _formula(analysis.node),
        "variables": analysis.variables,
        "optimizer": optimizer,
        **{name: getattr(found, name) for name in ("trajectory", "diverged_at", "overshot_at", "reason")},
    }


def race(
    text: str,
    start: dict[str, float],
    racers: list[tuple[dict[str, Any], Rule]],
    steps: int,
    minima: list[list[float]],
) -> dict[str, Any]:
    """Several update rules from one start, each update in its parts."""
    analysis = _analysis(text, tuple(start))
    views = []
    for optimizer, (settings, schedule, eta) in racers:
        found = descend(analysis, start, settings, eta, steps, schedule)
        views.append(
            {
                "optimizer": optimizer,
                "points": [vars(each) | {"distance": nearest(minima, each.point)} for each in found.trajectory],
                "updates": [_parts(downhill, move) for downhill, move in updates(found, eta, schedule)],
                **{name: getattr(found, name) for name in ("diverged_at", "overshot_at", "reason")},
            }
        )
    return {"expression": _formula(analysis.node), "variables": analysis.variables, "steps": steps, "racers": views}


def _parts(downhill: Array, move: Array) -> dict[str, Any]:
    parts = {"downhill": downhill, "correction": move - downhill, "move": move}
    return {name: {"coordinates": part, "norm": float(np.linalg.norm(part))} for name, part in parts.items()}


CALLS: dict[str, Callable[..., dict[str, Any]]] = {
    function.__name__: function for function in (derivative, gradient, jacobian, chain, descent, race)
}

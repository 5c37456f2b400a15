"""Answers to function calls, put together in the worker process: formulas with MathML, numbers, programs."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from math_core import LatexToMathML

from core.activations import Array
from core.calculus import differentiate, tangent_of
from core.calculus_algebra import limit_lines
from core.calculus_analysis import Analysis, analyze
from core.calculus_chain import Composition, chain_at, compose, curves_of, nudge_through, seen_by_outer
from core.calculus_curves import Curve, sample
from core.calculus_descent import descend
from core.calculus_fields import Arrows, Domain, Surface, arrows_of, gradient_at, slice_along, surface_of
from core.calculus_jacobian import GridLine, grid_of, jacobian_at
from core.calculus_lines import Line
from core.calculus_points import PointStudy
from core.calculus_square import square_at
from core.expressions import parse
from core.expressions_nodes import Node
from core.expressions_printing import latex_of, text_of
from core.optimizers import OptimizerSettings

KEPT = 64  # answers of each kind that a drag or another reader may ask for again
_CONVERTER = LatexToMathML()


@lru_cache(KEPT)
def _analysis(text: str, variables: tuple[str, ...], location: str = "expression") -> Analysis:
    return analyze(parse(text).node, variables, location)


@lru_cache(KEPT)
def _curve(text: str, variable: str, domain: tuple[float, float], samples: int) -> Curve:
    return sample(_analysis(text, (variable,)), {}, variable, domain, samples)


@lru_cache(KEPT)
def _limit(text: str, variable: str) -> list[dict[str, Any]]:
    return [_line(line) for line in limit_lines(_analysis(text, (variable,)))]


def mathml(latex: str, display: bool = False) -> str:
    """A formula for the page."""
    return _CONVERTER.convert_with_local_state(latex, displaystyle=display)


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
        "programs": {"value": analysis.program, "derivative": analysis.partial_programs[0]},
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
    programs = dict(zip(names, analysis.partial_programs, strict=True))
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
        "programs": {"value": analysis.program, "partials": programs},
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
        "programs": {
            "values": [output.program for output in outputs],
            "matrix": [output.partial_programs for output in outputs],
        },
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
    programs = {name: analysis.program for name, analysis in analyses.items()}
    derivatives = {f"{name}_derivative": analysis.partial_programs[0] for name, analysis in analyses.items()}
    return {
        **{name: _part(analysis, getattr(found, name)) for name, analysis in analyses.items()},
        "at": at,
        "product": found.product,
        "differentiable": found.composite.differentiable,
        "reason": found.reason,
        "nudge": nudge_through(composition, found, at, nudge),
        "curves": _chain_curves(names, domain, samples, seen_by_outer(composition, domain, at)),
        "programs": programs | derivatives,
    }


def _part(analysis: Analysis, point: PointStudy | None) -> dict[str, Any]:
    return {
        **_formula(analysis.node),
        "variable": analysis.variables[0],
        "value": point.value if point else None,
        "slope": point.slope if point else None,
        "derivative": _formula(analysis.partials[0]),
    }


def descent(text: str, start: dict[str, float], optimizer: dict[str, Any], steps: int) -> dict[str, Any]:
    """A trajectory, and how it ended."""
    analysis = _analysis(text, tuple(start))
    settings = OptimizerSettings(optimizer["method"], optimizer["momentum"])
    found = descend(analysis, start, settings, optimizer["learning_rate"], steps)
    return {
        "expression": _formula(analysis.node),
        "variables": analysis.variables,
        "optimizer": optimizer,
        **{name: getattr(found, name) for name in ("trajectory", "diverged_at", "overshot_at", "reason")},
    }


CALLS: dict[str, Callable[..., dict[str, Any]]] = {
    function.__name__: function for function in (derivative, gradient, jacobian, chain, descent)
}

"""The functions a formula may call: values, high precision, formula, derivative, breaks; one place to add one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.activations import ACTIVATIONS, Array
from core.expressions_nodes import Call, Node, number


@dataclass(frozen=True)
class Function:
    """One function of formulas.

    Attributes
    ----------
    name : str
        As in canonical text and in programs.
    label : str
        In words.
    arity : int
        Number of arguments.
    f : callable
        Arrays of float64 → array; NaN outside the domain.
    precise : callable
        (mpmath context, numbers) → number; a complex or infinite result stands for undefined.
    latex : str
        The operator, as ``\\sin``, or with ``#`` in the place of the argument, as ``\\sqrt{#}``.
    formula : str
        LaTeX that says what the function is.
    example : str
        A text that the parser reads.
    derivatives : tuple of str
        The partial derivatives by the first and the second argument, in x and y, as the parser reads them.
    breaks : callable
        Arguments → nodes at whose zeros the function may have a kink, a jump, a pole or the edge of its domain.
    aliases : tuple of str
        Other ways to write the name.
    inverse : str or None
        The function that people mean by the exponent −1.
    """

    name: str
    label: str
    arity: int
    f: Callable[..., Array]
    precise: Callable[..., Any]
    latex: str
    formula: str
    example: str
    derivatives: tuple[str, ...]
    breaks: Callable[..., tuple[Node, ...]] = lambda *args: ()
    aliases: tuple[str, ...] = ()
    inverse: str | None = None


def _at_zero(u: Node) -> tuple[Node, ...]:
    return (u,)


def _where_equal(u: Node, v: Node) -> tuple[Node, ...]:
    return (Call("subtract", (u, v)),)


def _at_one(u: Node) -> tuple[Node, ...]:
    return (Call("subtract", (number(1), Call("power", (u, number(2))))),)


def _at_cosine(u: Node) -> tuple[Node, ...]:
    return (Call("cos", (u,)),)


def _positive(f: Callable[[Array], Array]) -> Callable[[Array], Array]:
    """Restrict a logarithm to positive numbers, so that the logarithm of 0 is undefined, not −∞."""
    return lambda x: np.where(x > 0, f(x), np.nan)


def _step(x: Array) -> Array:
    return np.where(np.isnan(x), np.nan, x > 0)


def _precise_sigmoid(mp: Any, x: Any) -> Any:
    # exp of a number that is never positive, as in core.activations
    e = mp.exp(-abs(x))
    return 1 / (1 + e) if x >= 0 else e / (1 + e)


def _precise_softplus(mp: Any, x: Any) -> Any:
    return max(x, 0) + mp.log1p(mp.exp(-abs(x)))


_TRIGONOMETRIC = (
    Function(
        "sin", "sine", 1, np.sin, lambda mp, x: mp.sin(x), r"\sin", r"\sin x", "sin(x)", ("cos(x)",), inverse="asin"
    ),
    Function(
        "cos", "cosine", 1, np.cos, lambda mp, x: mp.cos(x), r"\cos", r"\cos x", "cos(x)", ("-sin(x)",), inverse="acos"
    ),
    Function(
        "tan",
        "tangent",
        1,
        np.tan,
        lambda mp, x: mp.tan(x),
        r"\tan",
        r"\tan x = \frac{\sin x}{\cos x}",
        "tan(x)",
        ("1 + tan(x)**2",),
        _at_cosine,
        inverse="atan",
    ),
    Function(
        "asin",
        "arcsine",
        1,
        np.arcsin,
        lambda mp, x: mp.asin(x),
        r"\arcsin",
        r"\arcsin x",
        "asin(x)",
        ("1/sqrt(1 - x**2)",),
        _at_one,
        ("arcsin",),
        "sin",
    ),
    Function(
        "acos",
        "arccosine",
        1,
        np.arccos,
        lambda mp, x: mp.acos(x),
        r"\arccos",
        r"\arccos x",
        "acos(x)",
        ("-1/sqrt(1 - x**2)",),
        _at_one,
        ("arccos",),
        "cos",
    ),
    Function(
        "atan",
        "arctangent",
        1,
        np.arctan,
        lambda mp, x: mp.atan(x),
        r"\arctan",
        r"\arctan x",
        "atan(x)",
        ("1/(1 + x**2)",),
        aliases=("arctan",),
        inverse="tan",
    ),
)

_EXPONENTIAL = (
    Function(
        "exp",
        "exponential",
        1,
        np.exp,
        lambda mp, x: mp.exp(x),
        "e^{#}",
        "e^{x}",
        "e^x",
        ("exp(x)",),
        inverse="ln",
    ),
    Function(
        "ln",
        "natural logarithm",
        1,
        _positive(np.log),
        lambda mp, x: mp.log(x),
        r"\ln",
        r"\ln x",
        "ln(x)",
        ("1/x",),
        _at_zero,
        ("log",),
        "exp",
    ),
    Function(
        "log2",
        "logarithm to base 2",
        1,
        _positive(np.log2),
        lambda mp, x: mp.log(x, 2),
        r"\log_{2}",
        r"\log_{2} x = \frac{\ln x}{\ln 2}",
        "log2(x)",
        ("1/(x*ln(2))",),
        _at_zero,
    ),
    Function(
        "log10",
        "logarithm to base 10",
        1,
        _positive(np.log10),
        lambda mp, x: mp.log(x, 10),
        r"\log_{10}",
        r"\log_{10} x = \frac{\ln x}{\ln 10}",
        "log10(x)",
        ("1/(x*ln(10))",),
        _at_zero,
    ),
    Function(
        "sinh",
        "hyperbolic sine",
        1,
        np.sinh,
        lambda mp, x: mp.sinh(x),
        r"\sinh",
        r"\sinh x = \frac{e^{x} - e^{-x}}{2}",
        "sinh(x)",
        ("cosh(x)",),
    ),
    Function(
        "cosh",
        "hyperbolic cosine",
        1,
        np.cosh,
        lambda mp, x: mp.cosh(x),
        r"\cosh",
        r"\cosh x = \frac{e^{x} + e^{-x}}{2}",
        "cosh(x)",
        ("sinh(x)",),
    ),
    Function(
        "tanh",
        "hyperbolic tangent",
        1,
        np.tanh,
        lambda mp, x: mp.tanh(x),
        r"\tanh",
        r"\tanh x = \frac{\sinh x}{\cosh x}",
        "tanh(x)",
        ("1 - tanh(x)**2",),
    ),
    Function(
        "sqrt",
        "square root",
        1,
        np.sqrt,
        lambda mp, x: mp.sqrt(x),
        r"\sqrt{#}",
        r"\sqrt{x}",
        "sqrt(x)",
        ("1/(2*sqrt(x))",),
        _at_zero,
    ),
    Function(
        "cbrt",
        "cube root",
        1,
        np.cbrt,
        lambda mp, x: mp.sign(x) * mp.cbrt(abs(x)),
        r"\sqrt[3]{#}",
        r"\sqrt[3]{x}",
        "cbrt(x)",
        ("1/(3*cbrt(x)**2)",),
        _at_zero,
    ),
)

_PIECEWISE = (
    Function(
        "abs",
        "absolute value",
        1,
        np.abs,
        lambda mp, x: abs(x),
        r"\left|#\right|",
        r"\left|x\right|",
        "|x|",
        ("sign(x)",),
        _at_zero,
    ),
    Function(
        "sign",
        "sign",
        1,
        np.sign,
        lambda mp, x: mp.sign(x),
        r"\operatorname{sign}",
        r"\operatorname{sign}(x) = \begin{cases} 1 & x > 0 \\ 0 & x = 0 \\ -1 & x < 0 \end{cases}",
        "sign(x)",
        ("0",),
        _at_zero,
        ("sgn",),
    ),
    Function(
        "step",
        "step",
        1,
        _step,
        lambda mp, x: mp.mpf(x > 0),
        r"\operatorname{step}",
        r"\operatorname{step}(x) = \begin{cases} 1 & x > 0 \\ 0 & x \leq 0 \end{cases}",
        "step(x)",
        ("0",),
        _at_zero,
        ("heaviside",),
    ),
    Function(
        "relu",
        "ReLU",
        1,
        ACTIVATIONS["relu"].f,
        lambda mp, x: max(x, mp.zero),
        r"\operatorname{ReLU}",
        r"\operatorname{ReLU}(x) = \max(0, x)",
        "relu(x)",
        ("step(x)",),
        _at_zero,
    ),
    Function(
        "max",
        "larger of two",
        2,
        np.maximum,
        lambda mp, x, y: max(x, y),
        r"\max",
        r"\max(x, y)",
        "max(x, 0)",
        ("step(x - y)", "1 - step(x - y)"),
        _where_equal,
    ),
    Function(
        "min",
        "smaller of two",
        2,
        np.minimum,
        lambda mp, x, y: min(x, y),
        r"\min",
        r"\min(x, y)",
        "min(x, 1)",
        ("step(y - x)", "1 - step(y - x)"),
        _where_equal,
    ),
)

_SMOOTH_UNITS = (
    Function(
        "sigmoid",
        "sigmoid",
        1,
        ACTIVATIONS["sigmoid"].f,
        _precise_sigmoid,
        r"\sigma",
        r"\sigma(x) = \frac{1}{1 + e^{-x}}",
        "sigmoid(x)",
        ("sigmoid(x)*(1 - sigmoid(x))",),
        aliases=("σ",),
    ),
    Function(
        "softplus",
        "softplus",
        1,
        ACTIVATIONS["softplus"].f,
        _precise_softplus,
        r"\operatorname{softplus}",
        r"\operatorname{softplus}(x) = \ln(1 + e^{x})",
        "softplus(x)",
        ("sigmoid(x)",),
    ),
)

FUNCTIONS: dict[str, Function] = {
    function.name: function for function in (*_TRIGONOMETRIC, *_EXPONENTIAL, *_PIECEWISE, *_SMOOTH_UNITS)
}
"""Every function by its canonical name."""

NAMES: dict[str, str] = {
    name: function.name for function in FUNCTIONS.values() for name in (function.name, *function.aliases)
}
"""Every way to write a function → its canonical name."""

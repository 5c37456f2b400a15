"""The functions a formula may call: values, high precision, derivative, formula, breaks; one place to add one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.formulas.nodes import Call, Constant, Node, number
from core.network.activations import ACTIVATIONS, Array


@dataclass(frozen=True)
class Function:
    r"""One function of formulas.

    Attributes
    ----------
    name : str
        As in canonical text and in programs.
    label : str
        In words.
    f : callable
        Arrays of float64 → array; NaN outside the domain.
    derivatives : tuple of str
        The partial derivative by each argument, as the parser reads it; the arguments are called x and y.
    precise : callable
        (mpmath context, numbers) → number; a complex or infinite result stands for undefined.
    latex : str
        The operator, as ``\sin``, or with ``#`` in the place of the argument, as ``\sqrt{#}``.
    formula : str
        LaTeX that says what the function is.
    example : str
        A text that the parser reads.
    breaks : callable
        Arguments → nodes at whose zeros the function may have a kink, a jump, a pole or the edge of its domain.
    aliases : tuple of str
        Other ways to write the name.
    inverse : str or None
        The function that people mean by the exponent −1.
    """

    name: str
    label: str
    f: Callable[..., Array]
    derivatives: tuple[str, ...]
    precise: Callable[..., Any]
    latex: str
    formula: str
    example: str
    breaks: Callable[..., tuple[Node, ...]]
    aliases: tuple[str, ...]
    inverse: str | None

    @property
    def arity(self) -> int:
        """Number of arguments."""
        return len(self.derivatives)


def _nowhere(*args: Node) -> tuple[Node, ...]:
    return ()


def _at_zero(u: Node) -> tuple[Node, ...]:
    return (u,)


def _at_one(u: Node) -> tuple[Node, ...]:
    return (Call("subtract", (number(1), Call("power", (u, number(2))))),)


def _at_cosine(u: Node) -> tuple[Node, ...]:
    return (Call("cos", (u,)),)


def _where_equal(u: Node, v: Node) -> tuple[Node, ...]:
    return (Call("subtract", (u, v)),)


def _at_integers(u: Node) -> tuple[Node, ...]:
    return (Call("sin", (Call("multiply", (Constant("pi"), u)),)),)


def _between_integers(u: Node) -> tuple[Node, ...]:
    return (Call("cos", (Call("multiply", (Constant("pi"), u)),)),)


def _function(
    name: str,
    label: str,
    f: Callable[..., Array],
    *derivatives: str,
    precise: Callable[..., Any] | None = None,
    latex: str = "",
    formula: str = "",
    example: str = "",
    breaks: Callable[..., tuple[Node, ...]] = _nowhere,
    aliases: tuple[str, ...] = (),
    inverse: str | None = None,
) -> Function:
    """Build an entry: LaTeX, mpmath and the example know most functions by the same name."""
    latex = latex or "\\" + name
    return Function(
        name,
        label,
        f,
        derivatives,
        precise or (lambda mp, x: getattr(mp, name)(x)),
        latex,
        formula or f"{latex} x",
        example or f"{name}(x)",
        breaks,
        aliases,
        inverse,
    )


def _positive(f: Callable[[Array], Array]) -> Callable[[Array], Array]:
    """Restrict a logarithm to positive numbers, so that the logarithm of 0 is undefined, not −∞."""
    return lambda x: np.where(x > 0, f(x), np.nan)


def _step(x: Array) -> Array:
    return np.where(np.isnan(x), np.nan, x > 0)


def _rounded(x: Array) -> Array:
    rounded: Array = np.floor(x + 0.5)
    return rounded


def _precise_sigmoid(mp: Any, x: Any) -> Any:
    # exp of a number that is never positive, as in core.activations
    e = mp.exp(-abs(x))
    return 1 / (1 + e) if x >= 0 else e / (1 + e)


_ALL = (
    _function("sin", "sine", np.sin, "cos(x)", inverse="asin"),
    _function("cos", "cosine", np.cos, "-sin(x)", inverse="acos"),
    _function(
        "tan",
        "tangent",
        np.tan,
        "1 + tan(x)**2",
        formula=r"\tan x = \frac{\sin x}{\cos x}",
        breaks=_at_cosine,
        inverse="atan",
    ),
    _function(
        "asin",
        "arcsine",
        np.arcsin,
        "1/sqrt(1 - x**2)",
        latex=r"\arcsin",
        breaks=_at_one,
        aliases=("arcsin",),
        inverse="sin",
    ),
    _function(
        "acos",
        "arccosine",
        np.arccos,
        "-1/sqrt(1 - x**2)",
        latex=r"\arccos",
        breaks=_at_one,
        aliases=("arccos",),
        inverse="cos",
    ),
    _function("atan", "arctangent", np.arctan, "1/(1 + x**2)", latex=r"\arctan", aliases=("arctan",), inverse="tan"),
    _function("exp", "exponential", np.exp, "exp(x)", latex="e^{#}", formula="e^{x}", example="e^x", inverse="ln"),
    _function(
        "ln",
        "natural logarithm",
        _positive(np.log),
        "1/x",
        breaks=_at_zero,
        aliases=("log",),
        inverse="exp",
    ),
    _function(
        "log2",
        "logarithm to base 2",
        _positive(np.log2),
        "1/(x*ln(2))",
        precise=lambda mp, x: mp.ln(x) / mp.ln(2),
        latex=r"\log_{2}",
        formula=r"\log_{2} x = \frac{\ln x}{\ln 2}",
        breaks=_at_zero,
    ),
    _function(
        "log10",
        "logarithm to base 10",
        _positive(np.log10),
        "1/(x*ln(10))",
        precise=lambda mp, x: mp.ln(x) / mp.ln(10),
        latex=r"\log_{10}",
        formula=r"\log_{10} x = \frac{\ln x}{\ln 10}",
        breaks=_at_zero,
    ),
    _function("sinh", "hyperbolic sine", np.sinh, "cosh(x)", formula=r"\sinh x = \frac{e^{x} - e^{-x}}{2}"),
    _function("cosh", "hyperbolic cosine", np.cosh, "sinh(x)", formula=r"\cosh x = \frac{e^{x} + e^{-x}}{2}"),
    _function("tanh", "hyperbolic tangent", np.tanh, "1 - tanh(x)**2", formula=r"\tanh x = \frac{\sinh x}{\cosh x}"),
    _function("sqrt", "square root", np.sqrt, "1/(2*sqrt(x))", latex=r"\sqrt{#}", formula=r"\sqrt{x}", breaks=_at_zero),
    _function(
        "cbrt",
        "cube root",
        np.cbrt,
        "1/(3*cbrt(x)**2)",
        precise=lambda mp, x: mp.sign(x) * mp.cbrt(abs(x)),
        latex=r"\sqrt[3]{#}",
        formula=r"\sqrt[3]{x}",
        breaks=_at_zero,
    ),
    _function(
        "abs",
        "absolute value",
        np.abs,
        "sign(x)",
        precise=lambda mp, x: abs(x),
        latex=r"\left|#\right|",
        formula=r"\left|x\right|",
        example="|x|",
        breaks=_at_zero,
    ),
    _function(
        "sign",
        "sign",
        np.sign,
        "0",
        latex=r"\operatorname{sign}",
        formula=r"\operatorname{sign}(x) = \begin{cases} 1 & x > 0 \\ 0 & x = 0 \\ -1 & x < 0 \end{cases}",
        breaks=_at_zero,
        aliases=("sgn",),
    ),
    _function(
        "step",
        "step",
        _step,
        "0",
        precise=lambda mp, x: mp.mpf(x > 0),
        latex=r"\operatorname{step}",
        formula=r"\operatorname{step}(x) = \begin{cases} 1 & x > 0 \\ 0 & x \leq 0 \end{cases}",
        breaks=_at_zero,
        aliases=("heaviside",),
    ),
    _function(
        "floor",
        "rounded down",
        np.floor,
        "0",
        latex=r"\left\lfloor #\right\rfloor",
        formula=r"\left\lfloor x\right\rfloor",
        breaks=_at_integers,
    ),
    _function(
        "ceil",
        "rounded up",
        np.ceil,
        "0",
        latex=r"\left\lceil #\right\rceil",
        formula=r"\left\lceil x\right\rceil",
        breaks=_at_integers,
        aliases=("ceiling",),
    ),
    _function(
        "round",
        "rounded, a half upward",
        _rounded,
        "0",
        precise=lambda mp, x: mp.floor(x + mp.mpf("0.5")),
        latex=r"\operatorname{round}",
        formula=r"\operatorname{round}(x) = \left\lfloor x + \frac{1}{2}\right\rfloor",
        breaks=_between_integers,
    ),
    _function(
        "relu",
        "ReLU",
        ACTIVATIONS["relu"].f,
        "step(x)",
        precise=lambda mp, x: max(x, mp.zero),
        latex=r"\operatorname{ReLU}",
        formula=r"\operatorname{ReLU}(x) = \max(0, x)",
        breaks=_at_zero,
    ),
    _function(
        "sigmoid",
        "sigmoid",
        ACTIVATIONS["sigmoid"].f,
        "sigmoid(x)*(1 - sigmoid(x))",
        precise=_precise_sigmoid,
        latex=r"\sigma",
        formula=r"\sigma(x) = \frac{1}{1 + e^{-x}}",
        aliases=("σ",),
    ),
    _function(
        "softplus",
        "softplus",
        ACTIVATIONS["softplus"].f,
        "sigmoid(x)",
        precise=lambda mp, x: max(x, mp.zero) + mp.log1p(mp.exp(-abs(x))),
        latex=r"\operatorname{softplus}",
        formula=r"\operatorname{softplus}(x) = \ln(1 + e^{x})",
    ),
    _function(
        "max",
        "larger of two",
        np.maximum,
        "step(x - y)",
        "1 - step(x - y)",
        precise=lambda mp, x, y: max(x, y),
        formula=r"\max(x, y)",
        example="max(x, 0)",
        breaks=_where_equal,
    ),
    _function(
        "min",
        "smaller of two",
        np.minimum,
        "step(y - x)",
        "1 - step(y - x)",
        precise=lambda mp, x, y: min(x, y),
        formula=r"\min(x, y)",
        example="min(x, 1)",
        breaks=_where_equal,
    ),
)

FUNCTIONS: dict[str, Function] = {function.name: function for function in _ALL}
"""Every function by its canonical name."""

NAMES: dict[str, str] = {name: each.name for each in _ALL for name in (each.name, *each.aliases)}
"""Every way to write a function → its canonical name."""

"""A formula as text that the parser reads back to the same tree, and as LaTeX."""

from fractions import Fraction

from core.formulas.functions import FUNCTIONS
from core.formulas.nodes import Call, Constant, Node, Number, Variable

SUM, PRODUCT, POWER, ATOM = range(4)  # how tightly a node binds

# the functions whose argument stands without parentheses in a book
_NAMES_OF_THE_TRADE = {
    *(rf"\{name}" for name in ("sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "ln")),
    r"\log_{2}",
    r"\log_{10}",
}
_BINDING = {"add": SUM, "subtract": SUM, "negate": SUM, "multiply": PRODUCT, "divide": PRODUCT, "power": POWER}


def _binding(node: Node) -> int:
    if isinstance(node, Number):
        return ATOM if _decimal(node.value) else PRODUCT
    return _BINDING.get(node.op, ATOM) if isinstance(node, Call) else ATOM


def _decimal(value: Fraction) -> str | None:
    """Write a number exactly in decimals, or None where it has no end (1/3)."""
    places, rest = 0, value.denominator
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        places = max(places, count)
    if rest != 1:
        return None
    digits = str(value.numerator * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def number_text(value: Fraction) -> str:
    """Write a number that is not negative: an exact decimal where there is one, else a fraction.

    Parameters
    ----------
    value : Fraction

    Returns
    -------
    str
    """
    return _decimal(value) or f"{value.numerator}/{value.denominator}"


def text_of(node: Node) -> str:
    """Write a formula in its canonical text, with no more parentheses than its tree needs.

    Parameters
    ----------
    node : Node

    Returns
    -------
    str
        Python's operators: ``3*x**2``, ``sqrt(x)``, ``abs(x)``, ``exp(x)``, ``ln(x)``. The parser reads the same tree.
    """
    if isinstance(node, Number):
        return number_text(node.value)
    if not isinstance(node, Call):
        return node.name
    match node.op:
        case "add" | "subtract":
            sign = "+" if node.op == "add" else "-"
            # a sign may open a sum, not stand behind another sign
            right = _text(node.args[1], PRODUCT)
            return f"{_text(node.args[0], SUM)} {sign} {right}"
        case "multiply" | "divide":
            sign = "*" if node.op == "multiply" else "/"
            return f"{_text(node.args[0], PRODUCT)}{sign}{_text(node.args[1], POWER)}"
        case "power":
            return f"{_text(node.args[0], ATOM)}**{_text(node.args[1], POWER)}"
        case "negate":
            return f"-{_text(node.args[0], PRODUCT)}"
    return f"{node.op}({', '.join(text_of(arg) for arg in node.args)})"


def _text(node: Node, least: int) -> str:
    """Write a node, in parentheses where it binds less tightly than its place asks for."""
    text = text_of(node)
    return text if _binding(node) >= least else f"({text})"


def variable_latex(name: str) -> str:
    """Write a variable in LaTeX.

    Parameters
    ----------
    name : str
        As in ``x``, ``x1`` or ``ŷ``; a derivation also knows ``Δx``.

    Returns
    -------
    str
    """
    if name[0] == "Δ":
        return rf"\Delta {variable_latex(name[1:])}"
    letter = r"\hat{y}" if name[0] == "ŷ" else name[0]
    return f"{letter}_{{{name[1:]}}}" if name[1:] else letter


def latex_of(node: Node) -> str:
    """Write a formula in LaTeX, as it would stand in a book.

    Parameters
    ----------
    node : Node

    Returns
    -------
    str
    """
    if isinstance(node, Number):
        decimal = _decimal(node.value)
        return decimal or rf"\frac{{{node.value.numerator}}}{{{node.value.denominator}}}"
    if isinstance(node, Constant):
        return r"\pi" if node.name == "pi" else "e"
    if isinstance(node, Variable):
        return variable_latex(node.name)
    match node.op:
        case "add" | "subtract":
            sign = "+" if node.op == "add" else "-"
            return f"{latex_of(node.args[0])} {sign} {_latex(node.args[1], PRODUCT)}"
        case "negate":
            return f"-{_latex(node.args[0], PRODUCT)}"
        case "multiply":
            return _product(node.args[0], node.args[1])
        case "divide":
            return rf"\frac{{{latex_of(node.args[0])}}}{{{latex_of(node.args[1])}}}"
        case "power":
            return _power(node.args[0], node.args[1])
    return _call(node)


def _latex(node: Node, least: int) -> str:
    latex = latex_of(node)
    return latex if _binding(node) >= least else _bracketed(latex)


def _bracketed(latex: str) -> str:
    return rf"\left({latex}\right)"


def _product(left: Node, right: Node) -> str:
    """Set factors side by side; a dot stands where numbers would run together."""
    first, second = _latex(left, PRODUCT), _latex(right, PRODUCT)
    if isinstance(right, Call) and right.op == "multiply":
        second = _bracketed(second)
    last = _last_factor(left)
    if _ends_bare(last) and not _is_operator_call(_first_factor(right)):
        # sin x y would read as sin(xy)
        first = first.removesuffix(latex_of(last)) + _in_parentheses(last)
    dot = r" \cdot " if second[0].isdigit() or second.startswith(r"\frac") else " "
    return f"{first}{dot}{second}"


def _last_factor(node: Node) -> Node:
    """What a product ends in without parentheses around it."""
    last = node.args[1] if isinstance(node, Call) and node.op == "multiply" else node
    return node if isinstance(last, Call) and last.op == "multiply" else last


def _first_factor(node: Node) -> Node:
    while isinstance(node, Call) and node.op in {"multiply", "power"}:
        node = node.args[0]
    return node


def _power(base: Node, exponent: Node) -> str:
    up = latex_of(exponent)
    if isinstance(exponent, Call) and exponent.op == "divide" and all(isinstance(u, Number) for u in exponent.args):
        up = "/".join(latex_of(u) for u in exponent.args)
    if isinstance(base, Call) and _is_operator_call(base) and FUNCTIONS[base.op].latex in _NAMES_OF_THE_TRADE:
        if _whole(exponent):
            return _call(base, power=up)
        return f"{_bracketed(latex_of(base))}^{{{up}}}"
    one = _is_operator_call(base) or (_binding(base) == ATOM and not _is_tall(base))
    return f"{latex_of(base) if one else _bracketed(latex_of(base))}^{{{up}}}"


def _whole(node: Node) -> bool:
    return isinstance(node, Number) and node.value.denominator == 1


def _is_tall(node: Node) -> bool:
    """Whether it is written with a root, an exponent or two letters, which an exponent behind it would run into."""
    if isinstance(node, Variable):
        return node.name[0] == "Δ"
    return isinstance(node, Call) and "#" in FUNCTIONS[node.op].latex and node.op != "abs"


def _is_operator_call(node: Node) -> bool:
    return isinstance(node, Call) and node.op in FUNCTIONS and "#" not in FUNCTIONS[node.op].latex


def _ends_bare(node: Node) -> bool:
    """Whether it ends in sin x or sin² x without parentheses."""
    if isinstance(node, Call) and node.op == "power":
        return _whole(node.args[1]) and _ends_bare(node.args[0])
    return isinstance(node, Call) and _is_operator_call(node) and _bare(node)


def _in_parentheses(node: Node) -> str:
    """Write what ends bare with its parentheses: sin(x), sin²(x)."""
    assert isinstance(node, Call)
    if node.op == "power" and isinstance(node.args[0], Call):
        return _call(node.args[0], latex_of(node.args[1]), bare=False)
    return _call(node, bare=False)


def _bare(node: Call) -> bool:
    """Whether a book would leave the parentheses out: one letter or number behind sin, ln and the like."""
    latex = FUNCTIONS[node.op].latex
    return len(node.args) == 1 and not isinstance(node.args[0], Call) and latex in _NAMES_OF_THE_TRADE


def _call(node: Call, power: str = "", bare: bool = True) -> str:
    latex = FUNCTIONS[node.op].latex
    inner = ", ".join(latex_of(arg) for arg in node.args)
    if "#" in latex:
        return latex.replace("#", inner)
    name = f"{latex}^{{{power}}}" if power else latex
    return f"{name} {inner}" if bare and _bare(node) else f"{name}{_bracketed(inner)}"

"""Formulas as browsers typeset them."""

from math_core import LatexToMathML

_CONVERTER = LatexToMathML()


def mathml(latex: str, display: bool = False) -> str:
    """A formula for the page."""
    return _CONVERTER.convert_with_local_state(latex, displaystyle=display)

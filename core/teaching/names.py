"""How numbers are written: plain text with subscripts, and LaTeX with the digits asked for."""

import math
from collections.abc import Sequence

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SHOWN_TERMS = 6


def indices(at: Sequence[int | str]) -> str:
    """Indices from 0 as they are written, from 1: 21, or 12,3 where digits alone would be ambiguous; letters stay."""
    written = [index if isinstance(index, str) else str(index + 1) for index in at]
    return ("," if any(len(text) > 1 for text in written) else "").join(written)


def text(letter: str, at: Sequence[int] = (), layer: int | None = None) -> str:
    """A number in plain text: w₂₁ in a network of one layer, w⁽¹⁾₂₁ in the first of several."""
    upper = "" if layer is None else "⁽" + str(layer + 1).translate(_SUPERSCRIPTS) + "⁾"
    return letter + upper + indices(at).translate(_SUBSCRIPTS)


def latex(letter: str, at: Sequence[int | str] = (), layer: int | None = None, new: bool = False) -> str:
    """The same in LaTeX: w_{21}, w^{(1)}_{21}, or after the update w^{(1)\\,\\text{new}}_{21}."""
    parts = ([] if layer is None else [f"({layer + 1})"]) + ([r"\text{new}"] if new else [])
    upper = "^{" + r"\,".join(parts) + "}" if parts else ""
    return letter + upper + (f"_{{{indices(at)}}}" if at else "")


def rounded(value: float, digits: int) -> str:
    """A number in LaTeX with so many significant digits."""
    if not math.isfinite(value):
        return r"\text{undefined}" if math.isnan(value) else r"\infty" if value > 0 else r"-\infty"
    mantissa, _, exponent = f"{value + 0.0:.{digits}g}".partition("e")
    if not exponent:
        return mantissa
    power = f"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa} \cdot {power}"


def factor(value: float, digits: int) -> str:
    """The same inside a product or after a sign: in brackets where it needs them."""
    written = rounded(value, digits)
    return f"({written})" if written.startswith("-") or "10^" in written else written


def equals(value: float, digits: int) -> str:
    """= or ≈ and the value: ≈ where digits were left out."""
    exact = not math.isfinite(value) or float(f"{value:.{digits}g}") == value
    return ("= " if exact else r"\approx ") + rounded(value, digits)


def added(parts: Sequence[str]) -> str:
    """A sum; of a long one the first terms and the last."""
    shown = [*parts[: SHOWN_TERMS - 2], r"\cdots", parts[-1]] if len(parts) > SHOWN_TERMS else parts
    return " + ".join(shown)

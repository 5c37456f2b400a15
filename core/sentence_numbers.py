"""Numbers as sentences write them."""

import math
from typing import SupportsFloat

_DIGITS, _FINE_DIGITS = 4, 6  # significant ones
_POWERS_FROM, _POWERS_BELOW = 1e6, 1e-4  # from here on a power of ten stands for zeros, as on the pages
_MINUS = str.maketrans("-", "−")
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_THIN_SPACE = "\u202f"


def written(value: float) -> str:
    """A number with four digits, as on a board: −0.5, 12 345, 1.967·10²¹, 10⁻⁶; ∞ beyond what a float holds."""
    return _written(value, _DIGITS)


def finely_written(value: SupportsFloat) -> str:
    """The same with six digits, for points that were typed, and for what stands beside them."""
    return _written(float(value), _FINE_DIGITS)


def _written(value: float, digits: int) -> str:
    if math.isnan(value):
        return "undefined"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    size = abs(value)
    if size == 0:
        return "0"
    if _POWERS_BELOW <= size < _POWERS_FROM:
        # all digits before the point are kept
        decimals = max(0, digits - 1 - math.floor(math.log10(size)))
        whole, point, part = f"{value:,.{decimals}f}".partition(".")
        text = whole.replace(",", _THIN_SPACE if size >= 10**_DIGITS else "") + point + part
        return (text.rstrip("0").rstrip(".") if point else text).translate(_MINUS)
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".").translate(_MINUS)
    power = "10" + str(int(exponent)).translate(_SUPERSCRIPTS)
    return {"1": power, "−1": f"−{power}"}.get(mantissa, f"{mantissa}·{power}")

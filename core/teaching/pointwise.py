"""Activations and their derivatives as they are written out for one number, beside `core.network.activations`."""

from collections.abc import Callable
from dataclasses import dataclass

from core.network.activations import LEAK


@dataclass(frozen=True)
class Written:
    """One pointwise activation, in LaTeX of its argument and as NumPy.

    Attributes
    ----------
    f : callable
        (z in LaTeX, the same in brackets where it needs them) → f(z).
    derivative : callable
        z or h in LaTeX → f′(z).
    of : {"z", "h"}
        What the derivative is written in.
    f_numpy, derivative_numpy : str
        With {z} or {h} for the array.
    kink : str
        What f′ is left and right of 0, where it jumps.
    """

    f: Callable[[str, str], str]
    derivative: Callable[[str], str]
    of: str
    f_numpy: str
    derivative_numpy: str
    kink: str = ""


def _step(low: str) -> Callable[[str], str]:
    return lambda z: rf"\begin{{cases}} 1 & {z} > 0 \\ {low} & {z} \leq 0 \end{{cases}}"


POINTWISE: dict[str, Written] = {
    "linear": Written(lambda z, _: z, lambda z: "1", "z", "{z}", "np.ones_like({z})"),
    "relu": Written(
        lambda z, _: rf"\max(0, {z})",
        _step("0"),
        "z",
        "np.maximum({z}, 0)",
        "({z} > 0).astype({z}.dtype)",
        "0 on the left and 1 on the right; backpropagation takes 0",
    ),
    "leaky_relu": Written(
        lambda z, zz: rf"\max({LEAK} \cdot {zz}, {z})",
        _step(str(LEAK)),
        "z",
        f"np.where({{z}} > 0, {{z}}, {LEAK} * {{z}})",
        f"np.where({{z}} > 0, 1, {LEAK})",
        f"{LEAK} on the left and 1 on the right; backpropagation takes {LEAK}",
    ),
    "sigmoid": Written(
        lambda _, z: rf"\frac{{1}}{{1 + e^{{-{z}}}}}",
        lambda h: rf"{h} \, (1 - {h})",
        "h",
        "1 / (1 + np.exp(-{z}))",
        "{h} * (1 - {h})",
    ),
    "tanh": Written(lambda z, _: rf"\tanh({z})", lambda h: rf"1 - {{{h}}}^2", "h", "np.tanh({z})", "1 - {h} ** 2"),
    "softplus": Written(
        lambda z, _: rf"\ln(1 + e^{{{z}}})",
        lambda z: rf"\frac{{1}}{{1 + e^{{-{z}}}}}",
        "z",
        "np.logaddexp({z}, 0)",
        "1 / (1 + np.exp(-{z}))",
    ),
}

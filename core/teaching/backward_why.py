"""Why a number of the backward pass is what it is: ∂L/∂ŷ, f′(z), δ, ∂L/∂h, dW, db (slides 21–33, 45–49, 53)."""

import math
from dataclasses import replace

from core.sentence_numbers import written
from core.teaching import names
from core.teaching.collapse import collapse, collapses
from core.teaching.explanation import Explanation, sum_of_products
from core.teaching.forward_why import inputs_of, softmax_numpy
from core.teaching.numbers import Number
from core.teaching.pointwise import POINTWISE
from core.teaching.writing import Writing


def _slide(w: Writing, one_layer: int, several: int) -> int:
    if w.u.m > 1:
        return 53
    return one_layer if w.depth == 1 else several


def loss_gradient(w: Writing, number: Number) -> Explanation:
    """∂L/∂ŷ = ŷ − y, softmax(ŷ) − y, or −y/ŷ."""
    (sample, i), last, k = number.at, w.depth - 1, w.u.y.shape[1]
    slide = _slide(w, 21, 45)
    output, target = Number("h", (sample, i), last), Number("y", (sample, i))
    if w.u.loss == "squared_error":
        filled = f"{w.rounded(output)} - {w.factor(target)}"
        numpy = f"(y_hat - y)[{sample}, {i}]"
        return Explanation(f"{w.latex(output)} - {w.latex(target)}", filled, numpy, slide, (output, target))
    if w.u.loss == "cross_entropy":
        formula, filled = (rf"-\frac{{{show(target)}}}{{{show(output)}}}" for show in (w.latex, w.rounded))
        # of an output that nothing is asked of: also where ŷ is too small for a float
        numpy = f"-{w.variable(target)} / {w.variable(output)}" if w.value(target) > 0 else "0.0"
        note = None if w.value(target) > 0 else "The target is 0 here: this output is not in the loss."
        return Explanation(formula, filled, numpy, slide, (output, target), note=note)
    row = [(Number("h", (sample, j), last), Number("y", (sample, j))) for j in range(k)]

    def written(exponents: list[str], y: str) -> str:
        return rf"\frac{{e^{{{exponents[i]}}}}}{{{names.added([f'e^{{{each}}}' for each in exponents])}}} - {y}"

    numpy = f"({softmax_numpy('y_hat', sample)} * y[{sample}].sum() - y[{sample}])[{i}]"
    formula = written([w.latex(a) for a, _ in row], w.latex(target))
    filled = written([w.rounded(a) for a, _ in row], w.factor(target))
    return Explanation(formula, filled, numpy, slide, tuple(number for pair in row for number in pair))


def derivative(w: Writing, number: Number) -> Explanation:
    """f′(z) of a pointwise activation."""
    (sample, i), layer = number.at, number.layer
    written = POINTWISE[w.u.network.layers[layer].activation]
    of = Number(written.of, (sample, i), layer)
    z, h = (Number(kind, (sample, i), layer).variable(w.u) for kind in ("z", "h"))
    numpy = f"({written.derivative_numpy.format(z=z, h=h)})[{sample}, {i}]"
    filled = written.derivative(w.factor(of))
    return Explanation(written.derivative(w.latex(of)), filled, numpy, _slide(w, 23, 45), (of,))


def jacobian(w: Writing, number: Number) -> Explanation:
    """∂h/∂z: f′ on the diagonal and 0 beside it, or softmax's hᵢ (1 − hⱼ) and −hᵢ hⱼ."""
    (sample, i, j), layer = number.at, number.layer
    slide = _slide(w, 22, 45)
    if w.u.derivatives[layer] is not None:
        if i != j:
            h, z = w.element("h", (sample, i), layer).text, w.element("z", (sample, j), layer).text
            note = f"{h} depends on the pre-activation of its own unit alone: {z} does not enter."
            return Explanation("0", "0", "0.0", _slide(w, 23, 45), note=note)
        slope = Number("df", (sample, i), layer)
        return Explanation(w.latex(slope), w.rounded(slope), w.variable(slope), slide, (slope,))
    a, b = Number("h", (sample, i), layer), Number("h", (sample, j), layer)
    if i == j:
        formula, filled = rf"{w.latex(a)} \, (1 - {w.latex(a)})", rf"{w.factor(a)} \cdot (1 - {w.factor(a)})"
        return Explanation(formula, filled, f"{w.variable(a)} * (1 - {w.variable(a)})", slide, (a,))
    formula, filled = rf"-{w.latex(a)} \, {w.latex(b)}", rf"-{w.factor(a)} \cdot {w.factor(b)}"
    return Explanation(formula, filled, f"-{w.variable(a)} * {w.variable(b)}", slide, (a, b))


def activation_gradient(w: Writing, number: Number) -> Explanation:
    """∂L/∂h: ∂L/∂ŷ at the end, δ W of the next layer before."""
    (sample, i), layer = number.at, number.layer
    if layer == w.depth - 1:
        return loss_gradient(w, Number("dloss", number.at))
    above = layer + 1
    units = w.u.network.layers[above].W.shape[0]
    pairs = [(Number("delta", (sample, k), above), Number("W", (k, i), above)) for k in range(units)]
    delta, W = (each.variable(w.u) for each in pairs[0])
    return sum_of_products(w, list(pairs), f"({delta} @ {W})[{sample}, {i}]", _slide(w, 46, 49))


def delta(w: Writing, number: Number) -> Explanation:
    """δ = ∂L/∂h ⊙ f′(z), or ∂L/∂h times softmax's Jacobian."""
    (sample, i), layer = number.at, number.layer
    slide = _slide(w, 29, 46)
    dh = Number("dh", (sample, i), layer)
    if w.u.derivatives[layer] is not None:
        slope = Number("df", (sample, i), layer)
        numpy = f"({dh.variable(w.u)} * {slope.variable(w.u)})[{sample}, {i}]"
        return sum_of_products(w, [(dh, slope)], numpy, slide)
    units = w.u.network.layers[layer].W.shape[0]
    pairs = [(Number("dh", (sample, j), layer), Number("J", (sample, j, i), layer)) for j in range(units)]
    numpy = f"({dh.variable(w.u)}[{sample}] @ {pairs[0][1].variable(w.u)}[{sample}])[{i}]"
    found = sum_of_products(w, list(pairs), numpy, slide)
    return _collapsed(w, found, number) if layer == w.depth - 1 and collapses(w.u) else found


def _collapsed(w: Writing, found: Explanation, number: Number) -> Explanation:
    """The sum over a column of softmax's Jacobian, which with cross-entropy is ŷ − y."""
    output, target = Number("h", number.at, number.layer), Number("y", number.at)
    delta, own, asked = (w.text(each) for each in (number, output, target))
    if not math.isfinite(w.value(number)):
        sample, i = number.at
        difference = written(collapse(w.u, sample)["values"][i])
        small = "A ŷ that y asks for is too small for a float and stands as 0: −y/ŷ is infinite, and times 0 undefined."
        return replace(found, note=f"{small} {own} − {asked} needs no division: it is {difference}.")
    note = f"Each ŷ below cancels one above: {own} Σy − {asked} is left, and Σy = 1, so {delta} = {own} − {asked}."
    return replace(
        found,
        formula=f"{found.formula} = {w.latex(output)} - {w.latex(target)}",
        filled=f"{found.filled} = {w.rounded(output)} - {w.factor(target)}",
        note=note,
    )


def weight_gradient(w: Writing, number: Number) -> Explanation:
    """dW = δᵀ x, in a batch the mean of it."""
    (i, j), layer = number.at, number.layer
    pairs = [(Number("delta", (s, i), layer), inputs_of(number, s, j)) for s in range(w.u.m)]
    delta, x = (each.variable(w.u) for each in pairs[0])
    if w.u.m == 1:
        return sum_of_products(w, list(pairs), f"np.outer({delta}, {x})[{i}, {j}]", _slide(w, 29, 47))
    return sum_of_products(w, list(pairs), f"({delta}.T @ {x} / m)[{i}, {j}]", 53, Number("m"))


def bias_gradient(w: Writing, number: Number) -> Explanation:
    """db = δ, in a batch the mean of it."""
    (i,), layer = number.at, number.layer
    deltas: list[tuple[Number, ...]] = [(Number("delta", (s, i), layer),) for s in range(w.u.m)]
    variable = deltas[0][0].variable(w.u)
    if w.u.m == 1:
        return sum_of_products(w, deltas, f"{variable}[0, {i}]", _slide(w, 32, 47))
    return sum_of_products(w, deltas, f"({variable}.sum(axis=0) / m)[{i}]", 53, Number("m"))


def row_weight_gradient(w: Writing, number: Number) -> Explanation:
    """One sample's δᵀ x, before the mean."""
    (sample, i, j), layer = number.at, number.layer
    pair = (Number("delta", (sample, i), layer), inputs_of(number, sample, j))
    delta, x = (each.variable(w.u) for each in pair)
    numpy = f"np.outer({delta}[{sample}], {x}[{sample}])[{i}, {j}]"
    return sum_of_products(w, [pair], numpy, _slide(w, 29, 47))


def weight_gradient_sum(w: Writing, number: Number) -> Explanation:
    """The sum of the first samples' δᵀ x, before it is divided by m; of the first alone, its own δᵀ x."""
    (sample, i, j), layer = number.at, number.layer
    if sample == 0:
        return row_weight_gradient(w, Number("dW_rows", number.at, layer))
    rows: list[tuple[Number, ...]] = [(Number("dW_rows", (s, i, j), layer),) for s in range(sample + 1)]
    variable = rows[0][0].variable(w.u)
    return sum_of_products(w, rows, f"np.sum({variable}[: {sample + 1}, {i}, {j}])", 53)


def bias_gradient_sum(w: Writing, number: Number) -> Explanation:
    """The sum of the first samples' δ, before it is divided by m; of the first alone, its own δ."""
    (sample, i), layer = number.at, number.layer
    if sample == 0:
        return row_bias_gradient(w, Number("db_rows", number.at, layer))
    rows: list[tuple[Number, ...]] = [(Number("db_rows", (s, i), layer),) for s in range(sample + 1)]
    variable = rows[0][0].variable(w.u)
    return sum_of_products(w, rows, f"np.sum({variable}[: {sample + 1}, {i}])", 53)


def row_bias_gradient(w: Writing, number: Number) -> Explanation:
    """One sample's δ, before the mean."""
    delta = Number("delta", number.at, number.layer)
    return Explanation(w.latex(delta), w.rounded(delta), w.variable(delta), _slide(w, 32, 47), (delta,))

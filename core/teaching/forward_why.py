"""Why a number of a forward pass is what it is: z, h, the losses (slides 19–20, 43, 52; after the update 41–42)."""

import numpy as np

from core.teaching import names
from core.teaching.explanation import MOST_TERMS, Explanation, Term, sum_of_products
from core.teaching.numbers import Number
from core.teaching.pointwise import POINTWISE
from core.teaching.writing import Writing


def _slide(w: Writing, number: Number, one_layer: int, several: int) -> int:
    """Where the lecture has it: after the update, in a batch, in one layer or in several."""
    if number.kind.endswith("_new"):
        return 42 if number.kind.startswith(("losses", "L")) else 41
    if w.u.m > 1:
        return 52
    return one_layer if w.depth == 1 else several


def _new(number: Number, kind: str) -> str:
    return f"{kind}_new" if number.kind.endswith("_new") else kind


def inputs_of(number: Number, sample: int, j: int) -> Number:
    """The j-th input of the layer that a number belongs to: x, or the layer below's h."""
    if number.layer == 0:
        return Number("x", (sample, j))
    return Number(_new(number, "h"), (sample, j), number.layer - 1)


def pre_activation(w: Writing, number: Number) -> Explanation:
    """z = x Wᵀ + b."""
    (sample, i), layer = number.at, number.layer
    d = w.u.network.layers[layer].W.shape[1]
    pairs: list[tuple[Number, ...]] = [
        (inputs_of(number, sample, j), Number(_new(number, "W"), (i, j), layer)) for j in range(d)
    ]
    W, b = Number(_new(number, "W"), (), layer), Number(_new(number, "b"), (), layer)
    numpy = f"{inputs_of(number, sample, 0).variable(w.u)} @ {W.variable(w.u)}.T"
    if w.u.network.layers[layer].b is not None:
        pairs.append((Number(b.kind, (i,), layer),))
        numpy += f" + {b.variable(w.u)}"
    return sum_of_products(w, pairs, f"({numpy})[{sample}, {i}]", _slide(w, number, 20, 43))


def activation(w: Writing, number: Number) -> Explanation:
    """h = f(z)."""
    (sample, i), layer = number.at, number.layer
    name, kind = w.u.network.layers[layer].activation, _new(number, "z")
    z = Number(kind, (sample, i), layer)
    variable, slide = z.variable(w.u), _slide(w, number, 20, 43)
    if name == "softmax":
        row = tuple(Number(kind, (sample, j), layer) for j in range(w.u.network.layers[layer].W.shape[0]))
        return _softmax(w, row, i, variable, slide)
    written = POINTWISE[name]
    numpy = f"({written.f_numpy.format(z=variable)})[{sample}, {i}]"
    return Explanation(written.f(w.latex(z), w.latex(z)), written.f(w.rounded(z), w.factor(z)), numpy, slide, (z,))


def _softmax(w: Writing, row: tuple[Number, ...], i: int, variable: str, slide: int) -> Explanation:
    def written(exponents: list[str]) -> str:
        return rf"\frac{{e^{{{exponents[i]}}}}}{{{names.added([f'e^{{{each}}}' for each in exponents])}}}"

    formula, filled = written([w.latex(z) for z in row]), written([w.rounded(z) for z in row])
    return Explanation(formula, filled, f"{softmax_numpy(variable, row[0].at[0])}[{i}]", slide, row)


def softmax_numpy(variable: str, sample: int) -> str:
    """Softmax of a row, shifted by its maximum so that nothing overflows."""
    e = f"np.exp({variable}[{sample}] - {variable}[{sample}].max())"
    return f"({e} / {e}.sum())"


def sample_loss(w: Writing, number: Number) -> Explanation:
    """The loss of one sample: ½‖ŷ − y‖², −Σ y ln softmax(ŷ) or −Σ y ln ŷ."""
    sample = number.at[0] if number.at else 0
    last, k = w.depth - 1, w.u.y.shape[1]
    kind, slide = _new(number, "h"), _slide(w, number, 20, 43)
    row = [(Number(kind, (sample, i), last), Number("y", (sample, i))) for i in range(k)]
    y_hat = row[0][0].variable(w.u)
    if w.u.loss == "squared_error":
        return _squared_error(w, row, f"0.5 * np.sum(({y_hat}[{sample}] - y[{sample}]) ** 2)", slide)
    if w.u.loss == "cross_entropy":
        numpy = f"-np.sum(y[{sample}] * np.log({y_hat}[{sample}]), where=y[{sample}] > 0)"
        return _cross_entropy(w, row, numpy, slide)
    numpy = f"y[{sample}].sum() * np.logaddexp.reduce({y_hat}[{sample}]) - y[{sample}] @ {y_hat}[{sample}]"
    return _softmax_cross_entropy(w, row, numpy, slide)


def _squared_error(w: Writing, row: list[tuple[Number, Number]], numpy: str, slide: int) -> Explanation:
    formula = names.added([f"({w.latex(a)} - {w.latex(y)})^2" for a, y in row])
    filled = names.added([f"({w.rounded(a)} - {w.factor(y)})^2" for a, y in row])
    differences = [w.value(a) - w.value(y) for a, y in row]
    halves = [0.5 * each * each for each in differences]
    terms = [Term(pair, half, "half the squared difference") for pair, half in zip(row, halves, strict=True)]
    return Explanation(
        rf"\tfrac{{1}}{{2}} \left[ {formula} \right]",
        rf"\tfrac{{1}}{{2}} \left[ {filled} \right]",
        numpy,
        slide,
        tuple(number for pair in row for number in pair),
        tuple(terms) if len(terms) <= MOST_TERMS else None,
    )


def _cross_entropy(w: Writing, row: list[tuple[Number, Number]], numpy: str, slide: int) -> Explanation:
    formula = names.added([rf"{w.latex(y)} \ln {w.latex(a)}" for a, y in row])
    filled = names.added([rf"{w.factor(y)} \cdot \ln {w.factor(a)}" for a, y in row])
    values = [-w.value(y) * float(np.log(w.value(a))) if w.value(y) > 0 else 0.0 for a, y in row]
    terms = [Term((y, a), value, "−y ln ŷ") for (a, y), value in zip(row, values, strict=True)]
    return Explanation(
        rf"-\left[ {formula} \right]",
        rf"-\left[ {filled} \right]",
        numpy,
        slide,
        tuple(number for pair in row for number in pair),
        tuple(terms) if len(terms) <= MOST_TERMS else None,
    )


def _softmax_cross_entropy(w: Writing, row: list[tuple[Number, Number]], numpy: str, slide: int) -> Explanation:
    outputs, targets = (tuple(pair[place] for pair in row) for place in (0, 1))
    log_sum = float(np.logaddexp.reduce([w.value(a) for a in outputs]))
    shown = names.rounded(log_sum, w.digits)
    index = "j" if w.u.m == 1 else f"{outputs[0].at[0] + 1}\\,j"
    new = r"^{\text{new}}" if outputs[0].kind == "h_new" else ""
    logarithm = rf"\ln \textstyle\sum_j e^{{\hat{{y}}{new}_{{{index}}}}}"
    formula = names.added([rf"{w.latex(y)} \, ({logarithm} - {w.latex(a)})" for a, y in row])
    filled = names.added([rf"{w.factor(y)} \cdot ({shown} - {w.factor(a)})" for a, y in row])
    terms = [Term((a, y), w.value(y) * (log_sum - w.value(a)), "−y ln softmax(ŷ)") for a, y in row]
    kept = tuple(terms) if len(terms) <= MOST_TERMS else None
    return Explanation(formula, filled, numpy, slide, (*outputs, *targets), kept)


def batch_loss(w: Writing, number: Number) -> Explanation:
    """The mean of the samples' losses; of one sample its own loss."""
    kind = _new(number, "losses")
    if w.u.m == 1:
        return sample_loss(w, number)
    losses: list[tuple[Number, ...]] = [(Number(kind, (sample,)),) for sample in range(w.u.m)]
    numpy = f"np.mean({losses[0][0].variable(w.u)})"
    return sum_of_products(w, losses, numpy, _slide(w, number, 20, 43), Number("m"))

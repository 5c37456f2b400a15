"""Why an element of ∂z/∂W or ∂z/∂b is what it is: an input, a 1, or a zero by structure (slides 24–25, 32, 47)."""

from core.teaching.explanation import Explanation
from core.teaching.forward_why import inputs_of
from core.teaching.numbers import Number
from core.teaching.writing import Writing


def weight_jacobian(w: Writing, number: Number) -> Explanation:
    """∂zᵢ/∂w, W unrolled row by row: the input that the weight multiplies, or 0 where the weight is another unit's."""
    (sample, i, k), layer = number.at, number.layer
    units, inputs = w.u.network.layers[layer].W.shape
    row, column = divmod(k, inputs)
    slide = 25 if w.depth == 1 else 47
    if row != i:
        return _zero(w, Number("W", (row, column), layer), row, i, slide)
    x = inputs_of(number, sample, column)
    numpy = f"np.kron(np.eye({units}), {x.variable(w.u)}[{sample}])[{i}, {k}]"
    return Explanation(w.latex(x), w.rounded(x), numpy, slide, (x,))


def bias_jacobian(w: Writing, number: Number) -> Explanation:
    """∂zᵢ/∂bⱼ: 1 for the unit's own bias, which is added once, else 0."""
    (_, i, j), layer = number.at, number.layer
    if i != j:
        return _zero(w, Number("b", (j,), layer), j, i, 32)
    z = w.element("z", number.at[:2], layer).text
    note = f"{w.text(Number('b', (j,), layer))} is added to {z} once, and multiplied by nothing."
    return Explanation("1", "1", "1.0", 32, note=note)


def _zero(w: Writing, parameter: Number, unit: int, other: int, slide: int) -> Explanation:
    note = f"{w.text(parameter)} belongs to unit {unit + 1}, not to unit {other + 1}: 0, whatever the numbers are."
    return Explanation("0", "0", "0.0", slide, note=note)

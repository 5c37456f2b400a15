"""What each input adds to a number of the forward pass: which strokes of a digit speak for it and which against."""

from typing import Any

import numpy as np

from core.network.activations import ACTIVATIONS
from core.teaching.backpropagation import Update
from core.teaching.numbers import read


def contributions(u: Update, name: str) -> dict[str, Any] | None:
    """Share a pre-activation or an activation out among the inputs: slope times input (gradient × input).

    In the first layer the slopes are the unit's own weights (slide 20); behind it they are the chain rule's product
    back to x (slides 43–46). Where each activation on the way is a line through 0 at its own z, h = f′(z)·z as for
    ReLU, the number is exactly their sum and the share of the biases (Ancona et al. 2018, section 3).

    Parameters
    ----------
    u : Update
    name : str
        Its path, as ``layers[1].activations[0][3]``.

    Returns
    -------
    dict or None
        `slopes` and `contributions` (d,), `rest` = the number less the sum of the contributions, and `sums_up`:
        whether the rest is the share of the biases and nothing else. None for any other number.

    Raises
    ------
    InvalidInput
        For a name that no number of this update has.
    """
    number = read(u, name)
    if number.kind not in ("z", "h"):
        return None
    (sample, unit), last = number.at, number.layer
    row = slice(sample, sample + 1)
    z, h = [z[row] for z in u.passed.z], [h[row] for h in u.passed.h]
    sums_up = True
    back = np.zeros_like(z[last])
    back[0, unit] = 1
    with np.errstate(all="ignore"):
        for index in range(last, -1, -1):
            layer = u.network.layers[index]
            if index < last or number.kind == "h":
                activation = ACTIVATIONS[layer.activation]
                sums_up &= activation.derivative is not None and bool(
                    np.array_equal(activation.derivative(z[index]) * z[index], h[index + 1])
                )
                back = activation.backward(back, z[index], h[index + 1])
            back = back @ layer.W
        terms = back[0] * h[0][0]
        value = (z[last] if number.kind == "z" else h[last + 1])[0, unit]
        rest = float(value) - float(terms.sum(dtype=np.float64))
    return {"slopes": back[0], "contributions": terms, "rest": rest, "sums_up": sums_up}

"""The losses as a line of NumPy has them: of each sample, from the outputs `{h}` and the targets `y`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WrittenLoss:
    """One loss in NumPy.

    Attributes
    ----------
    f : str
        (m, k) outputs `{h}` → (m,) losses of the samples.
    derivative : str
        (m, k) outputs `y_hat` → (m, k), one row a sample, without 1/m.
    uses_softmax : bool
        Whether the derivative calls `softmax`.
    """

    f: str
    derivative: str
    uses_softmax: bool = False


WRITTEN_LOSSES = {
    "squared_error": WrittenLoss("0.5 * np.sum(({h} - y) ** 2, axis=1)", "y_hat - y"),
    "softmax_cross_entropy": WrittenLoss(
        "y.sum(axis=1) * np.logaddexp.reduce({h}, axis=1) - np.sum(y * {h}, axis=1)",
        "softmax(y_hat) * y.sum(axis=1, keepdims=True) - y",
        uses_softmax=True,
    ),
    "cross_entropy": WrittenLoss(
        "-np.sum(y * np.log({h}), axis=1, where=y > 0)",
        "np.where(y > 0, -y / y_hat, 0)",
    ),
}

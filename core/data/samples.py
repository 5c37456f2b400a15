"""Samples to learn from, however they came here."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.network.activations import Array


@dataclass(frozen=True)
class Data:
    """Inputs (n, d), targets (n, k), class labels (n,) where there are some, and a test set."""

    inputs: Array
    targets: Array
    labels: NDArray[np.integer] | None = None
    test: "Data | None" = None

    def rows(self, which: slice | NDArray[np.integer]) -> "Data":
        """The samples chosen by a slice or by indices."""
        labels = None if self.labels is None else self.labels[which]
        return Data(self.inputs[which], self.targets[which], labels)

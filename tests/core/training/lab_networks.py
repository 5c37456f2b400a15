"""The lecture's labs as core values, for the tests."""

import numpy as np

from core.data.samples import Data
from core.network.initializers import initialize
from core.network.layers import Layer, Network

ONE_SAMPLE = Data(np.array([[1.0, 2.0]]), np.array([[1.0, 4.0, 4.0]]))
ONE_LAYER = Network((Layer(np.array([[3.0, 2.0], [4.0, 1.0], [5.0, 2.0]]), None, "relu"),))


def two_layers() -> Network:
    """The 2-3-3 network of slides 50-51."""
    return initialize("legacy_normal", 0, [2, 3, 3], ["relu", "linear"], True)[0]

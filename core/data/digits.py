"""Drawings turned into digits as MNIST's are: centered by their mass, and standardized by its training set."""

from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from core.data.mnist import SIDE, STD_FLOOR, Floats

DIGIT_BOX = 20
CENTER = 14.0
INK = 0.02


def standardize(images: NDArray[np.floating[Any]], mean: Floats, std: Floats) -> Floats:
    """Standardize images that are not part of the data set, such as drawings.

    Parameters
    ----------
    images : ndarray, shape (m, 784)
        Pixels in [0, 1].
    mean, std : ndarray of float32, shape (1, 784)
        Of the training set.

    Returns
    -------
    ndarray of float32, shape (m, 784)
        Pixels that never change over the training set (67 of them) become 0: their floored std would turn a
        trace of ink there into a value of a million, which no training image ever showed the network.
    """
    scaled = (images.astype(np.float32) - mean) / std
    return np.where(std > STD_FLOOR, scaled, np.float32(0)).astype(np.float32)


def center_digit(drawing: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Turn a drawing into an image as MNIST's digits were made.

    The box of the ink is scaled, its aspect kept, by area averaging to fit 20×20, and laid into 28×28 so that
    its center of mass falls on the center, to the nearest pixel (LeCun, Cortes, Burges: THE MNIST DATABASE).

    Parameters
    ----------
    drawing : ndarray, shape (s, s)
        Ink from 0 (none) to 1, any size.

    Returns
    -------
    ndarray of float64, shape (28, 28)
        All zeros for an empty drawing.
    """
    image = np.zeros((SIDE, SIDE))
    ink = drawing > INK
    if not ink.any():
        return image
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    box = drawing[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float64)
    scale = DIGIT_BOX / max(box.shape)
    height, width = (max(1, round(length * scale)) for length in box.shape)
    digit = _averages(box.shape[0], height) @ box @ _averages(box.shape[1], width).T
    top = _offset(digit.sum(axis=1))
    left = _offset(digit.sum(axis=0))
    image[top : top + height, left : left + width] = np.clip(digit, 0, 1)
    return image


def _averages(length: int, parts: int) -> NDArray[np.float64]:
    """Return the (parts, length) matrix that averages a line of pixels over equal parts of its length."""
    edges = np.linspace(0, length, parts + 1)
    pixels = np.arange(length)
    low = np.maximum(edges[:-1, None], pixels)
    high = np.minimum(edges[1:, None], pixels + 1)
    overlap = np.clip(high - low, 0, None)
    return cast(NDArray[np.float64], overlap / overlap.sum(axis=1, keepdims=True))


def _offset(profile: NDArray[np.float64]) -> int:
    """Return where a digit starts along one axis so that its center of mass is central and all of it fits."""
    mass = float(profile @ np.arange(len(profile)) / profile.sum())
    return int(np.clip(round(CENTER - mass), 0, SIDE - len(profile)))

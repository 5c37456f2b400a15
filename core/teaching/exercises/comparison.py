"""When two matrices are the same: exactly, rounded, nearly, or up to one factor."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from core.network.activations import Array
from core.teaching.exercises.answers import Reading

FINEST = 1e-9
SIGNIFICANT_DIGITS = 3
CLOSE = 0.01
APART = 2 * CLOSE


def size_of(matrix: Array) -> float:
    """The largest number of a matrix, in size; 1 where all are 0."""
    return float(np.abs(matrix).max(initial=0.0)) or 1.0


def differing_cells(reading: Reading, expected: Array) -> list[tuple[int, int]]:
    """The cells that are not the expected number, also when rounded as they were typed.

    Parameters
    ----------
    reading : Reading
        Of the expected shape.
    expected : array (rows, columns)

    Returns
    -------
    list of (row, column)
        A cell may be off by half a unit of the last digit typed, at most by half a unit of the third significant
        digit, and always by 1e-9 of the largest number of the matrix.
    """
    allowed = np.minimum(reading.halves, _half_unit(expected, SIGNIFICANT_DIGITS)) + FINEST * size_of(expected)
    return _cells(np.abs(reading.values - expected) > allowed)


def is_exact(reading: Reading, expected: Array) -> bool:
    """Whether nothing was rounded."""
    return bool((np.abs(reading.values - expected) <= FINEST * size_of(expected)).all())


def is_close(reading: Reading, expected: Array) -> bool:
    """Whether every cell is within 1 % of the largest number of the matrix."""
    return bool((np.abs(reading.values - expected) <= CLOSE * size_of(expected)).all())


def has_too_few_digits(reading: Reading, expected: Array) -> bool:
    """Whether every cell is right in the digits typed, but these are fewer than three."""
    return not (np.abs(reading.values - expected) > reading.halves + FINEST * size_of(expected)).any()


def fits(reading: Reading, expected: Array) -> bool:
    """Whether shape and all cells are as expected."""
    return reading.values.shape == expected.shape and not differing_cells(reading, expected)


def factor_between(reading: Reading, expected: Array) -> float | None:
    """The one factor that turns the expected numbers into those read.

    Returns
    -------
    float or None
        None where there is none, or where fewer than two numbers are not 0: one number is always a multiple.
    """
    if reading.values.shape != expected.shape or np.count_nonzero(expected) < 2:
        return None
    largest = np.unravel_index(np.abs(expected).argmax(), expected.shape)
    exact = float(reading.values[largest] / expected[largest])
    near = float(Fraction(exact).limit_denominator(12))
    factor = near if abs(near - exact) < 1e-3 * abs(exact) else exact
    return factor if factor != 0 and fits(reading, factor * expected) else None


def told_apart(a: Array, b: Array, size: float) -> bool:
    """Whether two answers differ by more than twice what counts as close."""
    return a.shape != b.shape or bool(np.abs(a - b).max(initial=0.0) > APART * size)


def _half_unit(expected: Array, digits: int) -> Array:
    """Half a unit of the last of so many significant digits; 0 has none."""
    exponents = np.floor(np.log10(np.where(expected == 0, 1, np.abs(expected))))
    return np.asarray(np.where(expected == 0, 0, 0.5 * 10.0 ** (exponents - digits + 1)))


def _cells(wrong: NDArray[np.bool_]) -> list[tuple[int, int]]:
    return [(int(i), int(j)) for i, j in np.argwhere(wrong)]

"""Numbers in sentences."""

import math

import pytest
from mpmath import mpf

from core.sentence_numbers import finely_written, written


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.9671e21, "1.967·10²¹"),
        (1e-6, "10⁻⁶"),
        (-1e-6, "−10⁻⁶"),
        (-2.5e-7, "−2.5·10⁻⁷"),
        (-0.5, "−0.5"),
        (3.47756, "3.478"),
        (-0.0, "0"),
        (3799, "3799"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "undefined"),
        (12345, "12\u202f345"),
        (3799.4, "3799"),
        (10, "10"),
        (0.0001, "0.0001"),
        (5e-5, "5·10⁻⁵"),
        (2.0612e12, "2.061·10¹²"),
    ],
)
def test_a_number_is_written_as_on_a_board(value: float, text: str) -> None:
    assert written(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (mpf("-0.123456789"), "−0.123457"),
        (12345.67, "12\u202f345.7"),
        (-2.5e-7, "−2.5·10⁻⁷"),
        (1234567.8, "1.23457·10⁶"),
        (-0.0, "0"),
        (mpf(2), "2"),
    ],
)
def test_a_point_is_written_with_six_digits(value: float, text: str) -> None:
    assert finely_written(value) == text

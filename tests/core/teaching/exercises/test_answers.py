"""Numbers as students write them."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.teaching.exercises.answers import LARGEST, Unreadable, read_answer, read_number


@pytest.mark.parametrize(
    ("text", "value", "half"),
    [
        ("7", 7, 0.5),
        ("65/8", 8.125, 0),
        ("-1/4", -0.25, 0),
        ("−1/−4", 0.25, 0),
        ("1e-3", 0.001, 0.0005),
        ("2.5E2", 250, 5),
        ("−2", -2, 0.5),
        ("– 2", -2, 0.5),
        ("+2", 2, 0.5),
        ("0,5", 0.5, 0.05),
        (".5", 0.5, 0.05),
        ("5.", 5, 0.5),
        ("8.10", 8.1, 0.005),
        (" 4 ", 4, 0.5),
        ("1e-400", 0, 0),
    ],
)
def test_numbers_are_read(text: str, value: float, half: float) -> None:
    assert read_number(text) == (pytest.approx(value), pytest.approx(half))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("abc", "not a number"),
        ("15.9 25", "two numbers"),
        ("1/0", "Dividing by 0"),
        ("1/0.0", "Dividing by 0"),
        ("1e999", "Too large"),
        ("-1e13", "Too large"),
        ("1/1e-300", "Too large"),
        ("1e400/1e400", "Too large"),
        ("1,234.5", "one decimal point"),
        ("1.2.3", "one decimal point"),
        ("--2", "not a number"),
        ("nan", "not a number"),
        ("Infinity", "not a number"),
        ("1/2/3", "not a number"),
        ("٣", "not a number"),
        ("0x10", "not a number"),
        ("1" * 50, "Too long"),
        ("1_000", "not a number"),
    ],
)
def test_what_is_no_number_says_why(text: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_number(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Unreadable):
        value, half = read_number(text)
        assert abs(value) <= LARGEST
        assert 0 <= half < float("inf")


@given(st.floats(-1e11, 1e11))
def test_numbers_of_a_client_are_read_as_they_are(number: float) -> None:
    reading = read_answer([[number]])
    assert reading.state == "read"
    assert reading.values[0, 0] == pytest.approx(number, rel=1e-15, abs=0)


def test_empty_half_filled_and_uneven() -> None:
    assert read_answer([["", " "], [None, ""]]).state == "empty"
    half = read_answer([["6", ""], ["2", "4"]])
    assert (half.state, half.message) == ("invalid", "3 of 4 cells are filled.")
    uneven = read_answer([["6", "2"], ["5"]])
    assert (uneven.state, uneven.message) == ("invalid", "Row 2 has 1 cells, row 1 has 2.")
    assert read_answer([]).state == "empty"


def test_every_cell_at_fault_is_named() -> None:
    reading = read_answer([["6", "x"], ["1 2", "4"]])
    assert reading.state == "invalid"
    assert [fault.cell for fault in reading.faults] == [(0, 1), (1, 0)]
    assert np.isnan(reading.values[0, 1])
    assert reading.values[1, 1] == 4

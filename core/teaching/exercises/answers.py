"""Numbers as students write them, read with the precision in which they were typed."""

import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.network.activations import Array

LARGEST = 1e12
LONGEST_TEXT = 40
MOST_ROWS = 16

_NUMBER = r"([+-]?)\s*(\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE]([+-]?\d+))?"
_DECIMAL = re.compile(_NUMBER, re.ASCII)
_FRACTION = re.compile(rf"{_NUMBER}\s*[/÷:]\s*{_NUMBER}", re.ASCII)
_MINUS = str.maketrans("−–‐‑﹣-", "------")

Cell = float | str | None


class Unreadable(ValueError):
    """A text that is no number, with what is wrong."""


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be read: its row and column from 0, and why."""

    cell: tuple[int, int]
    message: str


@dataclass(frozen=True)
class Reading:
    """What was read of one field.

    Attributes
    ----------
    state : str
        "read", "empty", or "invalid" (half filled, not readable, or rows of different lengths).
    values : array (rows, columns)
        NaN where a cell could not be read.
    halves : array (rows, columns)
        Half a unit of the last digit typed; 0 for a fraction, which is exact.
    faults : tuple of Fault
    message : str
        What is wrong with the whole, where the state is "invalid".
    """

    state: str
    values: Array
    halves: Array
    faults: tuple[Fault, ...] = ()
    message: str = ""


EMPTY = Reading("empty", np.zeros((0, 0)), np.zeros((0, 0)))


def read_number(text: str) -> tuple[float, float]:
    """Read one number.

    Parameters
    ----------
    text : str
        As in ``65/8``, ``1e-3``, ``−2`` or ``0,5``.

    Returns
    -------
    tuple of float
        The value, and half a unit of the last digit typed (0 for a fraction).

    Raises
    ------
    Unreadable
        With what is wrong.
    """
    plain = text.strip().translate(_MINUS)
    if len(plain) > LONGEST_TEXT:
        raise Unreadable(f"Too long for a number: at most {LONGEST_TEXT} characters.")
    if found := _FRACTION.fullmatch(plain):
        above, below = _value(*found.groups()[:3]), _value(*found.groups()[3:])
        if below == 0:
            raise Unreadable("Dividing by 0 gives no number.")
        return _bounded(above / below), 0.0
    if found := _DECIMAL.fullmatch(plain):
        sign, digits, exponent = found.groups()
        value = _bounded(_value(sign, digits, exponent))
        decimals = len(re.split("[.,]", digits)[1]) if re.search("[.,]", digits) else 0
        return value, 0.5 * float(f"1e{max(int(exponent or 0) - decimals, -400)}")
    raise Unreadable(_why(plain))


def _value(sign: str, digits: str, exponent: str | None) -> float:
    return float(f"{sign}{digits.replace(',', '.')}e{exponent or 0}")


def _bounded(value: float) -> float:
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise Unreadable(f"Too large: at most {LARGEST:.0e} in size.")
    return value


def _why(text: str) -> str:
    if re.fullmatch(rf"{_NUMBER}(\s+{_NUMBER})+", text, re.ASCII):
        return "This reads as two numbers. One number a cell, without blanks in it."
    if re.fullmatch(r"[+-]?[\d.,]+", text, re.ASCII):
        return "Write one decimal point or comma, and no marks between thousands."
    return "This is not a number. Write it as 65/8, 1e-3, −2 or 0,5."


def read_answer(rows: list[list[Cell]]) -> Reading:
    """Read a matrix as it was typed.

    Parameters
    ----------
    rows : list of lists
        Numbers, texts, or None for a cell left empty.

    Returns
    -------
    Reading
    """
    if not any(_filled(cell) for row in rows for cell in row):
        return EMPTY
    lengths = [len(row) for row in rows]
    if uneven := next((i for i, length in enumerate(lengths) if length != lengths[0]), None):
        message = f"Row {uneven + 1} has {lengths[uneven]} cells, row 1 has {lengths[0]}."
        return Reading("invalid", np.zeros((0, 0)), np.zeros((0, 0)), message=message)
    values, halves = np.full((len(rows), lengths[0]), np.nan), np.zeros((len(rows), lengths[0]))
    faults, missing = [], 0
    for (i, j), cell in [((i, j), cell) for i, row in enumerate(rows) for j, cell in enumerate(row)]:
        if cell is None or not _filled(cell):
            missing += 1
            continue
        try:
            values[i, j], halves[i, j] = read_number(text_of(cell))
        except Unreadable as error:
            faults.append(Fault((i, j), str(error)))
    if faults or missing:
        message = faults[0].message if faults else f"{values.size - missing} of {values.size} cells are filled."
        return Reading("invalid", values, halves, tuple(faults), message)
    return Reading("read", values, halves)


def _filled(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def text_of(cell: float | str) -> str:
    """A number as a client would have typed it: 6.0 has no digit that 6 has not."""
    return cell if isinstance(cell, str) else f"{cell:.17g}" if cell == int(cell) else repr(cell)

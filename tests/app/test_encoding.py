"""One JSON encoder: full precision, and null for what is not finite, wherever it stands."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from app.encoding import encode


@dataclass(frozen=True)
class Point:
    x: float
    y: float


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.1 + 0.2, 0.30000000000000004),
        (np.float32(0.1), 0.10000000149011612),
        (np.array([[1.0, 0.1 + 0.2]]), [[1.0, 0.30000000000000004]]),
        (np.array([1, 2]), [1, 2]),
        ([np.int64(3), np.bool_(True)], [3, True]),
        (Point(1.0, 2.0), {"x": 1.0, "y": 2.0}),
        ("ŷ − y", "ŷ − y"),
        (float("nan"), None),
        (np.float64("inf"), None),
        ({"a": [1.0, float("-inf")], "b": Point(1.0, float("nan"))}, {"a": [1.0, None], "b": {"x": 1.0, "y": None}}),
        ({"a": np.array([[1.0, np.nan], [np.inf, 2.0]])}, {"a": [[1.0, None], [None, 2.0]]}),
        ({"a": (np.array([1.0]), np.float32("nan"))}, {"a": [[1.0], None]}),
    ],
)
def test_encode(value: Any, expected: Any) -> None:
    found = encode(value)
    assert b"NaN" not in found
    assert b"Infinity" not in found
    assert json.loads(found) == expected


def test_what_json_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        encode({"a": {1, 2}})

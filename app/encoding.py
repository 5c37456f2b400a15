"""One JSON encoder: full precision, arrays as lists, and null for what is not finite."""

import dataclasses
import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
from starlette.responses import Response


def plain(value: Any) -> Any:
    """Turn arrays, dataclasses and non-finite numbers into what JSON can hold."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, np.ndarray):
        if value.dtype.kind != "f" or np.isfinite(value).all():
            return value.tolist()
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _unchecked(value: Any) -> Any:
    """What JSON does not know by itself; the encoder then checks the numbers, and faster."""
    return value.tolist() if isinstance(value, np.ndarray) else plain(value)


_ENCODER = json.JSONEncoder(allow_nan=False, ensure_ascii=False, separators=(",", ":"), default=_unchecked)


def encode(value: Any) -> bytes:
    """Encode as JSON in UTF-8."""
    try:
        return _ENCODER.encode(value).encode()
    except ValueError:
        # somewhere a number is not finite: only then is everything looked through
        return _ENCODER.encode(plain(value)).encode()


def encoded(function: Callable[..., Any], *args: Any) -> tuple[Any, bytes]:
    """Call a function and encode what it returns in the same thread, for the event loop never computes."""
    found = function(*args)
    return found, encode(found)


def json_response(content: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Answer with JSON."""
    return Response(content, status, headers, media_type="application/json")

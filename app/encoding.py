"""One JSON encoder: full precision, arrays as lists, and null for what is not finite."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import orjson

# arrays go through `_plain`: written by orjson itself, float32 would come with the digits of its own precision
_OPTIONS = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_NON_STR_KEYS


def _plain(value: Any) -> Any:
    """What JSON does not know by itself."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} has no JSON form")


def encode(value: Any) -> bytes:
    """Encode as JSON in UTF-8."""
    return orjson.dumps(value, _plain, _OPTIONS)


def encoded(function: Callable[..., Any], *args: Any) -> tuple[Any, bytes]:
    """Call a function and encode what it returns in the same thread, for the event loop never computes."""
    found = function(*args)
    return found, encode(found)

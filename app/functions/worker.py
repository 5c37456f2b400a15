"""What the process for symbolic mathematics runs; it keeps its analyses, so that a drag costs little."""

import signal
import sys
from typing import Any

from app.encoding import encode

MEMORY_BYTES = 1 << 30
EXAMPLE = {"text": "x^2", "variable": "x", "at": 1.5, "delta": 0.5, "domain": (-3.0, 3.0), "samples": 201}


def prepare() -> None:
    """Leave Ctrl-C to the server, bound the memory, and make the first answer, which is slow, before one is asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    answer("derivative", EXAMPLE)


def _limit_memory() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))


def answer(call: str, arguments: dict[str, Any]) -> bytes | None:
    """The answer to a call as JSON; None where it needs too much memory or too deep a recursion."""
    # imported here: the server names this function, and must not load SymPy for it
    from app.functions.answers import CALLS

    try:
        return encode(CALLS[call](**arguments))
    except (MemoryError, RecursionError):
        return None

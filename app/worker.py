"""Large steps in a process of their own, so that the server's answers stay quick."""

import json
import os
import signal
from functools import lru_cache
from pathlib import Path

from app.configuration import Setup, build
from app.threads import one_thread_a_product
from core.training import Progress, State, advance

NICENESS = 5


def prepare() -> None:
    """Run at lower priority, and leave Ctrl-C to the server."""
    one_thread_a_product()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)


@lru_cache(maxsize=4)
def _setup(configuration: str, data_dir: Path) -> Setup:
    return build(json.loads(configuration), data_dir)[1]


def advance_here(
    state: State, configuration: str, data_dir: Path, count: int, loss_after: bool, keep_every: int
) -> Progress:
    """Bring the data, then advance; the arguments are small enough to send to a process."""
    setup = _setup(configuration, data_dir)
    return advance(state, setup.recipe, setup.data, count, loss_after=loss_after, keep_every=keep_every)

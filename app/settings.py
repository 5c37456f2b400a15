"""Every setting of the server with its default; the limits are shown in the catalog."""

import os
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from platformdirs import user_data_dir

PREFIX = "DOWNHILL_"
LIMIT_PREFIX = PREFIX + "LIMIT_"


@dataclass(frozen=True)
class Limits:
    """Sizes above which a request is refused (413) or asked to come back later (429)."""

    body_bytes: int = 2_000_000
    layers: int = 20
    layer_width: int = 4096
    parameters: int = 2_000_000
    inline_values: int = 200_000
    learning_rate: float = 1e6
    runs: int = 10_000
    steps_per_request: int = 100_000
    steps_per_run: int = 2_000_000
    step_seconds: float = 20.0
    response_values: int = 500_000
    default_layer_parameters: int = 2000
    loss_page: int = 10_000
    run_state_bytes: int = 128 * 1024 * 1024
    stored_bytes: int = 32 * 1024 * 1024 * 1024
    concurrent_jobs: int = 8
    queued_jobs: int = 64
    playing_runs: int = 8
    streams: int = 100
    busy_milliseconds: int = 5000
    images: int = 1000
    symbolic_seconds: float = 2.0
    landscape_resolution: int = 101
    queued_functions: int = 32
    queued_function_seconds: float = 5.0


@dataclass(frozen=True)
class Settings:
    """Where it listens, whom it answers, where data lives, where big work is done, and the limits."""

    host: str = "127.0.0.1"
    allowed_hosts: tuple[str, ...] = ()
    data_dir: Path = field(default_factory=lambda: Path(user_data_dir("downhill")))
    database_url: str | None = None
    worker_operations: int = 2_000_000
    limits: Limits = Limits()

    @property
    def database(self) -> str:
        """The database's address; a file under the data directory unless set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'runs.sqlite3'}"


class SettingsError(ValueError):
    """A setting in the environment that cannot be used, with what would be right."""


def from_environment() -> Settings:
    """Read DOWNHILL_DATA_DIR, _DATABASE_URL, _ALLOWED_HOSTS and _LIMIT_<NAME> over the defaults."""
    settings = Settings()
    if data_dir := os.environ.get(PREFIX + "DATA_DIR"):
        settings = replace(settings, data_dir=Path(data_dir).expanduser())
    if url := os.environ.get(PREFIX + "DATABASE_URL"):
        settings = replace(settings, database_url=url)
    names = os.environ.get(PREFIX + "ALLOWED_HOSTS", "").split(",")
    settings = replace(settings, allowed_hosts=tuple(name.strip() for name in names if name.strip()))
    known = {LIMIT_PREFIX + limit.name.upper(): limit.name for limit in fields(Limits)}
    given = {name: text for name, text in os.environ.items() if name.startswith(LIMIT_PREFIX)}
    if unknown := given.keys() - known.keys():
        raise SettingsError(f"Unknown setting {min(unknown)}. Known: {', '.join(known)}.")
    numbers = {known[name]: _limit(name, text, getattr(settings.limits, known[name])) for name, text in given.items()}
    return replace(settings, limits=replace(settings.limits, **numbers))


def _limit(name: str, text: str, default: int | float) -> Any:
    try:
        number = type(default)(text)
    except ValueError:
        number = -1
    if not 0 <= number < float("inf"):
        raise SettingsError(f"{name} must be a {'whole ' if isinstance(default, int) else ''}number, as {default}.")
    return number

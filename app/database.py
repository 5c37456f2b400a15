"""Opening the database: a file under the data directory unless set otherwise."""

from functools import partial
from typing import Any

from sqlalchemy import Engine, create_engine, event

from app.settings import Settings
from app.tables import metadata

CONNECTIONS = 32


def open_database(settings: Settings) -> Engine:
    """Connect, and make the tables that are not there yet."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = create_engine(settings.database, pool_size=CONNECTIONS, max_overflow=CONNECTIONS)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", partial(_prepare_sqlite, settings.limits.busy_milliseconds))
    metadata.create_all(engine)
    return engine


def _prepare_sqlite(busy_milliseconds: int, connection: Any, _: Any) -> None:
    """Readers beside the writer (WAL), and what is committed is on the disk (FULL)."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={busy_milliseconds}", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()

"""Opening the database: a file under the data directory unless set otherwise."""

from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from app.settings import Settings
from app.store.version import bring_up_to_date

CONNECTIONS = 32
# the option of a connection that is going to write
WRITES = {"writes": True}


def open_database(settings: Settings) -> Engine:
    """Connect, and make the tables that are not there yet."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    # what cannot be stored is logged, and the ids of runs, which open them, are no part of what is logged
    engine = create_engine(settings.database, pool_size=CONNECTIONS, max_overflow=CONNECTIONS, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        _keep_to_owner(engine.url.database)
        event.listen(engine, "connect", partial(_prepare_sqlite, settings.limits.busy_milliseconds))
        event.listen(engine, "begin", _begin)
    bring_up_to_date(engine.execution_options(**WRITES))
    return engine


def check_database(settings: Settings) -> None:
    """Open the database once, and close it again; raise `OSError` with the reason if that cannot be."""
    try:
        open_database(settings).dispose()
    except SQLAlchemyError as error:
        raise OSError(str(getattr(error, "orig", None) or error)) from error


def _keep_to_owner(path: str | None) -> None:
    """Let only its owner read the file: who knows a run's id may change it. SQLite makes the files beside it alike."""
    if path in (None, "", ":memory:"):
        return
    file = Path(str(path))
    file.touch(0o600)
    for each in (file, *(file.with_name(file.name + beside) for beside in ("-wal", "-shm"))):
        if each.exists() and each.stat().st_mode & 0o077:
            each.chmod(0o600)


def _prepare_sqlite(busy_milliseconds: int, connection: Any, _: Any) -> None:
    """Readers beside the writer (WAL), what is committed is on the disk (FULL), and `_begin` begins."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={busy_milliseconds}", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Who reads sees one moment; who writes waits first for the right to: a reader cannot always turn into a writer."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

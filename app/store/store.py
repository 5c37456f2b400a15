"""The database: snapshots to read from, and one transaction at a time to write in."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from app.errors import NotStored
from app.settings import Settings
from app.store.database import WRITES, open_database
from app.store.snapshot import Snapshot
from app.store.tables import runs
from app.store.transaction import Transaction

logger = logging.getLogger("downhill")


class Store:
    """All access to the database."""

    def __init__(self, settings: Settings) -> None:
        self.limits = settings.limits
        self.engine = open_database(settings)
        self._writing = self.engine.execution_options(**WRITES)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Everything read in here holds for the same moment."""
        with _told_as_problem(), self.engine.begin() as connection:
            yield Snapshot(connection)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Everything written in here is on the disk when it ends, or nothing of it."""
        with _told_as_problem(), self._writing.begin() as connection:
            yield Transaction(connection, self.limits)

    def recover(self) -> None:
        """After a restart nothing plays."""
        with self._writing.begin() as connection:
            connection.execute(update(runs).where(runs.c.status == "playing").values(status="paused", rate=None))


@contextmanager
def _told_as_problem() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        logger.error("database: %s", error.orig)
        raise NotStored from error

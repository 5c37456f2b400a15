"""Which version of Downhill a database is of: older ones are brought up to date, newer ones are refused."""

from sqlalchemy import Connection, Engine

from app.errors import StoredByNewer
from app.store.tables import metadata

# 0: version 0.1 of Downhill, or an empty database; raised with every change of the tables or of the formats in them
SCHEMA = 1


def bring_up_to_date(engine: Engine) -> None:
    """Make the tables that are not there yet, and note the version; SQLite keeps it in the file's head."""
    with engine.begin() as connection:
        if engine.dialect.name != "sqlite":
            metadata.create_all(connection)
            return
        found = _version(connection)
        if found > SCHEMA:
            raise StoredByNewer("The database")
        if found < SCHEMA:
            metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")


def _version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())

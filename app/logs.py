"""What the server writes down: faults, and never the id of a run, which opens it to whoever reads it."""

import logging
import re
from typing import Any

# what `secrets.token_urlsafe(16)` gives, with nothing of the kind around it
_ID = re.compile(r"(?<![\w-])[\w-]{22}(?![\w-])", re.ASCII)


class WithoutIds(logging.Formatter):
    """Writes a message and its traceback, with a mark in the place of every id."""

    def format(self, record: logging.LogRecord) -> str:
        """The whole text."""
        return _ID.sub(_mark, super().format(record))


def _mark(found: re.Match[str]) -> str:
    # an id has capitals and small letters; a function's name of 22 letters has not
    return "[id]" if found[0].lower() != found[0] != found[0].upper() else found[0]


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": WithoutIds, "format": "%(levelname)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

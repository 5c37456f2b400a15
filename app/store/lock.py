"""One server for one data directory: a second one would take the runs of the first for its own."""

import fcntl
import os
from pathlib import Path
from typing import Self

LOCK = "server.lock"


class AlreadyServed(Exception):
    """A data directory that another server serves, and where that one is."""


class DirectoryLock:
    """The lock of a data directory; it ends with its process, however that ends.

    A record lock (`lockf`): it belongs to the process alone, so that no process started by this one keeps it.
    """

    def __init__(self, data_dir: Path) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        self._file = os.open(data_dir / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            where = os.pread(self._file, 1000, 0).decode(errors="replace").strip()
            os.close(self._file)
            raise AlreadyServed(f"{data_dir} is already served by another Downhill ({where or 'starting'}).") from None
        self._write(f"process {os.getpid()}")

    def announce(self, address: str) -> None:
        """Note where this server is, for others to tell."""
        self._write(f"at {address}, process {os.getpid()}")

    def _write(self, text: str) -> None:
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{text}\n".encode(), 0)

    def release(self) -> None:
        """Let another server have the directory."""
        os.ftruncate(self._file, 0)
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

"""A progress bar on the terminal for things read in parts."""

from types import TracebackType

from tqdm import tqdm


class ProgressBar:
    """One bar at a time, named by what is being read; called with (name, done, total)."""

    def __init__(self) -> None:
        self._name: str | None = None
        self._bar: tqdm | None = None

    def __enter__(self) -> "ProgressBar":
        return self

    def __call__(self, name: str, done: int, total: int | None) -> None:
        """Show how far the reading has come."""
        if name != self._name or self._bar is None:
            self.close()
            self._name = name
            # What has no length has no bar: its name says what is being done.
            layout = None if total else "{desc} …"
            self._bar = tqdm(desc=name, total=total, unit="B", unit_scale=True, bar_format=layout)
        self._bar.update(done - self._bar.n)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Finish the bar shown now."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

"""Everything that can go wrong in the core, as one tree of exceptions."""


class DownhillError(Exception):
    """Base of all errors that Downhill raises on purpose.

    Their `args` are what they are made from, so that they cross a process border; the text comes from `__str__`.
    """


class InvalidInput(DownhillError):
    """A value that cannot be used, with the place it stands at and what would be right.

    Parameters
    ----------
    location : str
        Dotted path of the value, as in ``network.layer_sizes``.
    message : str
        What is wrong and what would be right.
    """

    def __init__(self, location: str, message: str) -> None:
        super().__init__(location, message)
        self.location = location
        self.message = message

    def __str__(self) -> str:
        return f"{self.location}: {self.message}"


class FormulaError(InvalidInput):
    """A formula that cannot be read, with the place in its text and a text that can.

    Parameters
    ----------
    location : str
        Where the formula stands, as in ``expression``.
    message : str
        What is wrong and what would be right.
    position, length : int
        The characters at fault, counted in code points of the text as it was given.
    suggestion : str or None
        A whole text that can be read and is close to what may have been meant.
    """

    def __init__(self, location: str, message: str, position: int, length: int, suggestion: str | None) -> None:
        super().__init__(location, message)
        self.args = (location, message, position, length, suggestion)
        self.position = position
        self.length = length
        self.suggestion = suggestion


class LimitExceeded(InvalidInput):
    """A value that is well formed but larger than a stated limit."""


class DatasetMissing(DownhillError):
    """A data set that is not on this machine yet, with the command that fetches it."""

    reason = "is not on this machine yet"

    def __init__(self, dataset: str, command: str) -> None:
        super().__init__(dataset, command)
        self.dataset = dataset
        self.command = command

    def __str__(self) -> str:
        return f"The data set {self.dataset} {self.reason}. Fetch it with: {self.command}"


class DatasetCorrupt(DatasetMissing):
    """A data set whose files do not have the published SHA-256."""

    reason = "is damaged (its SHA-256 is not the published one)"


class Diverged(DownhillError):
    """A run that cannot go on because its numbers left the finite range at a step."""

    def __init__(self, step: int) -> None:
        super().__init__(step)
        self.step = step

    def __str__(self) -> str:
        return f"The run diverged at step {self.step}. Rewind to step {self.step - 1} or earlier to go on."

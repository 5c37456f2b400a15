"""The numbers that an optimizer or a schedule takes beside the learning rate."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import InvalidInput


@dataclass(frozen=True)
class Hyperparameter:
    """One number: its letter in the formula (LaTeX), its default, and what it may be.

    Attributes
    ----------
    least, most : float
        The range, both ends included unless `open_below` or `open_above`.
    whole : bool
        Whether only whole numbers are allowed.
    """

    name: str
    symbol: str
    label: str
    default: float
    least: float
    most: float
    open_below: bool = False
    open_above: bool = False
    whole: bool = False

    def check(self, location: str, value: float) -> None:
        """Raise `InvalidInput` for a number outside its range."""
        low = value > self.least if self.open_below else value >= self.least
        high = value < self.most if self.open_above else value <= self.most
        if not (low and high) or (self.whole and value != int(value)):
            raise InvalidInput(location, f"Give {self.range_in_words}.")

    @property
    def range_in_words(self) -> str:
        """What it may be, as "a number from 0 to below 1"."""
        lower = f"above {self.least:g}" if self.open_below else f"from {self.least:g}"
        upper = f"below {self.most:g}" if self.open_above else f"{self.most:g}"
        return f"a {'whole number' if self.whole else 'number'} {lower} to {upper}"


def values_of(declared: tuple[Hyperparameter, ...], given: Mapping[str, float]) -> dict[str, float]:
    """The declared numbers: as given, or their defaults; names that are not declared are left out."""
    return {each.name: given.get(each.name, each.default) for each in declared}

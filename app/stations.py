"""The lecture's arc: which slides are one station, and where the stations that exist are."""

from dataclasses import dataclass

SLIDE_COUNT = 60


@dataclass(frozen=True)
class Station:
    """A stretch of the lecture; `path` is None until its page exists, `query` sets the lecture's numbers."""

    key: str
    title: str
    first: int
    last: int
    path: str | None = None
    query: str = ""
    claim: str = ""

    @property
    def slides(self) -> str:
        """The slides as printed."""
        return f"{self.first}–{self.last}"


STATIONS = (
    Station("descent", "Going downhill", 2, 5),
    Station("derivative", "The derivative as a limit", 6, 12),
    Station("gradient", "Partial derivatives and the gradient", 13, 14),
    Station("jacobian", "The Jacobian", 15, 16),
    Station("chain", "The chain rule", 17, 19),
    Station("one-layer", "One layer, backward", 20, 33),
    Station("learning-rate", "Gradient descent", 34, 42),
    Station("two-layers", "Two layers and more", 43, 51),
    Station("batches", "Batches", 52, 56),
    Station(
        "mnist",
        "MNIST",
        57,
        59,
        "/mnist",
        "preset=mnist-lecture",
        "Sixty thousand digits, one gradient: train it live.",
    ),
)


def station_of(slide: int) -> Station | None:
    """The station that a slide belongs to."""
    return next((station for station in STATIONS if station.first <= slide <= station.last), None)

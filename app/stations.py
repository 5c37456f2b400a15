"""The lecture's arc: which slides are one station, and the state of its page that shows a slide's numbers."""

from dataclasses import dataclass, field

SLIDE_COUNT = 60


@dataclass(frozen=True)
class Station:
    """A stretch of the lecture; `path` is None until its page exists.

    `states` holds the query that shows a slide's own numbers, for the slide at which it begins.
    """

    key: str
    name: str
    title: str
    first: int
    last: int
    path: str | None = None
    claim: str = ""
    states: dict[int, str] = field(default_factory=dict)

    @property
    def slides(self) -> str:
        """The slides as printed."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    def address(self, slide: int) -> str | None:
        """Where a slide of this station is shown with its numbers."""
        if self.path is None:
            return None
        begun = [first for first in self.states if first <= slide]
        query = [self.states[max(begun)]] if begun else []
        return f"{self.path}?{'&'.join([*query, f'slide={slide}'])}"


STATIONS = (
    Station(
        "loss",
        "Loss",
        "The squared error",
        2,
        3,
        "/loss",
        "How wrong is a prediction? Drag it, and watch the penalty grow with the square.",
        {2: "example=squared-error", 3: "example=squared-error"},
    ),
    Station(
        "derivative",
        "Derivative",
        "The derivative as a limit",
        4,
        12,
        "/derivative",
        "Pull two points together until the secant becomes the tangent.",
        {
            4: "view=downhill",
            6: "example=square",
            7: "example=line",
            8: "example=line&tab=algebra",
            9: "example=square",
            10: "example=square&tab=algebra",
            11: "example=square&delta=1e-6",
            12: "example=translations",
        },
    ),
    Station(
        "gradient",
        "Gradient",
        "Partial derivatives and the gradient",
        13,
        14,
        "/gradient",
        "Two slices through a surface, two slopes, one arrow: the steepest way up.",
        {13: "example=lecture&view=slices", 14: "example=lecture&view=gradient"},
    ),
    Station(
        "jacobian",
        "Jacobian",
        "The Jacobian",
        15,
        16,
        "/jacobian",
        "A grid goes through f; close by, all that f does is one matrix.",
        {15: "example=lecture", 16: "example=lecture&view=close"},
    ),
    Station(
        "chain-rule",
        "Chain rule",
        "The chain rule",
        17,
        17,
        "/chain-rule",
        "A nudge travels through two functions, and the slopes multiply.",
        {17: "example=sine-of-square"},
    ),
    Station("one-layer", "One layer", "One layer, backward", 18, 33),
    Station("learning-rate", "Learning rate", "Gradient descent", 34, 42),
    Station("network", "Network", "Two layers and more", 43, 51),
    Station("batches", "Batches", "Batches", 52, 56),
    Station(
        "mnist",
        "MNIST",
        "MNIST",
        57,
        59,
        "/mnist",
        "Sixty thousand digits, one gradient: train it live.",
        {57: "preset=mnist-lecture"},
    ),
)


def station_of(slide: int) -> Station | None:
    """The station that a slide belongs to."""
    return next((station for station in STATIONS if station.first <= slide <= station.last), None)

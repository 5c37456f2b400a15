"""The table of stations: one row is one station, and pages, addresses, arc and slides come from it.

To add a station whose row stands below without a `page`: give the row its `page` (and a `claim`, one sentence that
invites to it), write the files that the row names, and say in `core/lecture/slides.py` which query of the page shows
each of its slides. The files of `Page("layer")` are `templates/stations/layer.html`, `static/js/stations/layer/page.js`
and, for each style beside the station's own, `static/css/<style>.css`. Nothing else names a station, beside its tests
and the README.
"""

from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qs

from core.lecture.slides import SLIDES, Slide

SLIDE_COUNT = len(SLIDES)
STYLES = ("station", "planes", "numbers", "controls")


@dataclass(frozen=True)
class Page:
    """What one page is made of; `title` where it is not the station's, `script` and `styles` by their names alone."""

    template: str
    title: str = ""
    script: str = "page"
    styles: tuple[str, ...] = STYLES


@dataclass(frozen=True)
class Station:
    """A stretch of the lecture with a page of its own, or with none yet.

    `views` holds the pages that stand in for the first one where the address asks for them, as `?view=downhill`.
    `carries` is the one idea of it that the next station builds on.
    """

    key: str
    name: str
    title: str
    page: Page | None = None
    claim: str = ""
    views: dict[str, Page] = field(default_factory=dict)
    carries: str = ""

    @property
    def path(self) -> str | None:
        """The address of its page, None until there is one."""
        return f"/{self.key}" if self.page else None

    @property
    def folder(self) -> str:
        """Where its scripts are, below `static/js/stations`."""
        return self.key.replace("-", "_")

    @cached_property
    def own_slides(self) -> tuple[Slide, ...]:
        """The slides that it teaches."""
        return tuple(slide for slide in SLIDES if slide.station == self.key)

    @property
    def first(self) -> int:
        """The number of its first slide."""
        return self.own_slides[0].number

    @property
    def slides(self) -> str:
        """Its slides as printed."""
        return _printed(self.own_slides)

    def view(self, asked: str) -> tuple[Page | None, str]:
        """The page that an address shows, and the slides of that page as printed."""
        views = {"": self.page} | self.views
        return views[asked if asked in self.views else ""], _printed(self._slides_of(asked))

    def states(self, asked: str) -> list[tuple[int, str]]:
        """The slides of the page that an address shows, each with its query: the clicker goes on from what is shown."""
        return [(slide.number, slide.state) for slide in self._slides_of(asked)]

    def _slides_of(self, asked: str) -> tuple[Slide, ...]:
        """The slides of one of its pages; all of them where that page has none."""
        name = asked if asked in self.views else ""
        return tuple(slide for slide in self.own_slides if self._view_of(slide) == name) or self.own_slides

    def _view_of(self, slide: Slide) -> str:
        """Which of its pages shows a slide: the name of a view, or nothing for the first."""
        asked = parse_qs(slide.state).get("view", [""])[0]
        return asked if asked in self.views else ""


@dataclass(frozen=True)
class Home:
    """What the first page says; its claim is that of every page that is no station's."""

    title: str
    claim: str


HOME = Home("Learning is going downhill", "See backpropagation and gradient descent happen, number by number.")


def _printed(slides: tuple[Slide, ...]) -> str:
    """A stretch of slides, as `2–3` or `16`; nothing where there is none."""
    if not slides:
        return ""
    first, last = slides[0].number, slides[-1].number
    return str(first) if first == last else f"{first}–{last}"


@dataclass(frozen=True)
class Onward:
    """Where the lecture goes on from a station, and the idea that carries over."""

    name: str
    address: str
    idea: str


def onward(station: Station) -> Onward:
    """The next station that has a page; after the last one the lecture's thanks."""
    built = [each for each in (*STATIONS, *BESIDE) if each.path]
    later = built[built.index(station) + 1 :]
    name, address = (later[0].name, later[0].path) if later else ("Thanks", f"/slide/{SLIDE_COUNT}")
    assert address
    return Onward(name, address, station.carries)


def address_of(slide: Slide) -> str | None:
    """Where a slide is shown with its numbers, None while it has no page."""
    station = next((station for station in STATIONS if station.key == slide.station), None)
    if station is None or station.path is None:
        return None
    query = "&".join(part for part in (slide.state, f"slide={slide.number}") if part)
    return f"{station.path}?{query}"


STATIONS = (
    Station(
        "loss",
        "Loss",
        "The squared error",
        Page("loss"),
        "How wrong is a prediction? Drag it, and watch the penalty grow with the square.",
        carries="The loss is a height. Its slope says which way is down.",
    ),
    Station(
        "derivative",
        "Derivative",
        "The derivative as a limit",
        Page("derivative"),
        "Pull two points together until the secant becomes the tangent.",
        {"downhill": Page("downhill", "Going downhill", script="downhill")},
        carries="One direction, one slope. Two directions, two slopes: one arrow.",
    ),
    Station(
        "gradient",
        "Gradient",
        "Partial derivatives and the gradient",
        Page("gradient", styles=(*STYLES, "gradient")),
        "Two slices through a surface, two slopes, one arrow: the steepest way up.",
        carries="One output, one arrow. Several outputs: one row each.",
    ),
    Station(
        "jacobian",
        "Jacobian",
        "The Jacobian",
        Page("jacobian", styles=(*STYLES, "matrix")),
        "A grid goes through f; close by, all that f does is one matrix.",
        carries="J turns one nudge into another. Two in a row multiply.",
    ),
    Station(
        "chain-rule",
        "Chain rule",
        "The chain rule",
        Page("chain_rule"),
        "A nudge travels through two functions, and the slopes multiply.",
        carries="Slopes multiply along the way: x → z → ŷ → L.",
    ),
    Station(
        "layer",
        "One layer",
        "One layer, backward",
        Page(
            "layer", styles=("station", "planes", "numbers", "controls", "cells", "why", "stages", "squares", "layer")
        ),
        "Three Jacobians collapse into one outer product: every number of a layer, forward and backward.",
        carries="∂L/∂W says which way. η says how far.",
    ),
    Station(
        "learning-rate",
        "Learning rate",
        "Gradient descent",
        Page("learning_rate", styles=("station", "numbers", "controls", "rates")),
        "One number, the curvature, says how far a step may go: predict what it does, then make it.",
        {"hessian": Page("hessian", "The Hessian", "hessian", ("station", "numbers", "controls", "rates", "hessian"))},
        carries="Forward, gradient, one step with η: now by hand.",
    ),
    Station(
        "lab",
        "Lab",
        "The lab by hand",
        Page("lab", styles=("station", "controls", "cells", "sheet", "lab")),
        "One step of learning with a pencil: every number is checked, and a wrong one tells why.",
        carries="δ and x give one layer. With two, δ goes back over W.",
    ),
    Station(
        "network",
        "Network",
        "Two layers and more",
        Page(
            "network",
            styles=(
                *("station", "numbers", "controls", "cells", "why"),
                *("network", "network_drawing", "network_numbers", "network_history", "stacked_curves"),
            ),
        ),
        "The error comes back over the same weights: walk through every number of it, and go back in time.",
        carries="One row, one gradient. Several rows: their mean.",
    ),
    Station(
        "batches",
        "Batches",
        "Batches",
        Page("batches", "Batches, row by row", styles=(*STYLES, "why", "batches", "bands", "tiles")),
        "Rows that never meet until the end: the gradient of a batch is a mean.",
        {
            "quadratic": Page(
                "quadratic_lab", "The quadratic lab", "quadratic", (*STYLES, "batches", "stacked_curves", "quadratic")
            )
        },
        carries="The mean of four rows, or of 60 000 digits: the same code.",
    ),
    Station(
        "mnist",
        "MNIST",
        "MNIST",
        Page("mnist", "MNIST, live", styles=("mnist", "digits", "why", "history", "reasons")),
        "Sixty thousand digits, one gradient: train it live.",
        {
            "landscape": Page(
                "mnist_landscape", "MNIST's landscape", "landscape", (*STYLES, "stacked_curves", "landscape_live")
            )
        },
        carries="Each update was a step on a surface over all weights.",
    ),
)

# pages that belong to no slides of their own: every station of a run leads there
BESIDE = (
    Station(
        "landscape",
        "Landscape",
        "The landscape of the loss",
        Page("landscape", styles=("station", "planes", "numbers", "controls", "around_run")),
        "The loss around a run, cut by a plane: two of its many directions.",
        {
            "race": Page(
                "landscape_race",
                "A race over the loss",
                "race",
                ("station", "planes", "numbers", "controls", "stacked_curves", "landscape_live", "around_run", "race"),
            ),
            "functions": Page(
                "landscape_functions",
                "Functions without a network",
                "functions",
                ("station", "planes", "numbers", "controls", "stacked_curves", "landscape_live", "around_run", "race"),
            ),
        },
        carries="One slope at a time, all the way down.",
    ),
)

# pages to go to from home that no slide leads to: address, name, and what is seen there
BESIDE_THE_SLIDES = (
    (
        "/landscape",
        "The landscape of the loss",
        "A plane through all weights: the ball at its true loss, and what the plane hides.",
    ),
    (
        "/landscape?view=race",
        "A race of update rules",
        "Gradient descent, momentum and Adam from one start, each at its own loss.",
    ),
    (
        "/landscape?view=functions",
        "Functions with known minima",
        "The same race on Himmelblau, Rosenbrock and a ravine, where nothing is hidden.",
    ),
    (
        "/learning-rate?view=hessian",
        "The Hessian of one layer",
        "Three directions learn, three are flat: where the limit 2/λ comes from.",
    ),
    (
        "/mnist?view=landscape",
        "MNIST at the edge of stability",
        "Change η while it trains: the largest eigenvalue follows, and so does the plane around it.",
    ),
)

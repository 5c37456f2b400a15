"""The slides: as many as the lecture has, and each at the number that the lecture prints."""

from itertools import groupby

import pytest

from core.lecture.examples import EXAMPLES
from core.lecture.presets import PRESETS
from core.lecture.slides import SLIDES

# the page numbers that the lecture's text prints, and what stands above them
PRINTED = {
    8: "Derivative of y = x",
    10: "Derivative of y = x²",
    16: "the Chain Rule",
    20: "part 2",
    23: "pointwise activation functions",
    29: "Simplified gradient",
    30: "From Jacobians to outer product",
    33: "Embedding the bias",
    34: "From backpropagation to gradient descent",
    36: "Lab time (1/3): solution",
    38: "(2/3): compute the gradients (solution)",
    41: "New loss after weight update",
    43: "Two Layers Network",
    45: "the 5 Pieces",
    48: "Generalization: L Layers",
    53: "Backpropagation over batches",
    54: "(batch version)",
    58: "single batch",
    59: "MNIST (solution)",
    60: "Thanks!",
}
# which stretch of the lecture is one station
STRETCHES = [
    (None, 1, 1),
    ("loss", 2, 3),
    ("derivative", 4, 11),
    ("gradient", 12, 13),
    ("jacobian", 14, 15),
    ("chain-rule", 16, 16),
    ("layer", 17, 33),
    ("learning-rate", 34, 34),
    ("lab", 35, 42),
    ("network", 43, 51),
    ("batches", 52, 56),
    ("mnist", 57, 59),
    (None, 60, 60),
]


def test_there_are_sixty_in_order() -> None:
    assert [slide.number for slide in SLIDES] == list(range(1, 61))
    assert all(slide.title for slide in SLIDES)


@pytest.mark.parametrize("number", PRINTED)
def test_a_slide_has_the_number_that_the_lecture_prints(number: int) -> None:
    assert PRINTED[number] in SLIDES[number - 1].title


def test_stations_are_stretches_of_the_lecture() -> None:
    found = []
    for station, group in groupby(SLIDES, key=lambda slide: slide.station):
        slides = list(group)
        found.append((station, slides[0].number, slides[-1].number))
    assert found == STRETCHES


@pytest.mark.parametrize("named", [*EXAMPLES, *PRESETS.values()], ids=lambda one: one.name)
def test_what_serves_slides_names_those_of_its_station(named) -> None:
    station = getattr(named, "station", None)
    numbers = [int(one) for part in named.slides.split(", ") if part for one in part.split("–")]
    assert all(SLIDES[number - 1].station for number in numbers)
    if station and numbers:
        # a descent also serves the slides that speak of going down: 4–5 and 34
        assert {SLIDES[number - 1].station for number in numbers if number not in (4, 5, 34)} <= {station}

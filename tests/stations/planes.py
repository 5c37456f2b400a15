"""What can be taken hold of on a plane: where it is, what it says, and dragging it."""

import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page


def handle(page: Page, plane: str, name: str) -> Locator:
    """A point of a plane that can be dragged."""
    return page.locator(f"#{plane} [data-handle={name}]")


def middle(part: Locator) -> tuple[float, float]:
    """Where a point is on the screen."""
    box = part.locator("circle.dot").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, part: Locator, to: tuple[float, float]) -> None:
    """Press on a point, move it, let go."""
    page.mouse.move(*middle(part))
    page.mouse.down()
    page.mouse.move(*to, steps=8)
    page.mouse.up()


def number_of(part: Locator) -> float:
    """The number that a point stands for, as it tells a screen reader."""
    return float(part.get_attribute("aria-valuenow") or "nan")


# colors change over a moment
SETTLED = "() => document.getAnimations().every((one) => !(one instanceof CSSTransition))"


def soon(page: Page, holds: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something holds that takes more than one place to see."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to hold in time"
        page.wait_for_timeout(50)

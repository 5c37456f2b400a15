"""The picture of a page where its link is shared: what it claims, and where on the lecture's slope it stands."""

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from app.web.assets import MANROPE
from app.web.stations import BESIDE, HOME, SLIDE_COUNT, STATIONS, Home, Station

WIDTH, HEIGHT = 1200, 630  # pixels, as those who show cards ask for
_FINE = 2  # drawn so many times as large, for smooth edges
_LEFT = 80
_PAPER, _INK, _SOFT, _LINE, _BALL, _WAY = "#fbfaf6", "#1b1f24", "#59616b", "#dcd9d0", "#b23c00", "#0f5fb8"
_SLOPE = ((_LEFT, 420.0), (WIDTH / 2, 520.0), (WIDTH - _LEFT, 525.0))  # ends and bend of the lecture's curve
_PLACES: dict[str, Station | Home] = {"home": HOME, **{station.key: station for station in (*STATIONS, *BESIDE)}}


def card(key: str) -> bytes | None:
    """The card of a station, or of ``home``, as PNG; None where no page has that key."""
    return _drawn(key) if key in _PLACES else None


@cache
def _drawn(key: str) -> bytes:
    """Made once in a process for each page."""
    here = _PLACES[key]
    picture = Image.new("RGB", (WIDTH * _FINE, HEIGHT * _FINE), _PAPER)
    pen = ImageDraw.Draw(picture)
    _write(pen, 72, "Downhill", 34, 700, _SOFT)
    below = _write(pen, 150, here.title, 76, 800, _INK)
    _write(pen, below + 16, here.claim, 36, 500, _SOFT)
    _draw_slope(pen, here)
    file = io.BytesIO()
    picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _write(pen: ImageDraw.ImageDraw, top: float, text: str, size: int, weight: int, color: str) -> float:
    """Write lines that fit between the margins, in the typeface of the pages; answers where they end."""
    font = ImageFont.truetype(MANROPE, size * _FINE)
    font.set_variation_by_axes([weight])
    line = ""
    lines = []
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > (WIDTH - 2 * _LEFT) * _FINE:
            lines.append(line)
            longer = word
        line = longer
    for row in (*lines, line):
        pen.text((_LEFT * _FINE, top * _FINE), row, color, font)
        top += 1.25 * size
    return top


def _draw_slope(pen: ImageDraw.ImageDraw, here: Station | Home) -> None:
    """The lecture as a slope with its stations, and the ball where the page is: home at the top, others at the end."""
    places = [(index + 0.5) / len(STATIONS) for index in range(len(STATIONS))]
    own = next((each for each in zip(places, STATIONS, strict=True) if each[1] is here), None)
    ball = own[0] if own else 0.0 if here is HOME else 1.0
    pen.line([_on_slope(part / 200) for part in range(201)], _LINE, 6 * _FINE, "curve")
    if ball:
        pen.line([_on_slope(ball * part / 200) for part in range(201)], _WAY, 6 * _FINE, "curve")
    for place in places:
        pen.circle(_on_slope(place), 9 * _FINE, _WAY if place <= ball else _LINE)
    pen.circle(_on_slope(ball), 22 * _FINE, _BALL)
    words = f"{SLIDE_COUNT} slides, {len(STATIONS)} stations"
    if own:
        slides = own[1].slides
        words = f"{'slides' if '–' in slides else 'slide'} {slides} of {SLIDE_COUNT}"
    _write(pen, HEIGHT - 70, words, 28, 600, _SOFT)


def _on_slope(t: float) -> tuple[float, float]:
    """A place on the curve, in pixels of the fine picture."""
    (x0, y0), (x1, y1), (x2, y2) = _SLOPE
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
    return (a * x0 + b * x1 + c * x2) * _FINE, (a * y0 + b * y1 + c * y2) * _FINE

"""The pictures that a shared link shows."""

import io
import re

import httpx
import pytest
from fontTools.ttLib import TTFont
from markupsafe import escape
from PIL import Image

from app.web.assets import MANROPE
from app.web.cards import HEIGHT, WIDTH
from app.web.stations import BESIDE, HOME, STATIONS
from tests.live_server import LiveServer

PAGES = [*(station.key for station in (*STATIONS, *BESIDE)), "home"]


@pytest.mark.parametrize("key", PAGES)
def test_each_page_names_its_picture(live_server: LiveServer, key: str) -> None:
    page = httpx.get(f"{live_server.url}/{'' if key == 'home' else key}").text
    claim = next((station.claim for station in (*STATIONS, *BESIDE) if station.key == key), HOME.claim)
    assert f'<meta property="og:description" content="{escape(claim)}"' in page
    found = re.search(r'<meta property="og:image" content="([^"]+)"', page)
    assert found
    assert found[1] == f"{live_server.url}/cards/{key}.png"
    answer = httpx.get(found[1])
    assert answer.headers["content-type"] == "image/png"
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.size == (WIDTH, HEIGHT)


def test_pictures_differ_and_others_are_not_there(live_server: LiveServer) -> None:
    pictures = {httpx.get(f"{live_server.url}/cards/{key}.png").content for key in PAGES}
    assert len(pictures) == len(PAGES)
    assert httpx.get(f"{live_server.url}/cards/nope.png").status_code == 404


def test_all_that_is_written_has_letters() -> None:
    letters = TTFont(MANROPE).getBestCmap()
    texts = [text for here in (HOME, *STATIONS, *BESIDE) for text in (here.title, here.claim)]
    assert {sign for text in texts for sign in text if ord(sign) not in letters} == set()

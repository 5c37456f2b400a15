"""Pages come whole: every file they ask for is here, and nothing from outside."""

import gzip
import re
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from app.stations import SLIDE_COUNT, STATIONS, Station, station_of
from core.calculus_examples import EXAMPLES
from core.presets import PRESETS

STATION_PAGES = [station.path for station in STATIONS if station.path]
PAGES = ["/", "/api", "/docs", "/gallery", "/?slide=20", "/derivative?view=downhill", *STATION_PAGES]
ADDRESS = re.compile(r"""(?:src|href)="([^"#]+)"|url\("?([^")]+)"?\)""")


@pytest.fixture(scope="module")
def site(shared_client: TestClient) -> TestClient:
    return TestClient(shared_client.app, base_url="http://testserver")


@pytest.mark.parametrize("path", PAGES)
def test_page(site: TestClient, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)", answer.text)
    for groups in ADDRESS.findall(answer.text):
        address = groups[0] or groups[1]
        if address.startswith("/static"):
            assert site.get(address).status_code == 200, address


def test_the_asked_slide_is_told(site: TestClient) -> None:
    assert "Slide <b>3</b>" in site.get("/slide/3").text
    assert "Slide 20 " in site.get("/slide/20").text
    assert "Slides <b>4–12</b>" in site.get("/derivative?slide=30").text


@pytest.mark.parametrize("slide", range(1, SLIDE_COUNT + 1))
def test_slides(site: TestClient, slide: int) -> None:
    answer = site.get(f"/slide/{slide}", follow_redirects=False)
    assert answer.status_code == 307
    station = station_of(slide)
    path = station.path if station is not None and station.path else "/"
    place = urlsplit(answer.headers["location"])
    assert place.path == path
    assert parse_qs(place.query)["slide"] == [str(slide)]


@pytest.mark.parametrize("station", [station for station in STATIONS if station.path], ids=lambda station: station.key)
def test_states_are_those_of_the_stations_own_slides(station: Station) -> None:
    assert station.states
    assert all(station.first <= slide <= station.last for slide in station.states)
    names = {example.name for example in EXAMPLES if example.station == station.key}
    for query in station.states.values():
        asked = parse_qs(query)
        assert set(asked.get("example", [])) <= names
        assert set(asked.get("preset", [])) <= set(PRESETS)


def test_slide_that_is_none(site: TestClient) -> None:
    assert site.get("/slide/0").status_code == 404
    assert site.get("/slide/61").status_code == 404
    assert site.get("/?slide=x").status_code == 200


def test_stations_follow_each_other() -> None:
    for one, next_one in pairwise(STATIONS):
        assert one.last + 1 == next_one.first


def test_plotly_is_compressed_once_and_kept(site: TestClient) -> None:
    address = site.app.state.assets.urls["plotly"]  # type: ignore[attr-defined]
    answer = site.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    plain = site.get(address, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == answer.content
    assert len(gzip.compress(plain.content)) < len(plain.content) / 2
    assert site.get("/static/vendor/none.js").status_code == 404


def test_favicon(site: TestClient) -> None:
    assert site.get("/favicon.ico").status_code == 200

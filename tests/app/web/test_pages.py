"""Pages come whole: every file they ask for is here, and nothing from outside."""

import gzip
import re
from html import unescape
from itertools import groupby
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from fastapi.testclient import TestClient

from app.web.assets import Assets
from app.web.stations import BESIDE, STATIONS, Station
from core.lecture.examples import EXAMPLES
from core.lecture.presets import PRESETS
from core.lecture.slides import SLIDES, Slide
from core.lecture.symbols import SYMBOLS

STATION_PAGES = [station.path for station in STATIONS if station.path]
PAGES = ["/", "/api", "/docs", "/gallery", "/?slide=20", "/derivative?view=downhill", *STATION_PAGES]
ADDRESS = re.compile(r"""(?:src|href)="([^"#]+)"|url\("?([^")]+)"?\)""")


@pytest.fixture(scope="module")
def site(shared_client: TestClient) -> TestClient:
    return TestClient(shared_client.app, base_url="http://localhost")


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


@pytest.mark.parametrize("path", ["/nope", "/slide/61", "/slide/x", "/slide/0", "/static/none", "/Loss"])
def test_a_wrong_address_is_a_page_in_a_browser_and_a_problem_for_a_program(site: TestClient, path: str) -> None:
    page = site.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert 'href="/"' in page.text
    assert ("no slide 61" in page.text) == (path == "/slide/61")
    for accept in ("*/*", "application/json", "application/problem+json"):
        problem = site.get(path, headers={"Accept": accept})
        assert problem.status_code == (422 if path == "/slide/x" else 404)
        assert problem.headers["content-type"] == "application/problem+json"


def test_the_api_answers_a_browser_with_problems_too(site: TestClient) -> None:
    answer = site.get("/api/v1/runs/none", headers={"Accept": "text/html"})
    assert answer.headers["content-type"] == "application/problem+json"


def shown(site: TestClient, address: str) -> tuple[str, str]:
    """What the top of a page says of its slide: the title, and the words."""
    found = re.search(r'<span class="slides" title="(.*?)">(.*?)</span>', site.get(address).text, re.DOTALL)
    assert found
    return unescape(found[1]), " ".join(re.sub("<.*?>", "", found[2]).split())


def test_the_asked_slide_is_told(site: TestClient) -> None:
    assert shown(site, "/slide/3") == ("Example with target y = 1", "Slide 3 / 60")
    # a slide of another station is none of this page
    assert shown(site, "/derivative?slide=30") == ("", "Slides 4–11 / 60")
    assert shown(site, "/chain-rule") == ("", "Slide 16 / 60")


def test_the_last_slide_is_the_end_and_says_thanks_with_its_license(site: TestClient) -> None:
    page = site.get("/slide/60").text
    notice = page[page.index('id="slide-notice"') :].split("</p>")[0]
    assert "<h1>Thanks!</h1>" in page
    assert "Thanks to <b>Andrea Giardina</b>" in notice
    assert "Slide <b>60</b> / 60" in page
    assert "Start with slide 2" not in page
    assert "https://creativecommons.org/licenses/by/4.0/" in notice
    assert "first" in site.get("/slide/1").text


@pytest.mark.parametrize("station", [*STATIONS, *BESIDE], ids=lambda station: station.key)
def test_a_link_to_a_station_says_what_it_is_when_it_is_shared(site: TestClient, station: Station) -> None:
    assert station.page
    text = unescape(site.get(station.path or "").text)
    assert f'<meta property="og:title" content="{station.page.title or station.title} · Downhill" />' in text
    assert f'<meta property="og:description" content="{station.claim}" />' in text


def test_a_thread_leads_through_all_stations_to_the_thanks(site: TestClient) -> None:
    walked, ideas, address = [], [], "/loss"
    while not address.startswith("/slide/"):
        walked.append(address)
        page = site.get(address).text
        found = re.search(r'<a class="thread" rel="next" href="(.*?)".*?id="idea">(.*?)</span>', page, re.DOTALL)
        assert found, address
        address = found[1]
        ideas.append(unescape(found[2]))
    assert walked == [station.path for station in (*STATIONS, *BESIDE)]
    # one line of the foot each
    assert all(20 < len(idea) < 70 for idea in ideas)
    assert site.get(address).status_code == 200


@pytest.mark.parametrize("path", ["/", "/derivative", "/network", "/mnist"])
def test_help_says_what_each_color_means(site: TestClient, path: str) -> None:
    text = site.get(path).text
    panel = text[text.index('<dialog id="help"') :].split("</dialog>")[0]
    for symbol in SYMBOLS:
        row = rf'class="math {symbol.key}">{symbol.letters}</th>\s*<td class="{symbol.key}">{symbol.color}</td>'
        assert re.search(row, panel), symbol.key
    assert path == "/" or "CC BY 4.0" in panel


@pytest.mark.parametrize("slide", SLIDES, ids=lambda slide: str(slide.number))
def test_slides(site: TestClient, slide: Slide) -> None:
    answer = site.get(f"/slide/{slide.number}", follow_redirects=False)
    assert answer.status_code == 307
    place = urlsplit(answer.headers["location"])
    station = next((station for station in STATIONS if station.key == slide.station), None)
    assert place.path == (station.path if station and station.path else "/")
    asked = parse_qs(place.query)
    assert asked.pop("slide") == [str(slide.number)]
    if station and station.path:
        assert asked == parse_qs(slide.state)
        return
    text = unescape(site.get(f"/slide/{slide.number}").text)
    if slide.number < SLIDES[-1].number:
        assert f"Slide {slide.number}, “{slide.title}”," in text
    assert ("which is not built yet" in text) == (station is not None)


@pytest.mark.parametrize("station", STATIONS, ids=lambda station: station.key)
def test_the_row_of_a_station_says_what_it_is_made_of(site: TestClient, station: Station) -> None:
    assert station.own_slides
    for asked in ("", *station.views):
        page, slides = station.view(asked)
        if page is None:
            assert not station.claim
            assert "not built yet" in site.get("/").text
            continue
        text = unescape(site.get(f"{station.path}?view={asked}").text)
        assert f"<title>{page.title or station.title} · Downhill</title>" in text
        assert f"/js/stations/{station.folder}/{page.script}.js" in text
        assert all(f"/css/{style}.css" in text for style in page.styles)
        assert re.search(rf"slides?\s+{slides}\s*</h2>", text)
        assert station.claim in site.get("/").text


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/mnist", "/mnist?view=landscape&{}"),
        ("/mnist?view=landscape", "/mnist?{}"),
        ("/network", "/landscape?{}"),
        ("/batches?view=quadratic", "/landscape?{}"),
    ],
)
def test_a_link_to_another_view_names_the_run_before_any_script_runs(site: TestClient, path: str, link: str) -> None:
    for asked, named in [("run=a%26b", "run=a%26b"), ("shared=s1", "shared=s1"), ("run=r1&shared=s1", "run=r1")]:
        text = unescape(site.get(f"{path}{'&' if '?' in path else '?'}{asked}").text)
        assert f'href="{link.format(named)}"' in text
    assert f'href="{link.rstrip("&?{}")}"' in unescape(site.get(path).text)


@pytest.mark.parametrize(
    ("slide", "link"), [(4, "/landscape?view=functions"), (34, "/landscape"), (34, "/learning-rate?view=hessian")]
)
def test_slides_of_descent_offer_the_landscape(site: TestClient, slide: int, link: str) -> None:
    assert f'href="{link}"' in unescape(site.get(f"/slide/{slide}").text)


def test_a_view_serves_its_own_slides() -> None:
    derivative = next(station for station in STATIONS if station.key == "derivative")
    assert derivative.view("downhill")[1] == "4–5"
    assert derivative.view("")[1] == derivative.view("nonsense")[1] == "6–11"


@pytest.mark.parametrize("slide", [slide for slide in SLIDES if slide.state], ids=lambda slide: str(slide.number))
def test_the_state_of_a_slide_names_what_there_is(slide: Slide) -> None:
    names = {example.name for example in EXAMPLES if example.station == slide.station}
    asked = parse_qs(slide.state, strict_parsing=True)
    assert set(asked.get("example", [])) <= names
    assert set(asked.get("preset", [])) <= set(PRESETS)


def test_the_looks_go_along_to_a_slide(site: TestClient) -> None:
    answer = site.get("/slide/17?projector&theme=dark&other=1", follow_redirects=False)
    assert answer.headers["location"].endswith("slide=17&theme=dark&projector=")


def test_every_station_has_a_page(site: TestClient) -> None:
    for station in STATIONS:
        assert station.path is not None
        assert site.get(station.path).status_code == 200
    assert site.get("/slide/34", follow_redirects=False).headers["location"] == "/learning-rate?slide=34"


def test_slide_that_is_none(site: TestClient) -> None:
    assert site.get("/slide/0").status_code == 404
    assert site.get("/slide/61").status_code == 404
    assert site.get("/?slide=x").status_code == 200
    assert site.get("/?slide=061").status_code == 200


def test_the_stations_stand_in_the_lectures_order() -> None:
    assert [station.key for station in STATIONS] == [key for key, _ in groupby(s.station for s in SLIDES) if key]
    assert len(STATIONS) == 11


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


def test_a_page_names_every_script_it_needs_so_that_none_waits_for_another(site: TestClient) -> None:
    text = site.get("/derivative").text
    named = re.findall(r'<link rel="modulepreload" href="([^"]+)"', text)
    assert named[0].endswith("/js/stations/derivative/page.js")
    assert len(named) == len(set(named)) > 40
    for address in named:
        answer = site.get(address, headers={"Accept-Encoding": "gzip"})
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-encoding"] == "gzip"
        for imported in re.findall(r'^(?:import|export) .*"(\..*)";', answer.text, re.MULTILINE):
            assert urljoin(address, imported) in named
    assert "plotly" not in re.sub('data-plotly="[^"]+"', "", text).lower()
    assert site.get(f"{named[0]}x").status_code == 404


def test_a_second_application_compresses_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Assets()
    monkeypatch.setattr(gzip, "compress", lambda *_: pytest.fail("compressed again"))
    assert Assets().urls == first.urls


def test_favicon(site: TestClient) -> None:
    assert site.get("/favicon.ico").status_code == 200

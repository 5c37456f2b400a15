"""Pages and their files: nothing comes from outside.

Pages are made by plain functions, which go through threads: templates are files, and the event loop reads none.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from app import __version__
from app.web.assets import Assets
from app.web.cards import card
from app.web.stations import BESIDE, BESIDE_THE_SLIDES, HOME, SLIDE_COUNT, STATIONS, Station, address_of, onward
from core.lecture.home import HILL
from core.lecture.questions import QUESTIONS
from core.lecture.slides import SLIDES, Slide
from core.lecture.symbols import SYMBOLS

router = APIRouter(include_in_schema=False)

OPENAPI = "/api/v1/openapi.json"
# what an address may say of the looks of every page
LOOKS = ("theme", "projector")


_SLIDE = re.compile(r"/slide/(\d{1,6})")


def _page(request: Request, template: str, key: str, *, script: str = "", status: int = 200, **more: Any) -> Response:
    """A page; `script` is its own, below `static/js`, which is by the page's key where nothing is said."""
    templates: Jinja2Templates = request.app.state.templates
    assets: Assets = request.app.state.assets
    context = {"stations": STATIONS, "slide_count": SLIDE_COUNT, "version": __version__, "page": key, "home": HOME}
    context |= {"symbols": SYMBOLS, "slide": _slide(request, SLIDES), "assets": assets.urls, **more}
    context["scripts"] = assets.scripts(script or f"pages/{key}.js")
    return templates.TemplateResponse(request, template, context, status)


def missing(request: Request) -> Response:
    """What a browser sees at an address that is none, with the way home."""
    asked = _SLIDE.fullmatch(request.url.path)
    return _page(
        request,
        "pages/missing.html",
        "missing",
        status=404,
        asked_slide=int(asked[1]) if asked else None,
    )


def _slide(request: Request, slides: tuple[Slide, ...]) -> Slide | None:
    """The slide that the address asks for, if it is one of these."""
    asked = request.query_params.get("slide", "")
    return next((slide for slide in slides if str(slide.number) == asked), None)


def _of_run(request: Request) -> str:
    """The run that the address names, as a link to another view of it names it."""
    names = [name for name in ("run", "shared") if name in request.query_params]
    return urlencode({name: request.query_params[name] for name in names[:1]})


def _door(station: Station) -> Callable[[Request], Response]:
    """What answers the address of a station."""

    def show(request: Request) -> Response:
        asked = request.query_params.get("view", "")
        view = asked if asked in station.views else ""
        shown, shown_slides = station.view(view)
        assert shown is not None
        slide = _slide(request, station.own_slides)
        more: dict[str, Any] = {"station": station, "shown": shown, "shown_slides": shown_slides, "slide": slide}
        more |= {
            "onward": onward(station),
            "of_run": _of_run(request),
            "shown_view": view,
            "asks": any((one.station, one.view) == (station.key, view) for one in QUESTIONS),
            "script": f"stations/{station.folder}/{shown.script}.js",
        }
        return _page(request, f"stations/{shown.template}.html", station.key, **more)

    return show


for _station in (*STATIONS, *BESIDE):
    if _station.path:
        router.add_api_route(_station.path, _door(_station), name=_station.key)


@router.get("/")
def home(request: Request) -> Response:
    """The hill, and the lecture's stations."""
    return _page(request, "pages/home.html", "home", hill=HILL, beside=BESIDE_THE_SLIDES)


@router.get("/api")
def api(request: Request) -> Response:
    """The API by example."""
    return _page(request, "pages/api.html", "api", origin=str(request.base_url).rstrip("/"))


@router.get("/docs")
def docs(request: Request) -> Response:
    """The API's reference."""
    return _page(request, "pages/docs.html", "docs", openapi_url=OPENAPI)


@router.get(OPENAPI)
def describe(request: Request) -> Response:
    """The API for programs; it takes seconds to put together the first time."""
    return JSONResponse(request.app.openapi())


@router.get("/gallery")
def gallery(request: Request) -> Response:
    """Every figure alone."""
    return _page(request, "pages/gallery.html", "gallery")


@router.get("/slide/{number}")
async def slide(request: Request, number: int) -> Response:
    """To the station that teaches a slide, or home, saying that there is none yet; theme and sizes go along."""
    if not 1 <= number <= SLIDE_COUNT:
        raise HTTPException(404)
    looks = [f"{name}={quote(request.query_params[name])}" for name in LOOKS if name in request.query_params]
    return RedirectResponse("&".join([address_of(SLIDES[number - 1]) or f"/?slide={number}", *looks]))


@router.get("/cards/{key}.png")
def read_card(key: str) -> Response:
    """The picture of a page where its link is shared."""
    picture = card(key)
    if picture is None:
        raise HTTPException(404)
    return Response(picture, media_type="image/png", headers={"Cache-Control": "public, max-age=86400"})


@router.get("/favicon.ico")
async def favicon(request: Request) -> Response:
    """Browsers ask for it by themselves."""
    return RedirectResponse(f"{request.app.state.assets.urls['static']}/favicon.svg")

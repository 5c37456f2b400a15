"""Pages and their files: nothing comes from outside."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from app import __version__
from app.stations import SLIDE_COUNT, STATIONS, station_of

router = APIRouter(include_in_schema=False)


def _page(request: Request, template: str, key: str, **more: Any) -> Response:
    templates: Jinja2Templates = request.app.state.templates
    context = {"stations": STATIONS, "slide_count": SLIDE_COUNT, "slide": None, "version": __version__, "page": key}
    context |= {"assets": request.app.state.assets.urls, **more}
    return templates.TemplateResponse(request, template, context)


@router.get("/")
async def home(request: Request, slide: str = "") -> Response:
    """The lecture's arc."""
    number = int(slide) if slide.isascii() and slide.isdigit() and len(slide) < 4 else None
    return _page(request, "home.html", "home", slide=number)


@router.get("/mnist")
async def mnist(request: Request) -> Response:
    """MNIST, live."""
    return _page(request, "mnist.html", "mnist")


@router.get("/api")
async def api(request: Request) -> Response:
    """The API by example."""
    return _page(request, "api.html", "api", origin=str(request.base_url).rstrip("/"))


@router.get("/docs")
async def docs(request: Request) -> Response:
    """The API's reference."""
    return _page(request, "docs.html", "docs", openapi_url=request.app.openapi_url)


@router.get("/gallery")
async def gallery(request: Request) -> Response:
    """Every figure alone."""
    return _page(request, "gallery.html", "gallery")


@router.get("/slide/{number}")
async def slide(number: int) -> Response:
    """To the station that teaches a slide, or home, saying that there is none yet."""
    if not 1 <= number <= SLIDE_COUNT:
        raise HTTPException(404)
    station = station_of(number)
    if station is None or station.path is None:
        return RedirectResponse(f"/?slide={number}")
    return RedirectResponse(f"{station.path}?{station.query}" if station.query else station.path)


@router.get("/favicon.ico")
async def favicon(request: Request) -> Response:
    """Browsers ask for it by themselves."""
    return RedirectResponse(f"{request.app.state.assets.urls['static']}/favicon.svg")

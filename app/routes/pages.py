"""Pages and their files: nothing comes from outside."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from app import __version__
from app.stations import SLIDE_COUNT, STATIONS, Station, station_of

router = APIRouter(include_in_schema=False)


def _page(request: Request, template: str, key: str, **more: Any) -> Response:
    templates: Jinja2Templates = request.app.state.templates
    station = next((station for station in STATIONS if station.key == key), None)
    context = {"stations": STATIONS, "slide_count": SLIDE_COUNT, "version": __version__, "page": key}
    context |= {"slide": _slide(request, station), "first_slide": station.first if station else 1}
    context |= {"assets": request.app.state.assets.urls, **more}
    return templates.TemplateResponse(request, template, context)


def _slide(request: Request, station: Station | None) -> int | None:
    """The slide that the address asks for, if it is one of this page."""
    text = request.query_params.get("slide", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    first, last = (station.first, station.last) if station else (1, SLIDE_COUNT)
    return number if first <= number <= last else None


@router.get("/")
async def home(request: Request) -> Response:
    """The lecture's arc."""
    return _page(request, "home.html", "home")


@router.get("/loss")
async def loss(request: Request) -> Response:
    """The squared error."""
    return _page(request, "loss.html", "loss")


@router.get("/derivative")
async def derivative(request: Request, view: str = "limit") -> Response:
    """The derivative: going downhill, or the limit."""
    return _page(request, "downhill.html" if view == "downhill" else "derivative.html", "derivative")


@router.get("/gradient")
async def gradient(request: Request) -> Response:
    """Partial derivatives and the gradient."""
    return _page(request, "gradient.html", "gradient")


@router.get("/jacobian")
async def jacobian(request: Request) -> Response:
    """The Jacobian."""
    return _page(request, "jacobian.html", "jacobian")


@router.get("/chain-rule")
async def chain_rule(request: Request) -> Response:
    """The chain rule."""
    return _page(request, "chain_rule.html", "chain-rule")


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
    address = station.address(number) if station else None
    return RedirectResponse(address or f"/?slide={number}")


@router.get("/favicon.ico")
async def favicon(request: Request) -> Response:
    """Browsers ask for it by themselves."""
    return RedirectResponse(f"{request.app.state.assets.urls['static']}/favicon.svg")

"""Routes about the server: health, catalog, data sets.

Plain functions go through threads: they look at files, or put much together, which the event loop never does.
"""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from app import __version__
from app.encoding import encode
from app.runs import digits
from app.schemas.information import CatalogAnswer, HealthAnswer, ImagesAnswer, MnistAnswer
from app.web.catalog import catalog
from app.web.routes.access import BackendParameter, json_response, problems, reading
from core.data import mnist

router = APIRouter()


@router.get("/health", response_model=HealthAnswer, responses=problems(422), tags=["server"])
def read_health(backend: BackendParameter) -> Response:
    """Whether the server is well."""
    pending, threads = backend.pending, backend.limits.concurrent_jobs
    load = {"running": min(pending, threads), "queued": max(0, pending - threads)}
    load |= {"playing": backend.plays.count, "streams": backend.broker.count, "functions": backend.symbolic.pending}
    datasets = {"quadratic": "ready", "mnist": mnist.status(backend.settings.data_dir)}
    return json_response(encode({"status": "ok", "version": __version__, "datasets": datasets, "executor": load}))


@router.get("/catalog", response_model=CatalogAnswer, responses=problems(422), tags=["server"])
def read_catalog(backend: BackendParameter) -> Response:
    """What can be chosen: names, formulas, presets, limits."""
    return json_response(encode(catalog(backend.limits)))


@router.get("/datasets/mnist", response_model=MnistAnswer, responses=problems(422), tags=["data sets"])
def read_mnist(backend: BackendParameter) -> Response:
    """Whether MNIST is there, and the command that fetches it."""
    return json_response(encode(digits.mnist_status(backend)))


@router.get(
    "/datasets/mnist/images",
    response_model=ImagesAnswer,
    responses=problems(413, 422, 429, 503),
    tags=["data sets"],
)
async def read_images(
    backend: BackendParameter,
    split: Annotated[Literal["train", "test"], Query(description="Which set.")] = "test",
    indices: Annotated[str, Query(description="Whole numbers with commas between.", max_length=10_000)] = "0",
) -> Response:
    """Digits as pixels, 0 to 255."""
    return await reading(backend, digits.images, split, indices)

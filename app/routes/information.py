"""Routes about the server: health, catalog, data sets."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from app import __version__, readings
from app.catalog import catalog
from app.encoding import encode, json_response
from app.routes.access import LabParameter, problems, reading
from app.schemas.answers import CatalogAnswer, HealthAnswer, ImagesAnswer, MnistAnswer
from core import mnist

router = APIRouter()


@router.get("/health", response_model=HealthAnswer, responses=problems(422), tags=["server"])
async def read_health(lab: LabParameter) -> Response:
    """Whether the server is well."""
    pending, threads = lab.engine.pending, lab.limits.concurrent_jobs
    load = {"running": min(pending, threads), "queued": max(0, pending - threads)}
    load |= {"playing": lab.players.count, "streams": lab.broker.count, "functions": lab.symbolic.pending}
    datasets = {"quadratic": "ready", "mnist": mnist.status(lab.settings.data_dir)}
    return json_response(encode({"status": "ok", "version": __version__, "datasets": datasets, "executor": load}))


@router.get("/catalog", response_model=CatalogAnswer, responses=problems(422), tags=["server"])
async def read_catalog(lab: LabParameter) -> Response:
    """What can be chosen: names, formulas, presets, limits."""
    return json_response(encode(catalog(lab.limits)))


@router.get("/datasets/mnist", response_model=MnistAnswer, responses=problems(422), tags=["data sets"])
async def read_mnist(lab: LabParameter) -> Response:
    """Whether MNIST is there, and the command that fetches it."""
    return json_response(encode(readings.mnist_status(lab)))


@router.get(
    "/datasets/mnist/images",
    response_model=ImagesAnswer,
    responses=problems(413, 422, 429, 503),
    tags=["data sets"],
)
async def read_images(
    lab: LabParameter,
    split: Annotated[Literal["train", "test"], Query(description="Which set.")] = "test",
    indices: Annotated[str, Query(description="Whole numbers with commas between.", max_length=10_000)] = "0",
) -> Response:
    """Digits as pixels, 0 to 255."""
    return await reading(lab, readings.images, split, indices)

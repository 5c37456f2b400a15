"""Routes for runs whose samples come from a plane: maps of the outputs, and one point through time."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from app.runs import plane
from app.schemas.plane import PlaneAnswer, PointAnswer
from app.web.routes.access import json_response
from app.web.routes.readings import MAX_STEP, READS, Reader, by_id, by_share_id


def add_plane_readings(router: APIRouter, root: str, find: Any, named: str) -> None:
    """Add the readings below an address."""
    Found = Annotated[Reader, Depends(find)]

    @router.get(f"{root}/plane", response_model=PlaneAnswer, responses=READS, name=f"read_{named}_plane")
    async def read_plane(
        run: Found,
        step: Annotated[int | None, Query(ge=0, le=MAX_STEP, description="A step of the past.")] = None,
        resolution: Annotated[int, Query(ge=2, le=1000, description="Points a side.")] = 41,
        point: Annotated[
            str | None, Query(max_length=80, description="x₁ and x₂ of one point beside.", examples=["3,-1"])
        ] = None,
    ) -> Response:
        """Outputs, targets and errors over a grid of points (the lab of slides 55–56); null for what is not finite."""
        return json_response(await plane.maps(run.backend, run.key, run.shared, step, resolution, point))

    @router.get(f"{root}/plane/point", response_model=PointAnswer, responses=READS, name=f"read_{named}_point")
    async def read_point(
        run: Found,
        point: Annotated[str, Query(max_length=80, description="x₁ and x₂.", examples=["3,-1"])] = "3,-1",
        steps: Annotated[str, Query(max_length=200, description="Steps of the past.", examples=["0,1"])] = "0",
    ) -> Response:
        """The outputs at one point at several steps, beside the targets."""
        return json_response(await plane.through_time(run.backend, run.key, run.shared, point, steps))


router, own, shared = APIRouter(), APIRouter(tags=["runs"]), APIRouter(tags=["shared runs"])
add_plane_readings(own, "/runs/{run_id}", by_id, "run")
add_plane_readings(shared, "/shared/{share_id}", by_share_id, "shared")
router.include_router(own)
router.include_router(shared)

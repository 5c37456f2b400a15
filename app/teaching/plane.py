"""What a network that is not trained yet answers over the plane its samples come from: nothing is stored."""

from typing import Any

import numpy as np

from app.backend import Backend
from app.runs.plane import plane_view
from app.schemas.configuration import configuration_of
from app.schemas.data import FromDataset
from app.schemas.plane import PlaneRequest
from core.data.datasets import PLANES
from core.errors import InvalidInput
from core.training.sweep import sweep


def first_plane(backend: Backend, body: PlaneRequest) -> dict[str, Any]:
    """The plane at step 0 of the run that a configuration would make, with its loss."""
    configuration = configuration_of(body, backend.limits)
    data = configuration.data
    plane = PLANES.get(data.dataset) if isinstance(data, FromDataset) else None
    if plane is None:
        raise InvalidInput("data", f"These samples do not come from a plane. Those of {', '.join(PLANES)} do.")
    network, setup = configuration.build(backend.settings.data_dir)
    loss = sweep(network, setup.recipe.loss, setup.data, with_gradients=False).loss
    at = None if body.point is None else np.array([body.point], np.float64)
    found: dict[str, Any] = {"step": 0, "loss": loss if np.isfinite(loss) else None, "diagnostics": []}
    return found | plane_view(network, plane, body.resolution, at)

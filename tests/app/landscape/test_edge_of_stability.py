"""The preset of the edge of stability: λ grows to 2/η and stays there while the loss falls."""

from pathlib import Path

import pytest

from app.schemas.configuration import configuration_of
from app.schemas.runs import CreateRunRequest
from app.settings import Limits
from core.landscape.curvature import lanczos
from core.landscape.hessian import Hessian
from core.training.advance import advance, begin

ETA = 0.2


def test_the_sharpness_climbs_to_the_limit_and_stays():
    body = CreateRunRequest(preset="edge-of-stability")
    network, setup = configuration_of(body, Limits()).build(Path())
    assert network.parameter_count == 701
    state = begin(network, setup.recipe, ETA, setup.data).state
    losses, sharpness, rises, start = [state.loss], [], 0, None
    for _ in range(25):
        hessian = Hessian(state.network, setup.recipe.loss, setup.data)
        found = lanczos(hessian.product, hessian.size, 1e-3, start, both_ends=False)
        start = found.eigenvector
        sharpness.append(found.largest)
        after = advance(state, setup.recipe, setup.data, 200)
        rises += sum(record.loss_after > record.loss_before for record in after.records if record.step > 1500)
        state = after.state
        losses.append(state.loss)
    assert sharpness[0] == pytest.approx(5.86, abs=0.01)
    assert max(sharpness[:5]) < 2 / ETA < max(sharpness[6:9])
    assert min(sharpness[9:]) > 0.9 * 2 / ETA
    assert max(sharpness[9:]) < 1.2 * 2 / ETA
    assert losses[0] == pytest.approx(0.387, abs=0.001)
    assert losses[-1] < 0.02 * losses[0]
    # on the way down it goes up again and again
    assert 0.1 < rises / 3500 < 0.5

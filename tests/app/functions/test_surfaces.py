"""Functions with known minima: their minima are some, and descents find them, over REST."""

import numpy as np
import pytest

from core.lecture.surfaces import SURFACES, Surface


def test_they_are_in_the_catalog(shared_client):
    listed = shared_client.get("/catalog").json()["surfaces"]
    assert [each["name"] for each in listed] == list(SURFACES)
    assert len(listed) == 7
    assert listed[0] == vars(SURFACES["parabola"])


def surface_at(client, surface, point):
    # a surface needs two variables: the second one of a curve changes nothing
    body = {"expression": surface.expression, "at": {"y": 0.0} | point, "domain": surface.domain, "samples": 2}
    answer = client.post("/functions/gradient", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_minima_are_minima(shared_client, surface: Surface):
    generator = np.random.default_rng(0)
    for minimum in surface.minima:
        found = surface_at(shared_client, surface, minimum["point"])
        slack = 0 if minimum["exact"] else 1e-4
        assert found["value"] == pytest.approx(surface.minimum, abs=slack**2)
        assert found["gradient"] == pytest.approx([0, 0], abs=100 * slack)
        for variable, (low, high) in surface.domain.items():
            assert low < minimum["point"][variable] < high
        for _ in range(3):
            beside = {name: value + generator.normal() * 0.01 for name, value in minimum["point"].items()}
            assert surface_at(shared_client, surface, beside)["value"] > found["value"]


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_descents_reach_one_or_go_down_without_end(shared_client, surface: Surface):
    body = {
        "expression": surface.expression,
        "start": surface.start if len(surface.start) > 1 else surface.start["x"],
        "optimizer": {"method": "gradient_descent", "learning_rate": surface.learning_rate},
        "steps": 1000,
    }
    answer = shared_client.post("/functions/descent", json=body)
    assert answer.status_code == 200, answer.text
    trajectory = answer.json()["trajectory"]
    if surface.minimum is None:
        assert trajectory[-1]["value"] < -1e6
    else:
        first, last = trajectory[0]["value"] - surface.minimum, trajectory[-1]["value"] - surface.minimum
        assert 0 <= last < 0.02 * first

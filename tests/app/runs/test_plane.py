"""The lab of slides 55–56 over the plane: maps, and the query (3, −1) through time."""

import numpy as np
import pytest
from fastapi.testclient import TestClient

from tests.app.runs.test_examples import create
from tests.app.runs.test_runs import step

SMALL = {"preset": "lab-quadratic", "network": {"layer_sizes": [2, 40, 3]}, "optimizer": {"learning_rate": 0.002}}


@pytest.fixture(scope="module")
def run(shared_client: TestClient) -> dict[str, str]:
    made = create(shared_client, SMALL)
    step(shared_client, made["id"], count=12)
    return {"own": f"/runs/{made['id']}", "shared": f"/shared/{made['share_id']}"}


def test_maps_agree_with_asking_point_by_point(shared_client: TestClient, run: dict[str, str]) -> None:
    found = shared_client.get(f"{run['own']}/plane", params={"resolution": 5}).json()
    assert found["step"] == 12
    assert found["x"] == found["y"] == [-10, -5, 0, 5, 10]
    inputs = [[found["x"][3] / found["scale"], found["y"][1] / found["scale"]]]
    outputs = shared_client.post(f"{run['own']}/predict", json={"inputs": inputs}).json()["outputs"][0]
    assert [each[1][3] for each in found["outputs"]] == pytest.approx(outputs, rel=1e-12)
    assert [each[1][3] for each in found["targets"]] == [25, 25, -50]
    np.testing.assert_allclose(found["errors"], np.subtract(found["outputs"], found["targets"]), rtol=1e-12)


def test_one_point_beside_the_maps(shared_client: TestClient, run: dict[str, str]) -> None:
    found = shared_client.get(f"{run['shared']}/plane", params={"resolution": 2, "step": 1, "point": "3,-1"}).json()
    through = shared_client.get(f"{run['own']}/plane/point", params={"point": "3,-1", "steps": "1"}).json()
    assert found["at"]["outputs"] == through["answers"][0]["outputs"]
    assert found["at"]["targets"] == through["targets"]
    np.testing.assert_allclose(found["at"]["errors"], np.subtract(found["at"]["outputs"], found["at"]["targets"]))
    assert found["diagnostics"] == shared_client.get(f"{run['own']}/steps/1").json()["diagnostics"]
    losses = shared_client.get(f"{run['own']}/losses").json()["records"]
    assert found["loss"] == losses[0]["loss_after"]


def test_the_plane_before_the_first_step_is_that_of_step_0(shared_client: TestClient, run: dict[str, str]) -> None:
    asked = {"resolution": 7, "point": "3,-1"}
    stored = shared_client.get(f"{run['own']}/plane", params=asked | {"step": 0}).json()
    assert shared_client.post("/backpropagation/plane", json=SMALL | asked | {"point": [3, -1]}).json() == stored
    without = shared_client.post("/backpropagation/plane", json=SMALL | {"resolution": 2}).json()
    assert without["at"] is None


def test_samples_without_a_plane_are_refused(shared_client: TestClient) -> None:
    answer = shared_client.post("/backpropagation/plane", json={"preset": "lab-two-layer"})
    assert (answer.status_code, "quadratic" in answer.text) == (422, True)


def test_the_query_through_time(shared_client: TestClient, run: dict[str, str]) -> None:
    asked = {"point": "3,-1", "steps": "0,1,12"}
    found = shared_client.get(f"{run['shared']}/plane/point", params=asked).json()
    assert found["targets"] == [9, 1, -6]
    assert [answer["step"] for answer in found["answers"]] == [0, 1, 12]
    now = shared_client.post(f"{run['shared']}/predict", json={"inputs": [[0.15, -0.05]]}).json()["outputs"][0]
    assert found["answers"][2]["outputs"] == pytest.approx(now, rel=1e-12)
    np.testing.assert_allclose(found["answers"][2]["errors"], np.subtract(now, [9, 1, -6]), rtol=1e-12)
    assert found["answers"][0]["outputs"] != found["answers"][1]["outputs"]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("plane?resolution=102", 413, "At most 101"),
        ("plane?resolution=1", 422, "resolution"),
        ("plane?point=3", 422, "two numbers"),
        ("plane?step=13", 404, "not there yet"),
        ("plane/point?point=3", 422, "two numbers"),
        ("plane/point?point=1e999,0", 422, "two numbers"),
        ("plane/point?steps=0,x", 422, "steps of the past"),
        ("plane/point?steps=0,1,2,3,4,5,6,7,8,9,10,11,12", 413, "At most 12"),
    ],
)
def test_what_cannot_be_asked(
    shared_client: TestClient, run: dict[str, str], path: str, status: int, said: str
) -> None:  # fmt: skip
    answer = shared_client.get(f"{run['own']}/{path}")
    assert (answer.status_code, said in answer.text) == (status, True), answer.text


def test_a_run_without_a_plane_says_which_have_one(shared_client: TestClient) -> None:
    made = create(shared_client, {"preset": "lab-two-layer"})
    answer = shared_client.get(f"/runs/{made['id']}/plane")
    assert (answer.status_code, "quadratic" in answer.json()["detail"]) == (409, True)

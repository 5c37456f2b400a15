"""Time travel, playing, sharing, downloads."""

import io
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from app.main import create_app
from app.runs.views import run_view
from app.settings import Limits, Settings
from app.store.tables import runs
from tests.app.runs.test_examples import ONE_LAYER, create

MINI_BATCHES = {
    "network": {"layer_sizes": [1, 4, 1], "activations": ["tanh", "linear"]},
    "data": {"inputs": [[i / 7] for i in range(7)], "targets": [[i * i / 49] for i in range(7)]},
    "optimizer": {"method": "momentum", "learning_rate": 0.05},
    "batch_size": 3,
}


def step(client: TestClient, run_id: str, count: int = 1, **more: Any) -> dict[str, Any]:
    answer = client.post(f"/runs/{run_id}/step", json={"count": count, **more})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_one_by_one_equals_all_at_once(client: TestClient) -> None:
    one, all_at_once = create(client, MINI_BATCHES)["id"], create(client, MINI_BATCHES)["id"]
    for _ in range(11):
        last = step(client, one)
    assert last["updated"] == step(client, all_at_once, 11)["updated"]


def test_every_step_can_be_read_again(client: TestClient) -> None:
    run = create(client, MINI_BATCHES)["id"]
    seen = [step(client, run)["updated"] for _ in range(8)]
    for k, parameters in enumerate(seen, 1):
        found = client.get(f"/runs/{run}/steps/{k}").json()
        assert found["parameters"] == parameters
        assert found["record"]["step"] == k
    assert client.get(f"/runs/{run}/steps/9").status_code == 404


def test_rewind_and_go_on(client: TestClient) -> None:
    run = create(client, MINI_BATCHES)["id"]
    end = step(client, run, 9)
    back = client.post(f"/runs/{run}/rewind", json={"step": 4}).json()
    assert (back["step"], back["generation"], back["status"]) == (4, 1, "paused")
    assert [r["step"] for r in client.get(f"/runs/{run}/losses").json()["records"]] == [1, 2, 3, 4]
    assert step(client, run, 5)["updated"] == end["updated"]


def test_branch(client: TestClient) -> None:
    run = create(client, MINI_BATCHES)["id"]
    end = step(client, run, 6)
    answer = client.post(f"/runs/{run}/branch", json={"step": 2})
    assert answer.status_code == 201
    other = answer.json()
    assert other["id"] != run
    assert other["step"] == 2
    assert step(client, other["id"], 4)["updated"] == end["updated"]
    assert client.get(f"/runs/{run}").json()["step"] == 6


def test_a_branch_with_a_learning_rate_of_its_own(client: TestClient) -> None:
    run = create(client, ONE_LAYER)["id"]
    step(client, run, 3)
    other = client.post(f"/runs/{run}/branch", json={"step": 1, "learning_rate": 0.02}).json()
    assert (other["step"], other["optimizer"]["learning_rate"]) == (1, 0.02)
    expected = step(client, create(client, ONE_LAYER)["id"])["updated"]
    assert client.get(f"/runs/{other['id']}/steps/1").json()["parameters"] == expected
    assert step(client, other["id"])["records"][0]["learning_rate"] == 0.02
    assert client.get(f"/runs/{run}").json()["optimizer"]["learning_rate"] == 0.1
    assert client.post(f"/runs/{run}/branch", json={"learning_rate": 1e9}).status_code == 422


def test_expected_step(client: TestClient) -> None:
    run = create(client, ONE_LAYER)["id"]
    step(client, run, expected_step=0)
    answer = client.post(f"/runs/{run}/step", json={"expected_step": 0})
    assert answer.status_code == 409
    assert client.get(f"/runs/{run}").json()["step"] == 1


def test_learning_rate_stays(client: TestClient) -> None:
    run = create(client, ONE_LAYER)["id"]
    step(client, run, learning_rate=0.05)
    assert step(client, run)["records"][0]["learning_rate"] == 0.05


@pytest.mark.parametrize("grid", [1, 2])
def test_divergence_step_by_step(client: TestClient, grid: int) -> None:
    """Also the step before is stored once, and stays."""
    run = create(client, {"preset": "lab-two-layer", "optimizer": {"learning_rate": 1e6}})
    store = client.app.state.backend.store  # type: ignore[attr-defined]
    with store.engine.begin() as connection:
        connection.execute(update(runs).where(runs.c.id == run["id"]).values(grid=grid))
    found = step(client, run["id"])
    while not found["diverged"]:
        found = step(client, run["id"])
    k = found["diverged_at"]
    before = client.get(f"/runs/{run['id']}/steps/{k - 1}").json()
    assert before["loss"] is not None
    assert client.post(f"/runs/{run['id']}/rewind", json={"step": k - 1}).json()["loss"] == before["loss"]


def test_divergence(client: TestClient) -> None:
    body = {**ONE_LAYER, "network": {**ONE_LAYER["network"], "activations": ["linear"]}}
    run = create(client, {**body, "optimizer": {"learning_rate": 1000}})["id"]
    found = step(client, run, 1000)
    assert found["diverged"]
    assert found["completed"] is False
    assert found["loss"] is None
    k = found["diverged_at"]
    assert len(found["records"]) == k
    view = client.get(f"/runs/{run}").json()
    assert (view["status"], view["loss"], view["diverged_at"]) == ("diverged", None, k)
    assert view["diagnostics"][0]["kind"] == "diverged"
    assert client.get(f"/runs/{run}/steps/{k}").status_code == 200
    before = client.get(f"/runs/{run}/steps/{k - 1}").json()
    assert not before["diverged"]
    assert None not in before["parameters"][0]["weights"][0]
    assert client.post(f"/runs/{run}/step", json={}).status_code == 409
    assert client.post(f"/runs/{run}/play", json={}).status_code == 409
    back = client.post(f"/runs/{run}/rewind", json={"step": 0}).json()
    assert (back["status"], back["diverged"], back["loss"]) == ("ready", False, 32.5)


@pytest.mark.parametrize("calm_again", [False, True])
def test_what_made_a_run_in_mini_batches_diverge_within_an_epoch(client: TestClient, calm_again: bool) -> None:
    """Also where no evaluation came between, and where η was lowered again when it was too late."""
    rows = [[i / 60] for i in range(60)]
    data = {"inputs": rows, "targets": [[3 * x[0] + 1] for x in rows]}
    network = {"layer_sizes": [1, 4, 1], "activations": ["tanh", "linear"]}
    body = {"network": network, "data": data, "batch_size": 2, "optimizer": {"learning_rate": 0.05}}
    run = create(client, body)["id"]
    raised = step(client, run, 12)["step"]
    for _ in range(6 if calm_again else 0):
        step(client, run, learning_rate=70)
    found = step(client, run, 2000, learning_rate=10 if calm_again else 70)
    assert found["diverged"]
    divergence = client.get(f"/runs/{run}").json()["divergence"]
    assert divergence["learning_rate"] == 70
    # batches differ, so that what still fell may be a few steps away from where η was raised, but not far
    assert raised - 6 <= divergence["last_fall"] <= raised + 1
    assert client.post(f"/runs/{run}/rewind", json={"step": divergence["last_fall"]}).json()["loss"] is not None


def test_a_run_in_mini_batches_that_diverges_slowly_can_be_read(client: TestClient) -> None:
    """Its last losses have no sum that a float can hold."""
    network = {"layer_sizes": [1, 1], "activations": ["linear"]}
    data = {"inputs": [[1], [1]], "targets": [[1], [1]]}
    run = create(client, {"network": network, "data": data, "batch_size": 1, "optimizer": {"learning_rate": 1.05}})
    found = step(client, run["id"], 10_000)
    assert found["diverged"]
    divergence = client.get(f"/runs/{run['id']}").json()["divergence"]
    assert divergence == {"last_fall": 0, "learning_rate": 1.05}


def test_a_diverged_run_has_no_gradients_to_check(client: TestClient) -> None:
    body = {**ONE_LAYER, "network": {**ONE_LAYER["network"], "activations": ["linear"]}}
    run = create(client, {**body, "optimizer": {"learning_rate": 1000}})["id"]
    step(client, run, 1000)
    answer = client.get(f"/runs/{run}/gradient-check")
    assert answer.status_code == 409
    assert "Rewind it first" in answer.json()["detail"]


def test_cross_entropy_starts_at_the_logarithm_of_the_classes(client: TestClient) -> None:
    network = {"layer_sizes": [2, 3], "activations": ["linear"], "initialization": {"method": "zeros"}}
    data = {"inputs": [[1, 2], [3, 4]], "targets": [[0, 1, 0], [0.5, 0.25, 0.25]]}
    body = {"network": network, "loss": "softmax_cross_entropy", "data": data, "optimizer": {"learning_rate": 0.1}}
    run = create(client, body)
    assert run["loss"] == pytest.approx(np.log(3))
    assert step(client, run["id"])["loss"] < run["loss"]
    answer = client.post("/runs", json={**body, "data": {**data, "targets": [[0, 1, 0], [1, 1, 0]]}})
    assert answer.json()["errors"][0]["location"] == "data.targets"


def test_cross_entropy_after_softmax_learns_as_the_fused_loss_does(client: TestClient) -> None:
    data = {"inputs": [[1, 2], [3, 4]], "targets": [[0, 1, 0], [0.5, 0.25, 0.25]]}
    body = {"data": data, "optimizer": {"learning_rate": 0.1}}
    losses, probabilities = [], []
    for activation, loss in [("softmax", "cross_entropy"), ("linear", "softmax_cross_entropy")]:
        network = {"layer_sizes": [2, 3], "activations": [activation], "initialization": {"method": "he", "seed": 1}}
        run = create(client, body | {"network": network, "loss": loss})["id"]
        losses.append(client.post(f"/runs/{run}/step", json={"count": 20}).json()["loss"])
        told = client.post(f"/runs/{run}/predict", json={"inputs": [[1, 2]]}).json()
        probabilities.append(told["probabilities"][0])
    assert losses[0] == pytest.approx(losses[1], rel=1e-12)
    assert probabilities[0] == pytest.approx(probabilities[1], rel=1e-12)


def wait_for(client: TestClient, run: str, status: str) -> dict[str, Any]:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        view = client.get(f"/runs/{run}").json()
        if view["status"] == status:
            return dict(view)
        time.sleep(0.02)
    pytest.fail(f"never {status}: {view}")


def test_play_until(client: TestClient) -> None:
    run, other = create(client, MINI_BATCHES)["id"], create(client, MINI_BATCHES)["id"]
    answer = client.post(f"/runs/{run}/play", json={"until_step": 40})
    assert answer.json()["status"] == "playing"
    assert wait_for(client, run, "paused")["step"] == 40
    step(client, other, 40)
    assert client.get(f"/runs/{run}/steps/40").json() | {"id": ""} == client.get(f"/runs/{other}/steps/40").json() | {
        "id": ""
    }


def test_until_a_step_that_is_past(client: TestClient) -> None:
    run = create(client, MINI_BATCHES)["id"]
    step(client, run, 5)
    answer = client.post(f"/runs/{run}/play", json={"until_step": 5})
    assert answer.status_code == 409
    assert "until_step must be larger" in answer.json()["detail"]
    assert client.get(f"/runs/{run}").json()["status"] == "paused"


def test_a_run_plays_up_to_the_most_steps_it_may_have(data_dir: Path) -> None:
    settings = Settings(data_dir=data_dir, limits=Limits(steps_per_run=30))
    with TestClient(create_app(settings), base_url="http://localhost/api/v1") as client:
        run = create(client, MINI_BATCHES)["id"]
        for _ in range(2):
            client.post(f"/runs/{run}/play", json={})
            assert wait_for(client, run, "paused")["step"] == 30


def test_a_run_that_ends_while_it_is_read_is_told_as_it_ended(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = create(client, MINI_BATCHES)["id"]

    def view(backend: Any, now: Any, found: Any, *rest: Any) -> Any:
        deadline = time.monotonic() + 30
        while backend.plays.has(run) and time.monotonic() < deadline:
            time.sleep(0.01)
        return run_view(backend, now, found, *rest)

    assert client.post(f"/runs/{run}/play", json={"rate": 20, "until_step": 8}).json()["status"] == "playing"
    monkeypatch.setattr("app.runs.read.run_view", view)
    told = client.get(f"/runs/{run}").json()
    assert (told["status"], told["step"]) == ("paused", 8)


def test_play_change_rate_and_pause(client: TestClient) -> None:
    run = create(client, MINI_BATCHES)["id"]
    started = time.monotonic()
    client.post(f"/runs/{run}/play", json={"rate": 20})
    time.sleep(0.3)
    client.post(f"/runs/{run}/play", json={"learning_rate": 0.01})
    time.sleep(0.3)
    view = client.post(f"/runs/{run}/pause").json()
    assert view["status"] == "paused"
    assert 2 <= view["step"] <= 20 * (time.monotonic() - started) + 2
    assert view["optimizer"]["learning_rate"] == 0.01
    time.sleep(0.2)
    assert client.get(f"/runs/{run}").json()["step"] == view["step"]


def test_shared_is_read_only(client: TestClient) -> None:
    run = create(client, ONE_LAYER)
    shared = f"/shared/{run['share_id']}"
    view = client.get(shared).json()
    assert "id" not in view
    assert run["id"] not in client.get(shared).text
    for path in ("losses", "steps/0", "gradient-check", "history.csv", "weights.npz"):
        answer = client.get(f"{shared}/{path}")
        assert answer.status_code == 200
        assert run["id"].encode() not in answer.content
    for verb in ("step", "play", "pause", "rewind", "branch"):
        assert client.post(f"{shared}/{verb}", json={}).status_code in (404, 405)
        assert (
            client.post(f"/runs/{run['share_id']}/{verb}", json={"step": 0} if verb == "rewind" else None).status_code
            == 404
        )


def test_downloads(client: TestClient) -> None:
    run = create(client, ONE_LAYER)["id"]
    step(client, run)
    arrays = np.load(io.BytesIO(client.get(f"/runs/{run}/weights.npz").content))
    assert arrays["W1"].shape == (3, 2)
    lines = client.get(f"/runs/{run}/history.csv").text.splitlines()
    assert lines[0].startswith("step,epoch,loss_before,loss_after,learning_rate,batch_size")
    assert lines[1].startswith("1,1,32.5,8.125,0.1,1")
    with_biases = create(client, MINI_BATCHES)["id"]
    arrays = np.load(io.BytesIO(client.get(f"/runs/{with_biases}/weights.npz").content))
    assert [arrays[name].shape for name in ("W1", "b1", "W2", "b2")] == [(4, 1), (4,), (1, 4), (1,)]


def test_a_long_history_is_shown_thinned(client: TestClient) -> None:
    run = create(client, MINI_BATCHES)["id"]
    step(client, run, 2500)
    shown = client.get(f"/runs/{run}").json()["losses"]
    steps = [point["step"] for point in shown]
    assert steps[0] == 0
    assert 800 < len(shown) <= 1000
    assert {after - before for before, after in pairwise(steps[:-1])} == {3}
    records = {r["step"]: r["loss_before"] for r in client.get(f"/runs/{run}/losses").json()["records"]}
    assert all(point["loss"] == records[point["step"] + 1] for point in shown if point["step"] + 1 in records)


def test_history_is_written_page_by_page(data_dir: Path) -> None:
    settings = Settings(data_dir=data_dir, limits=Limits(loss_page=4))
    with TestClient(create_app(settings), base_url="http://localhost/api/v1") as paged:
        run = create(paged, MINI_BATCHES)["id"]
        step(paged, run, 10)
        lines = paged.get(f"/runs/{run}/history.csv").text.splitlines()
    assert [line.split(",")[0] for line in lines] == ["step", *map(str, range(1, 11))]


def test_losses_in_pages(client: TestClient) -> None:
    run = create(client, MINI_BATCHES)["id"]
    step(client, run, 10)
    page = client.get(f"/runs/{run}/losses", params={"limit": 4}).json()
    assert [r["step"] for r in page["records"]] == [1, 2, 3, 4]
    page = client.get(f"/runs/{run}/losses", params={"since": page["next"], "limit": 6}).json()
    assert [r["step"] for r in page["records"]] == [5, 6, 7, 8, 9, 10]
    assert page["next"] is None


def test_delete(client: TestClient) -> None:
    run = create(client, ONE_LAYER)["id"]
    assert client.delete(f"/runs/{run}").status_code == 204
    assert client.get(f"/runs/{run}").status_code == 404

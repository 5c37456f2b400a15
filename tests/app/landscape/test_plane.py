"""POST /runs/{id}/landscape: what it holds, and how long work is followed, joined, cancelled and left."""

import json
import time
from dataclasses import replace

import numpy as np
import pytest

from app.landscape import plane
from app.landscape.survey import Stopped
from core.landscape import directions as ways
from core.network.layers import Layer, Network, forward, mean_loss

LAB = {"preset": "lab-two-layer", "optimizer": {"learning_rate": 0.02}}
LONG = {"directions": "random", "resolution": 101}


@pytest.fixture(scope="module")
def run(shared_client):
    found = shared_client.post("/runs", json=LAB).json()
    shared_client.post(f"/runs/{found['id']}/step", json={"count": 12})
    return found


def address_of(answer):
    """Where a job is, below the API's own address."""
    return answer.headers["Location"].removeprefix("/api/v1")


def wait(client, answer):
    """Ask for a job until it is there."""
    until = time.monotonic() + 120
    while answer.status_code == 202 and time.monotonic() < until:
        time.sleep(0.2)
        answer = client.get(address_of(answer))
    return answer


def ask(client, run, **body):
    answer = wait(client, client.post(f"/runs/{run['id']}/landscape", json={"resolution": 5} | body))
    assert answer.status_code == 200, answer.text
    return answer.json()


def loss_at(parameters):
    layers = [
        Layer(np.array(p["weights"]), np.array(p["biases"]), a)
        for p, a in zip(parameters, ["relu", "linear"], strict=True)
    ]
    passed = forward(Network(tuple(layers)), np.array([[1.0, 2.0]]))
    return mean_loss("squared_error", passed.h[-1], np.array([[1.0, 4.0, 4.0]]))


@pytest.mark.parametrize("directions", ["weights", "random", "trajectory", "sharpest"])
def test_the_center_is_the_run_and_every_state_has_its_loss(shared_client, run, directions):
    found = ask(shared_client, run, directions=directions)
    state = shared_client.get(f"/runs/{run['id']}/steps/12").json()
    assert found["step"] == 12
    assert found["loss"][2][2] == pytest.approx(state["loss"], rel=1e-10)
    assert found["center_loss"] == pytest.approx(state["loss"], rel=1e-12)
    assert found["center"] == pytest.approx([found["x"][2], found["y"][2]])
    assert [point["step"] for point in found["trajectory"]] == list(range(13))
    records = shared_client.get(f"/runs/{run['id']}/losses").json()["records"]
    losses = [records[0]["loss_before"], *(record["loss_after"] for record in records)]
    assert [point["loss"] for point in found["trajectory"]] == pytest.approx(losses)
    newest = found["trajectory"][-1]
    assert [newest["x"], newest["y"], newest["distance"]] == pytest.approx([*found["center"], 0], abs=1e-12)
    assert 0 <= found["trajectory_share"] <= 1
    assert found["clipped"] is None
    shared = wait(
        shared_client,
        shared_client.post(f"/shared/{run['share_id']}/landscape", json={"directions": directions, "resolution": 5}),
    )
    assert shared.json() == found


def test_two_weights_by_name(shared_client, run):
    names = ["1.weights[0][1]", "2.weights[0][2]"]
    found = ask(shared_client, run, directions="weights", parameters=names, span=1.5)
    parameters = shared_client.get(f"/runs/{run['id']}/steps/12").json()["parameters"]
    assert found["center"] == [parameters[0]["weights"][0][1], parameters[1]["weights"][0][2]]
    assert [axis["name"] for axis in found["axes"]] == names
    assert found["angle"] == pytest.approx(90)
    parameters[0]["weights"][0][1], parameters[1]["weights"][0][2] = found["x"][1], found["y"][4]
    assert found["loss"][4][1] == pytest.approx(loss_at(parameters))
    assert found["x"] == pytest.approx(np.linspace(-1.5, 1.5, 5) + found["center"][0])
    same = ask(shared_client, run, directions="weights", parameters=["layers[0].weights[0][1]", names[1]], span=1.5)
    assert same["loss"] == found["loss"]


def test_what_each_kind_tells(shared_client, run):
    trajectory = ask(shared_client, run, directions="trajectory")
    assert sum(trajectory["explained_variance"]) == pytest.approx(trajectory["trajectory_share"])
    sharpest = ask(shared_client, run, directions="sharpest")
    curvature = shared_client.get(f"/runs/{run['id']}/curvature").json()
    assert sharpest["largest_eigenvalue"] == pytest.approx(curvature["largest_eigenvalue"])
    assert sharpest["gradient"]["share"] == pytest.approx(1)
    assert sharpest["gradient"]["coordinates"] == pytest.approx([curvature["gradient_norm"], 0], abs=1e-8)
    start = ask(shared_client, run, directions="random", seed=3, step=0)
    assert start["step"] == 0
    assert [axis["zero_rows"] for axis in start["axes"]] == [["1.biases", "2.biases"]] * 2
    assert start["trajectory_share"] is None
    assert 0 < start["gradient"]["share"] < 1


def test_lines(shared_client, run):
    whole = ask(shared_client, run, directions="random", seed=1, span=1)
    line = ask(shared_client, run, directions="random", seed=1, span=1, resolution=[5])
    assert line["loss"] == [pytest.approx(whole["loss"][2])]
    assert (line["center"], line["y"], line["angle"]) == ([0], [0], None)
    assert len(line["axes"]) == 1
    wide = ask(shared_client, run, directions="random", resolution=[4, 3])
    assert [len(row) for row in wide["loss"]] == [4, 4, 4]
    between = ask(shared_client, run, directions="steps", steps=[2, 12], resolution=[7], span=0.5)
    assert (between["x"][0], between["x"][-1], between["center"], between["step"]) == (0, 1, [1], 12)
    losses = [point["loss"] for point in between["trajectory"]]
    assert (between["loss"][0][0], between["loss"][0][-1]) == pytest.approx((losses[2], losses[12]))
    assert ask(shared_client, run, directions="steps", steps=[2, 12], resolution=[7])["x"][0] == -0.25


def test_a_run_that_steps_meanwhile_keeps_its_answer_apart(shared_client):
    run = shared_client.post("/runs", json=LAB).json()
    before = ask(shared_client, run, directions="random")
    shared_client.post(f"/runs/{run['id']}/step", json={"count": 1})
    after = ask(shared_client, run, directions="random")
    assert (before["step"], after["step"]) == (0, 1)
    assert ask(shared_client, run, directions="random", step=0) == before
    # another past: the same step number, but no longer the same run
    shared_client.post(f"/runs/{run['id']}/rewind", json={"step": 0})
    shared_client.post(f"/runs/{run['id']}/step", json={"count": 1, "learning_rate": 0.03})
    again = ask(shared_client, run, directions="random")
    assert again["generation"] > after["generation"]
    assert again["center_loss"] != after["center_loss"]


def test_the_smallest_runs(shared_client):
    body = {
        "network": {
            "layer_sizes": [1, 1, 1],
            "activations": ["tanh", "linear"],
            "initialization": {"method": "he", "seed": 0},
        },
        "data": {"inputs": [[1]], "targets": [[1]]},
        "optimizer": {"learning_rate": 0.1},
    }
    run = shared_client.post("/runs", json=body).json()
    shared_client.post(f"/runs/{run['id']}/step", json={"count": 1})
    for directions in ("weights", "random", "trajectory", "sharpest"):
        assert len(ask(shared_client, run, directions=directions)["loss"]) == 5
    straight = ask(shared_client, run, directions="trajectory")
    assert [axis["zero"] for axis in straight["axes"]] == [False, True]
    assert straight["loss"][0] == straight["loss"][4]
    assert straight["angle"] is None


def test_what_overflows_is_clipped_and_said(shared_client, run):
    found = ask(shared_client, run, directions="random", span=1e100, resolution=3)
    assert found["clipped"]["count"] == 8
    assert found["clipped"]["value"] == found["center_loss"] == pytest.approx(found["loss"][0][0])


@pytest.mark.parametrize(
    ("body", "status", "location"),
    [
        ({"directions": "weights", "parameters": ["1.weights[0][0]", "layers[0].weights[0][0]"]}, 422, "parameters"),
        ({"directions": "weights", "parameters": ["1.weights[0][0]"]}, 422, "parameters"),
        ({"directions": "weights", "parameters": ["1.weights[0][0]", "1.weights[9][0]"]}, 422, "parameters.1"),
        ({"directions": "random", "parameters": ["1.weights[0][0]"]}, 422, "parameters"),
        ({"directions": "trajectory", "step": 0}, 422, "directions"),
        ({"directions": "steps"}, 422, "steps"),
        ({"directions": "random", "steps": [0, 1]}, 422, "steps"),
        ({"directions": "steps", "steps": [1, 1]}, 422, "steps"),
        ({"directions": "steps", "steps": [0, 1], "step": 1}, 422, "step"),
        ({"directions": "random", "resolution": 102}, 413, "resolution"),
        ({"directions": "random", "resolution": [1002]}, 413, "resolution"),
        ({"directions": "random", "span": 0}, 422, "span"),
        ({"directions": "random", "span": 1e308}, 422, "span"),
    ],
)
def test_what_cannot_be(shared_client, run, body, status, location):
    answer = shared_client.post(f"/runs/{run['id']}/landscape", json=body)
    assert answer.status_code == status, answer.text
    assert answer.json()["errors"][0]["location"] == location


def test_steps_that_are_not_there(shared_client, run):
    for body in ({"directions": "random", "step": 99}, {"directions": "steps", "steps": [0, 99]}):
        assert shared_client.post(f"/runs/{run['id']}/landscape", json=body).status_code == 404
    answer = wait(
        shared_client,
        shared_client.post(f"/runs/{run['id']}/landscape", json={"directions": "steps", "steps": [99, 0]}),
    )
    assert answer.status_code == 404


def test_too_much_work(shared_client, monkeypatch, run):
    monkeypatch.setattr(plane, "MOST_MULTIPLICATIONS", 100)
    monkeypatch.setattr(plane, "MOST_SHARPEST", 20)
    for directions, location in (("random", "samples"), ("sharpest", "directions")):
        answer = shared_client.post(f"/runs/{run['id']}/landscape", json={"directions": directions})
        assert (answer.status_code, answer.json()["errors"][0]["location"]) == (413, location)


def test_a_diverged_run(shared_client):
    body = {"preset": "lab-quadratic", "data": {"samples": 20}, "optimizer": {"learning_rate": 1e6}}
    run = shared_client.post("/runs", json=body).json()
    at = shared_client.post(f"/runs/{run['id']}/step", json={"count": 50}).json()["diverged_at"]
    answer = shared_client.post(f"/runs/{run['id']}/landscape", json={"directions": "random"})
    assert answer.status_code == 409
    assert f"Ask for step {at - 1} or earlier" in answer.json()["detail"]


@pytest.fixture
def long(client):
    """A run whose landscape takes many seconds."""
    return client.post("/runs", json={"preset": "lab-quadratic"}).json()


def test_long_work_is_a_job_that_is_followed_and_cancelled(client, long):
    started = client.post(f"/runs/{long['id']}/landscape", json=LONG)
    assert started.status_code == 202
    address = address_of(started)
    assert address.endswith(started.json()["job"])
    joined = client.post(f"/runs/{long['id']}/landscape", json=LONG)
    assert address_of(joined) == address
    assert client.get(address).status_code == 202
    shared = f"/shared/{long['share_id']}/landscape/{started.json()['job']}"
    assert client.get(shared).status_code == 202
    assert client.delete(shared).status_code == 405
    assert client.delete(address).status_code == 204
    for method in (client.get, client.delete):
        assert method(address).status_code == 404
    assert client.get(f"{address}/events").status_code == 404


def test_events_lead_to_the_end(client, long):
    started = client.post(f"/runs/{long['id']}/landscape", json={"directions": "sharpest", "resolution": 21})
    assert started.status_code == 202
    text = client.get(address_of(started) + "/events").text
    events = [block.split("\n") for block in text.strip().split("\n\n")]
    progress = [json.loads(lines[1][6:])["progress"] for lines in events if lines[0] == "event: progress"]
    assert len(progress) > 1
    assert progress == sorted(progress)
    assert events[-1] == ["event: end", 'data: {"succeeded":true}']
    found = client.get(address_of(started))
    assert found.status_code == 200
    assert found.headers["Content-Location"] == started.headers["Location"]
    # kept: the same question is answered at once
    assert (
        client.post(f"/runs/{long['id']}/landscape", json={"directions": "sharpest", "resolution": 21}).json()
        == found.json()
    )
    # a job of one run is not found under another
    other = client.post("/runs", json=LAB).json()["id"]
    assert client.get(f"/runs/{other}/landscape/{started.json()['job']}").status_code == 404


def test_work_that_everybody_has_left_ends(client, long, monkeypatch):
    monkeypatch.setattr(plane, "LEFT_SECONDS", 0.6)
    started = client.post(f"/runs/{long['id']}/landscape", json=LONG)
    assert started.status_code == 202
    until = time.monotonic() + 60
    while client.app.state.backend.jobs.count and time.monotonic() < until:
        time.sleep(0.1)
    assert client.get(address_of(started)).status_code == 404


def test_cancelled_while_it_is_waited_for(client, long, monkeypatch):
    monkeypatch.setattr(plane, "LEFT_SECONDS", -1)
    # a busy machine takes longer to come to it
    monkeypatch.setattr(plane, "AT_ONCE_SECONDS", 60)
    answer = client.post(f"/runs/{long['id']}/landscape", json=LONG)
    assert answer.status_code == 409
    assert "cancelled" in answer.json()["detail"]


def test_cancelled_while_the_sharpest_direction_is_sought(client, long, monkeypatch):
    ended = []
    sought = ways.sharpest_directions

    def slow(product, gradient):
        try:
            while True:
                sought(product, gradient)
        except Stopped:
            ended.append(True)
            raise

    monkeypatch.setattr(ways, "sharpest_directions", slow)
    started = client.post(f"/runs/{long['id']}/landscape", json={"directions": "sharpest"})
    assert started.status_code == 202
    assert client.delete(address_of(started)).status_code == 204
    until = time.monotonic() + 60
    while not ended and time.monotonic() < until:
        time.sleep(0.05)
    assert ended


def test_rewound_while_its_trajectory_is_read(client, run_of_four, monkeypatch):
    read = plane.past.moment

    async def from_another_past(*args):
        found = await read(*args)
        return replace(found, run=replace(found.run, generation=found.run.generation + 1)) if args[-1] == 0 else found

    monkeypatch.setattr(plane.past, "moment", from_another_past)
    answer = client.post(f"/runs/{run_of_four}/landscape", json={"directions": "random"})
    assert answer.status_code == 409
    assert "rewound" in answer.json()["detail"]


@pytest.fixture
def run_of_four(client):
    """A run of four steps."""
    run = client.post("/runs", json=LAB).json()["id"]
    client.post(f"/runs/{run}/step", json={"count": 4})
    return run


def test_the_two_weights_are_the_steepest_unless_named(shared_client, run):
    found = ask(shared_client, run, directions="weights")
    hessian = shared_client.get(f"/runs/{run['id']}/hessian").json()
    order = np.argsort(-np.abs(hessian["gradient"]), kind="stable")[:2]
    assert [axis["name"] for axis in found["axes"]] == [hessian["parameters"][index] for index in order]


@pytest.mark.parametrize("directions", ["weights", "random", "trajectory", "sharpest"])
def test_planes_of_two_steps_along_the_directions_of_one(shared_client, run, directions):
    """The axes are those of step 12, the middle and the losses those of step 3."""
    there = ask(shared_client, run, directions=directions, step=12)
    assert there["directions_step"] == 12
    span = (there["x"][-1] - there["x"][0]) / 2
    here = ask(shared_client, run, directions=directions, step=3, directions_step=12, span=span)
    own = ask(shared_client, run, directions=directions, step=3)
    assert (here["step"], here["directions_step"], own["directions_step"]) == (3, 12, 3)
    assert [axis["name"] for axis in here["axes"]] == [axis["name"] for axis in there["axes"]]
    assert [axis["norm"] for axis in here["axes"]] == pytest.approx([axis["norm"] for axis in there["axes"]], rel=1e-12)
    assert here["angle"] == pytest.approx(there["angle"], abs=1e-6)
    assert here["center_loss"] == own["center_loss"] == pytest.approx(here["loss"][2][2], rel=1e-10)
    assert here["x"][-1] - here["x"][0] == pytest.approx(2 * span)
    # a corner of it, by hand: θ₃ + a u + b v with u and v of step 12, seen in the walk to step 12 as the offset of θ₃
    if directions == "random":
        networks = {
            step: [
                Layer(np.array(p["weights"]), np.array(p["biases"]), a)
                for p, a in zip(
                    shared_client.get(f"/runs/{run['id']}/steps/{step}").json()["parameters"],
                    ["relu", "linear"],
                    strict=True,
                )
            ]
            for step in (3, 12)
        }
        u, v = (each.vector for each in ways.random_directions(Network(tuple(networks[12])), 0))
        moved = here["x"][-1] * u + here["y"][0] * v
        at, place = [], 0
        for layer in networks[3]:
            weights = layer.W + moved[place : place + layer.W.size].reshape(layer.W.shape)
            place += layer.W.size
            at.append({"weights": weights, "biases": layer.b + moved[place : place + layer.b.size]})
            place += layer.b.size
        assert here["loss"][0][-1] == pytest.approx(loss_at(at), rel=1e-10)


def test_directions_of_another_step_that_cannot_be_had(shared_client, run):
    def refused(status, **body):
        answer = shared_client.post(f"/runs/{run['id']}/landscape", json={"resolution": 5} | body)
        assert answer.status_code == status, answer.text
        return answer.json()

    refused(404, directions="random", directions_step=13)
    steps = refused(422, directions="steps", steps=[0, 12], directions_step=3, resolution=[5])
    assert steps["errors"][0]["location"] == "directions_step"
    walk = refused(422, directions="trajectory", step=12, directions_step=0)
    assert walk["errors"][0]["location"] == "directions"
    # but a walk to a later step is one, seen from the start too
    assert ask(shared_client, run, directions="trajectory", step=0, directions_step=12)["step"] == 0
    first = shared_client.post(
        "/backpropagation/landscape", json=LAB | {"directions": "random", "directions_step": 3, "resolution": 5}
    )
    assert first.status_code == 422

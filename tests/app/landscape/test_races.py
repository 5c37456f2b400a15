"""A race beside a landscape: of a run and of a start that is not stored; what each racer does is what a run does."""

import numpy as np
import pytest

from tests.app.landscape.test_plane import wait

LAB = {"preset": "lab-two-layer"}
RULES = [
    {"learning_rate": 0.02},
    {"method": "momentum", "learning_rate": 0.02},
    {"method": "adam", "learning_rate": 0.1},
]
RACE = {"directions": "race", "resolution": 5, "race": {"racers": RULES, "steps": 20}}


def survey(client, **body):
    return settled(client, "/backpropagation/landscape", LAB | RACE | body)


def settled(client, address, body):
    answer = wait(client, client.post(address, json=body))
    assert answer.status_code == 200, answer.text
    return answer.json()


def assert_framed(found, points):
    """The picture is about the middle of what it should hold, and a fifth wider."""
    boxes = [(min(p[axis] for p in points), max(p[axis] for p in points)) for axis in "xy"]
    half = max(high - low for low, high in boxes) / 2
    for axis, (low, high) in zip("xy", boxes, strict=True):
        assert [found[axis][0], found[axis][-1]] == pytest.approx(
            [(low + high) / 2 - 1.2 * half, (low + high) / 2 + 1.2 * half]
        )


def test_every_racer_goes_as_a_run_with_its_rule(shared_client):
    found = survey(shared_client)
    assert len(found["race"]["racers"]) == len(RULES)
    for rule, racer in zip(RULES, found["race"]["racers"], strict=True):
        assert racer["optimizer"] == racer["optimizer"] | {"method": "gradient_descent"} | rule
        assert racer["points"][0] == pytest.approx({"step": 0, "x": 0, "y": 0, "loss": 3.47764941, "distance": 0})
        run = shared_client.post("/runs", json=LAB | {"optimizer": rule}).json()["id"]
        records = shared_client.post(f"/runs/{run}/step", json={"count": 20}).json()["records"]
        losses = [point["loss"] for point in racer["points"]]
        assert losses[1:] == pytest.approx([record["loss_after"] for record in records], rel=1e-12)
    # two directions hold what they say they hold
    assert sum(found["explained_variance"]) == pytest.approx(found["race"]["share"], abs=1e-9)
    assert_framed(found, [point for racer in found["race"]["racers"] for point in racer["points"]])


def test_a_chosen_start_on_a_plane_of_two_weights(shared_client):
    names = ["1.weights[0][0]", "2.weights[0][1]"]
    race = {"racers": [{"learning_rate": 0.01}], "steps": 3, "start": [0.25, -0.75]}
    found = survey(shared_client, directions="weights", parameters=names, race=race, span=2)
    first = found["race"]["racers"][0]["points"][0]
    assert (first["x"], first["y"], first["distance"]) == (0.25, -0.75, 0)
    # the same by a network that has these two weights
    lab = shared_client.post("/runs", json=LAB).json()["id"]
    weights = [each["weights"] for each in shared_client.get(f"/runs/{lab}/steps/0").json()["parameters"]]
    weights[0][0][0], weights[1][0][1] = 0.25, -0.75
    network = {"initialization": {"weights": weights}}
    run = shared_client.post("/runs", json=LAB | {"network": network, "optimizer": race["racers"][0]}).json()
    assert first["loss"] == pytest.approx(run["loss"], rel=1e-12)
    record = shared_client.post(f"/runs/{run['id']}/step", json={"count": 3}).json()["records"][-1]
    assert found["race"]["racers"][0]["points"][-1]["loss"] == pytest.approx(record["loss_after"], rel=1e-12)


def test_around_a_start_is_what_is_around_a_run_s_start(shared_client):
    run = shared_client.post("/runs", json=LAB).json()["id"]
    for body in (RACE, {"directions": "sharpest", "resolution": 5}, {"directions": "random", "resolution": [7]}):
        mine = settled(shared_client, "/backpropagation/landscape", LAB | body)
        its = settled(shared_client, f"/runs/{run}/landscape", body)
        assert mine.pop("trajectory") == its.pop("trajectory")
        np.testing.assert_allclose(mine.pop("loss"), its.pop("loss"), rtol=1e-12)
        assert mine == its


def test_from_a_step_of_a_run_with_one_that_leaps(shared_client):
    run = shared_client.post("/runs", json=LAB | {"optimizer": {"learning_rate": 0.02}}).json()["id"]
    shared_client.post(f"/runs/{run}/step", json={"count": 3})
    race = {"racers": [{"learning_rate": 0.02}, {"learning_rate": 1e5}], "steps": 60}
    found = settled(shared_client, f"/runs/{run}/landscape", RACE | {"race": race})
    calm, wild = found["race"]["racers"]
    assert wild["diverged_at"] == len(wild["points"])
    assert (calm["diverged_at"], len(calm["points"])) == (None, 61)
    # the plane is that of the one that came down, and so wide
    assert_framed(found, calm["points"])
    records = shared_client.post(f"/runs/{run}/step", json={"count": 60}).json()["records"]
    assert calm["points"][-1]["loss"] == pytest.approx(records[-1]["loss_after"], rel=1e-12)


def test_updates_are_taken_apart(shared_client):
    race = {"racers": RULES, "steps": 5, "include": ["updates"]}
    found = survey(shared_client, race=race)["race"]["racers"]
    for racer in found:
        points, updates = racer["points"], racer["updates"]
        assert len(updates) == len(points) - 1
        for here, there, update in zip(points, points[1:], updates, strict=False):
            moved = [there["x"] - here["x"], there["y"] - here["y"]]
            assert update["move"]["coordinates"] == pytest.approx(moved, abs=1e-12)
            parts = np.array(update["downhill"]["coordinates"]) + update["correction"]["coordinates"]
            np.testing.assert_allclose(parts, moved, atol=1e-12)
    assert all(update["correction"]["norm"] < 1e-14 for update in found[0]["updates"])
    # the first update of momentum is plain; then it remembers
    assert [update["correction"]["norm"] > 1e-3 for update in found[1]["updates"]] == [False, True, True, True, True]


@pytest.mark.parametrize(
    ("body", "location", "status"),
    [
        ({"race": None}, "race", 422),
        ({"race": {"racers": []}}, "race.racers", 422),
        ({"race": {"racers": [{}] * 7}}, "race.racers", 422),
        ({"race": {"racers": [{}, {"method": "sgd"}]}}, "race.racers.1.method", 422),
        ({"race": {"racers": [{"learning_rate": 1e99}]}}, "race.racers.0.learning_rate", 422),
        ({"race": {"racers": [{}], "start": [1, 2]}}, "race.start", 422),
        ({"race": {"racers": [{}], "start": [1, 2]}, "directions": "random", "resolution": [5]}, "race.start", 422),
        ({"race": {"racers": [{}], "start": [1]}, "directions": "random"}, "race.start", 422),
        ({"race": {"racers": [{}], "steps": 501}}, "race.steps", 422),
        ({"step": 3}, "step", 422),
        ({"directions": "trajectory"}, "directions", 422),
    ],
)
def test_what_is_refused_says_where(shared_client, body, location, status):
    answer = shared_client.post("/backpropagation/landscape", json=LAB | RACE | body)
    assert answer.status_code == status, answer.text
    assert answer.json()["errors"][0]["location"] == location


def test_a_job_of_a_start_is_followed_joined_and_cancelled(shared_client):
    body = LAB | {"directions": "random", "resolution": 5}
    asked = wait(shared_client, shared_client.post("/backpropagation/landscape", json=body))
    place = asked.headers["Content-Location"].removeprefix("/api/v1")
    assert shared_client.get(place).json() == asked.json()
    assert shared_client.delete(place).status_code == 204
    assert shared_client.get("/backpropagation/landscape/none").status_code == 404

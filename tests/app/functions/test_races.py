"""POST /functions/race: what each rule does by hand, what it does alone, and how far the known minima are."""

import numpy as np
import pytest

RULES = [{"learning_rate": 0.1}, {"method": "momentum", "learning_rate": 0.1, "momentum": 0.5}, {"method": "adam"}]


def ask(client, **body):
    answer = client.post("/functions/race", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_each_update_is_downhill_and_memory(shared_client):
    found = ask(shared_client, expression="x^2", start=1, racers=RULES[:2], steps=3)
    plain, heavy = found["racers"]
    # x² from 1: each step multiplies x by 1 − 2η
    assert [point["point"][0] for point in plain["points"]] == pytest.approx([1, 0.8, 0.64, 0.512])
    # v: 2, 1 + 1.6 = 2.6, 1.3 + 1.08 = 2.38
    assert [point["point"][0] for point in heavy["points"]] == pytest.approx([1, 0.8, 0.54, 0.302])
    parts = [[update[part]["coordinates"][0] for update in heavy["updates"]] for part in ("downhill", "correction")]
    assert parts[0] == pytest.approx([-0.2, -0.16, -0.108])
    # −η β v of the update before
    assert parts[1] == pytest.approx([0, -0.1, -0.13], abs=1e-15)


def test_a_racer_goes_as_it_goes_alone(shared_client):
    start, steps = {"x": -0.27, "y": -0.92}, 40
    himmelblau = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
    rules = [{"learning_rate": 0.01}, {"method": "adam", "learning_rate": 0.3}, {"learning_rate": 9.0}]
    minima = [{"x": 3, "y": 2}, {"x": 3.584428, "y": -1.848126}]
    found = ask(shared_client, expression=himmelblau, start=start, racers=rules, steps=steps, minima=minima)
    for rule, racer in zip(rules, found["racers"], strict=True):
        body = {"expression": himmelblau, "start": start, "optimizer": rule, "steps": steps}
        alone = shared_client.post("/functions/descent", json=body).json()
        assert [point["value"] for point in racer["points"]] == [step["value"] for step in alone["trajectory"]]
        assert (racer["diverged_at"], racer["reason"]) == (alone["diverged_at"], alone["reason"])
        assert len(racer["updates"]) == len(racer["points"]) - 1
    assert found["racers"][2]["diverged_at"]
    for point in found["racers"][0]["points"]:
        away = [np.hypot(point["point"][0] - each["x"], point["point"][1] - each["y"]) for each in minima]
        assert point["distance"] == pytest.approx(min(away), rel=1e-12)
    assert found["racers"][0]["points"][-1]["distance"] < 0.05


@pytest.mark.parametrize(
    ("body", "location", "status"),
    [
        ({"racers": []}, "racers", 422),
        ({"racers": [{}] * 7}, "racers", 422),
        ({"racers": [{"method": "sgd"}]}, "racers.0.method", 422),
        ({"steps": 1000, "racers": [{}] * 4}, "steps", 413),
        ({"minima": [{"x": 1}]}, "minima.0", 422),
        ({"expression": "x*y*z"}, "expression", 422),
        ({"start": 3}, "start", 422),
    ],
)
def test_what_is_refused_says_where(shared_client, body, location, status):
    asked = {"expression": "x^2 + y^2", "start": {"x": 1, "y": 1}, "racers": RULES} | body
    answer = shared_client.post("/functions/race", json=asked)
    assert answer.status_code == status, answer.text
    assert answer.json()["errors"][0]["location"] == location

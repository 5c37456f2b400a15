"""Optimizers and schedules over REST: told whole, refused with a reason, replayed at any step."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from core.training.optimizers import OPTIMIZERS
from core.training.schedules import SCHEDULES, ScheduleSettings
from tests.app.runs.test_runs import create

STEPS = 12


def start(client: TestClient, **optimizer: Any) -> dict[str, Any]:
    return create(client, {"preset": "lab-two-layer", "optimizer": {"learning_rate": 0.01} | optimizer})


def stepped(client: TestClient, run: str, count: int = 1, **more: Any) -> dict[str, Any]:
    answer = client.post(f"/runs/{run}/step", json={"count": count} | more)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.mark.parametrize("method", OPTIMIZERS)
def test_a_run_tells_its_numbers_and_any_past_step_is_made_again(shared_client: TestClient, method: str) -> None:
    run = start(shared_client, method=method, schedule={"method": "cosine", "steps": 40})
    declared = {each.name: each.default for each in OPTIMIZERS[method].hyperparameters}
    told = run["optimizer"]
    assert {name: told[name] for name in declared} == declared
    assert told["schedule"] == {"method": "cosine", "steps": 40, "final": 0}
    seen = [stepped(shared_client, run["id"]) for _ in range(STEPS)]
    branched = shared_client.post(f"/runs/{run['id']}/branch", json={"step": 5}).json()
    again = stepped(shared_client, branched["id"], STEPS - 5)
    assert again["updated"] == seen[-1]["updated"]
    assert [r["learning_rate"] for r in again["records"]] == [s["records"][0]["learning_rate"] for s in seen[5:]]


def test_a_schedule_multiplies_the_base_rate_that_was_chosen_last(shared_client: TestClient) -> None:
    run = start(shared_client, schedule={"method": "step", "every": 3, "gamma": 0.3})["id"]
    schedule = ScheduleSettings("step", {"every": 3, "gamma": 0.3})
    stepped(shared_client, run, 4)
    rates = [r["learning_rate"] for r in stepped(shared_client, run, 4, learning_rate=0.02)["records"]]
    assert rates == [schedule.rate(0.02, k) for k in range(4, 8)]
    before = shared_client.get(f"/runs/{run}/steps/7").json()
    assert before["learning_rate"] == 0.02
    after = shared_client.post(f"/runs/{run}/rewind", json={"step": 7}).json()
    assert after["optimizer"]["learning_rate"] == 0.02
    assert stepped(shared_client, run)["records"][0]["learning_rate"] == rates[-1]


@pytest.mark.parametrize(
    ("optimizer", "location", "words"),
    [
        ({"method": "adam", "beta1": 1}, "optimizer.beta1", "less than 1"),
        ({"method": "adam", "alpha": 0.9}, "optimizer.alpha", "adam takes beta1, beta2, eps."),
        ({"beta1": 0.9}, "optimizer.beta1", "gradient_descent takes no number of its own."),
        ({"schedule": {"method": "sine"}}, "optimizer.schedule.method", "Unknown name. Known: constant, step,"),
        ({"schedule": {"method": "step", "steps": 5}}, "optimizer.schedule.steps", "step takes every, gamma."),
        ({"schedule": {"method": "cosine", "steps": 0}}, "optimizer.schedule.steps", "greater than or equal to 1"),
        ({"schedule": {"method": "cosine", "steps": 2.5}}, "optimizer.schedule.steps", "valid integer"),
    ],
)
def test_what_makes_no_sense_is_refused(
    shared_client: TestClient, optimizer: dict[str, Any], location: str, words: str
) -> None:
    body = {"preset": "lab-two-layer", "optimizer": {"learning_rate": 0.01} | optimizer}
    answer = shared_client.post("/runs", json=body)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["location"] == location
    assert words in error["message"]


def test_the_catalog_tells_what_each_one_takes(shared_client: TestClient) -> None:
    catalog = shared_client.get("/catalog").json()
    assert [o["name"] for o in catalog["optimizers"]] == list(OPTIMIZERS)
    assert [s["name"] for s in catalog["schedules"]] == list(SCHEDULES)
    adam = next(o for o in catalog["optimizers"] if o["name"] == "adam")
    assert [slot["name"] for slot in adam["slots"]] == ["first_moment", "second_moment"]
    assert {h["name"]: h["default"] for h in adam["hyperparameters"]} == {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8}


def test_a_descent_on_a_function_takes_the_same(shared_client: TestClient) -> None:
    optimizer = {"method": "adam", "learning_rate": 0.5, "schedule": {"method": "warm_up", "steps": 2}}
    body = {"expression": "x^2", "start": 2, "optimizer": optimizer, "steps": 2}
    found = shared_client.post("/functions/descent", json=body).json()
    assert found["optimizer"]["beta2"] == 0.999
    # Adam's first move is η in the direction of −g, whatever its size; the warm-up halves it
    assert found["trajectory"][1]["point"][0] == pytest.approx(2 - 0.25)

"""GET /runs/{id}/line: the step as a curve."""

import pytest

LAB = {"preset": "lab-one-layer"}


def ask(client, run, query):
    return client.get(f"/runs/{run}/line?{query}")


def test_the_lab_of_slide_39(shared_client):
    run = shared_client.post("/runs", json=LAB).json()
    found = ask(shared_client, run["id"], "learning_rates=0,0.1,0.2,0.6").json()
    assert found["step"] == 0
    assert found["learning_rates"] == [0, 0.1, 0.2, 0.6]
    assert found["loss"][:3] == pytest.approx([32.5, 8.125, 0], abs=1e-12)
    assert found["parabola"] == pytest.approx([32.5, 8.125, 0, 130], abs=1e-12)
    assert found["best_learning_rate"] == pytest.approx(0.2)
    places = [(kink.pop("learning_rate"), kink) for kink in found["kinks"]]
    assert [at for at, _ in places] == pytest.approx([7 / 30, 9 / 25, 6 / 10], rel=1e-15)
    assert [where for _, where in places] == [{"layer": 1, "unit": unit, "sample": 0} for unit in (0, 2, 1)]
    assert (found["kinks_count"], found["layers_not_searched"], found["samples"]) == (3, [], 1)
    shared = shared_client.get(f"/shared/{run['share_id']}/line?learning_rates=0,0.1,0.2,0.6")
    assert shared.json()["loss"] == found["loss"]


def test_the_curve_at_a_step_of_the_past_is_what_the_next_step_led_to(shared_client):
    run = shared_client.post("/runs", json={"preset": "lab-two-layer"}).json()["id"]
    shared_client.post(f"/runs/{run}/step", json={"count": 3})
    records = shared_client.get(f"/runs/{run}/losses").json()["records"]
    for step, record in enumerate(records):
        found = ask(shared_client, run, f"learning_rates=0,0.1&step={step}").json()
        assert found["loss"] == pytest.approx([record["loss_before"], record["loss_after"]], rel=1e-12)


def test_some_of_the_samples(shared_client):
    run = shared_client.post("/runs", json={"preset": "lab-batch"}).json()["id"]
    assert ask(shared_client, run, "learning_rates=0&samples=2").json()["samples"] == 2
    assert ask(shared_client, run, "learning_rates=0&samples=9").json()["samples"] == 4


@pytest.mark.parametrize("rates", ["", "a", "0,,1", "-1", "nan", "inf", "1e7"])
def test_what_is_no_learning_rate(shared_client, rates):
    run = shared_client.post("/runs", json=LAB).json()["id"]
    answer = ask(shared_client, run, f"learning_rates={rates}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["location"] == "query.learning_rates"


def test_too_many(shared_client):
    run = shared_client.post("/runs", json=LAB).json()["id"]
    assert ask(shared_client, run, "learning_rates=" + ",".join(["0"] * 1002)).status_code == 413
    run = shared_client.post("/runs", json={"preset": "lab-quadratic"}).json()["id"]
    answer = ask(shared_client, run, "learning_rates=" + ",".join(["0"] * 200))
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["location"] == "query.samples"


def test_a_diverged_run_has_no_line_and_says_from_where(shared_client):
    body = {"preset": "lab-quadratic", "data": {"samples": 20}, "optimizer": {"learning_rate": 1e6}}
    run = shared_client.post("/runs", json=body).json()["id"]
    at = shared_client.post(f"/runs/{run}/step", json={"count": 50}).json()["diverged_at"]
    answer = ask(shared_client, run, "learning_rates=0,0.1")
    assert answer.status_code == 409
    assert f"diverged at step {at}" in answer.json()["detail"]
    assert ask(shared_client, run, f"learning_rates=0,0.1&step={at - 1}").status_code == 200

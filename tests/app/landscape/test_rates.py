"""POST /backpropagation/line and /walks: what each learning rate would do, nothing stored."""

import pytest

LAB = {"preset": "lab-two-layer"}
TWENTY = {"learning_rates": [0.02, 0.06, 0.1]}


def test_walks_of_the_lecture_s_network(shared_client):
    found = shared_client.post("/backpropagation/walks", json=LAB | TWENTY | {"include": ["curvature"]}).json()
    small, middle, large = found["walks"]
    assert [each["outcome"] for each in found["walks"]] == ["falls", "rises_first", "rises_first"]
    assert large["losses"][:4] == pytest.approx([3.47764941, 38.85981921, 20.08204356, 16.26645528], rel=1e-8)
    assert (found["units"], small["living"][-1], middle["living"][-1], large["living"][-1]) == (3, 2, 2, 0)
    # under 2/η where it learns; a dead network bends only along b₂
    assert small["largest_eigenvalue"] < 2 / 0.02
    assert middle["largest_eigenvalue"] < 2 / 0.06
    assert large["largest_eigenvalue"] == pytest.approx(1, abs=1e-9)


def test_three_limits_differ(shared_client):
    grid = [0.002 * k for k in range(1, 61)]
    limits = shared_client.post("/backpropagation/walks", json=LAB | {"learning_rates": grid}).json()["limits"]
    assert limits["speed_limit"] == pytest.approx(2 / 46.7803, rel=1e-5)
    assert (limits["walk_rises"], limits["step_breaks_even"]) == pytest.approx((0.0453, 0.0482), abs=1e-4)


def test_a_walk_is_what_a_run_of_it_does(shared_client):
    run = shared_client.post("/runs", json=LAB | {"optimizer": {"learning_rate": 0.06}}).json()["id"]
    records = shared_client.post(f"/runs/{run}/step", json={"count": 20}).json()["records"]
    (found,) = shared_client.post("/backpropagation/walks", json=LAB | {"learning_rates": [0.06]}).json()["walks"]
    assert found["losses"][1:] == pytest.approx([each["loss_after"] for each in records], rel=1e-12)


def test_the_line_after_updates_is_that_of_a_run(shared_client):
    run = shared_client.post("/runs", json=LAB).json()["id"]
    shared_client.post(f"/runs/{run}/step", json={"count": 2})
    query = "learning_rates=0,0.02,0.1&step=2"
    of_run = shared_client.get(f"/runs/{run}/line?{query}").json()
    body = LAB | {"learning_rates": [0, 0.02, 0.1], "made": [0.1, 0.1]}
    found = shared_client.post("/backpropagation/line", json=body).json()
    assert found["loss"] == pytest.approx(of_run["loss"], rel=1e-12)
    assert found["parabola"] == pytest.approx(of_run["parabola"], rel=1e-12)
    assert (found["step"], found["living"]) == (2, [2, 2, 0])
    assert found["losses"][2] == pytest.approx(found["loss"][0], rel=1e-12)
    curvature = shared_client.get(f"/runs/{run}/curvature?step=2").json()
    assert found["curvature"]["largest_eigenvalue"] == pytest.approx(curvature["largest_eigenvalue"], rel=1e-9)


@pytest.mark.parametrize("call", ["line", "walks"])
@pytest.mark.parametrize(
    ("change", "status", "location", "said"),
    [
        ({"learning_rates": []}, 422, "learning_rates", "at least 1"),
        ({"learning_rates": [-1]}, 422, "learning_rates.0", "greater than or equal to 0"),
        ({"learning_rates": [1e9]}, 422, "learning_rates", "from 0 to"),
        ({"learning_rates": ["a"]}, 422, "learning_rates.0", "number"),
        ({"preset": "mnist-lecture", "learning_rates": [0.1]}, (413, 503), None, ""),
        ({"rates": [1]}, 422, "rates", ""),
    ],
)
def test_what_cannot_be_used_is_refused(shared_client, call, change, status, location, said):
    answer = shared_client.post(f"/backpropagation/{call}", json=LAB | TWENTY | change)
    assert answer.status_code in ((status,) if isinstance(status, int) else status), answer.text
    if location:
        (error,) = [each for each in answer.json()["errors"] if each["location"] == location]
        assert said in error["message"]


def test_a_curvature_at_each_of_many_ends_is_refused_where_it_takes_long(shared_client):
    body = {"preset": "edge-of-stability", "learning_rates": [0.001 * k for k in range(1, 30)], "steps": 1}
    assert shared_client.post("/backpropagation/walks", json=body).status_code == 200
    answer = shared_client.post("/backpropagation/walks", json=body | {"include": ["curvature"]})
    assert (answer.status_code, answer.json()["errors"][0]["location"]) == (413, "learning_rates")


def test_a_loss_that_is_no_number_is_above_its_start(shared_client):
    body = LAB | {"learning_rates": [1000], "steps": 60}
    limits = shared_client.post("/backpropagation/walks", json=body).json()["limits"]
    assert 0.04 < limits["walk_rises"] < 1000


def test_after_numbers_without_end_there_is_no_next_step(shared_client):
    body = LAB | {"learning_rates": [0.1], "made": [1000] * 60}
    answer = shared_client.post("/backpropagation/line", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["location"]) == (422, "made")
    (found,) = shared_client.post("/backpropagation/walks", json=LAB | {"learning_rates": [1000], "steps": 60}).json()[
        "walks"
    ]
    assert (found["outcome"], found["losses"][-1], found["largest_eigenvalue"]) == ("diverges", None, None)

"""MNIST over REST: the lecture's recipe, answers, drawings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Limits, Settings
from core.data import mnist
from tests.app.runs.test_examples import create
from tests.app.runs.test_runs import step

pytestmark = pytest.mark.mnist


@pytest.fixture(scope="module")
def digits(mnist_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("mnist_runs")
    (folder / "mnist").symlink_to(mnist.directory(mnist_home), target_is_directory=True)
    with TestClient(create_app(Settings(data_dir=folder)), base_url="http://localhost/api/v1") as client:
        yield client


SMALL = {"preset": "mnist-minibatch", "data": {"samples": 512}, "network": {"layer_sizes": [784, 16, 10]}}


def test_the_lecture_first_loss(digits: TestClient) -> None:
    run = create(digits, {"preset": "mnist-lecture"})
    found = step(digits, run["id"])
    assert found["records"][0]["loss_before"] == pytest.approx(75012, abs=1)
    assert found["layers"] is None
    assert [evaluation["epoch"] for evaluation in found["evaluations"]] == [1]


def test_evaluations_come_after_every_epoch(digits: TestClient) -> None:
    run = create(digits, SMALL)
    assert (run["steps_per_epoch"], run["samples"], run["labelled"], run["precision"]) == (4, 512, True, "float32")
    assert run["evaluation"]["step"] == 0
    found = step(digits, run["id"], 9)
    assert [e["step"] for e in found["evaluations"]] == [4, 8]
    assert found["records"][0]["loss_after"] is None
    assert step(digits, run["id"], include=["loss_after"])["records"][0]["loss_after"] is not None
    listed = digits.get(f"/runs/{run['id']}/losses", params={"since": -1}).json()["evaluations"]
    assert [e["step"] for e in listed] == [0, 4, 8]
    alone = digits.get(f"/runs/{run['id']}/losses", params={"since": -1, "evaluations_only": True}).json()
    assert (alone["records"], alone["evaluations"], alone["next"]) == ([], listed, None)


def test_evaluations_alone_come_in_pages(data_dir_with_mnist: Path) -> None:
    settings = Settings(data_dir=data_dir_with_mnist, limits=Limits(loss_page=2))
    with TestClient(create_app(settings), base_url="http://localhost/api/v1") as client:
        run = create(client, SMALL)
        step(client, run["id"], 12)
        address, seen, since = f"/runs/{run['id']}/losses", [], -1
        while since is not None:
            query = {"since": since, "limit": 2, "evaluations_only": True}
            page = client.get(address, params=query).json()
            seen += [e["step"] for e in page["evaluations"]]
            since = page["next"]
        assert seen == [0, 4, 8, 12]


def test_answers(digits: TestClient) -> None:
    run = create(digits, SMALL)
    found = digits.get(f"/runs/{run['id']}/answers", params={"count": 5, "first": 3}).json()
    assert [digit["index"] for digit in found["digits"]] == [3, 4, 5, 6, 7]
    assert all(len(digit["outputs"]) == 10 for digit in found["digits"])
    assert all(digit["correct"] == (digit["label"] == digit["prediction"]) for digit in found["digits"])
    wrong = digits.get(f"/shared/{run['share_id']}/answers", params={"count": 5, "wrong": True}).json()
    assert not any(digit["correct"] for digit in wrong["digits"])
    accuracy = digits.get(f"/runs/{run['id']}").json()["evaluation"]["test_accuracy"]
    assert wrong["total_correct"] / wrong["total"] == pytest.approx(accuracy)


def test_drawing(digits: TestClient) -> None:
    run = create(digits, SMALL)["id"]
    drawing = [[1.0 if 18 <= column <= 21 and 5 <= row < 35 else 0.0 for column in range(40)] for row in range(40)]
    found = digits.post(f"/runs/{run}/predict", json={"drawing": drawing}).json()
    assert (len(found["image"]), len(found["image"][0]), len(found["outputs"][0])) == (28, 28, 10)
    assert found["predictions"] == [max(range(10), key=found["outputs"][0].__getitem__)]
    bright = [[value * 2 for value in row] for row in drawing]
    assert digits.post(f"/runs/{run}/predict", json={"drawing": bright}).status_code == 422


def test_images(digits: TestClient) -> None:
    found = digits.get("/datasets/mnist/images", params={"indices": "0,2"}).json()["images"]
    assert [(image["index"], image["label"], len(image["pixels"])) for image in found] == [(0, 7, 784), (2, 1, 784)]
    assert digits.get("/datasets/mnist/images", params={"indices": "10000"}).status_code == 422
    assert digits.get("/datasets/mnist/images", params={"indices": "a"}).status_code == 422
    assert digits.get("/datasets/mnist").json()["status"] == "ready"


@pytest.mark.parametrize(
    ("change", "location"),
    [
        ({"network": {"layer_sizes": [100, 16, 10]}}, "network.layer_sizes"),
        ({"data": {"samples": 70_000}}, "data.samples"),
    ],
)
def test_refuses(digits: TestClient, change: dict[str, object], location: str) -> None:
    answer = digits.post("/runs", json=SMALL | change)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["location"] == location


def test_a_digit_of_the_test_set_has_one_answer(digits: TestClient) -> None:
    run = create(digits, SMALL)
    root = f"/runs/{run['id']}"
    images = digits.get("/datasets/mnist/images", params={"indices": "3,8"}).json()["images"]
    for digit, image in zip((3, 8), images, strict=True):
        [answer] = digits.get(f"{root}/answers", params={"first": digit, "count": 1}).json()["digits"]
        found = digits.post(f"{root}/predict", json={"digit": digit}).json()
        assert found["predictions"] == [answer["prediction"]]
        assert found["outputs"][0] == pytest.approx(answer["outputs"], rel=1e-5)
        assert [value * 255 for row in found["image"] for value in row] == pytest.approx(image["pixels"])
    refused = digits.post(f"{root}/predict", json={"digit": 10_000})
    assert (refused.status_code, refused.json()["errors"][0]["location"]) == (422, "digit")
    lab = create(digits, {"preset": "lab-two-layer"})
    refused = digits.post(f"/runs/{lab['id']}/predict", json={"digit": 0})
    assert (refused.status_code, refused.json()["errors"][0]["location"]) == (422, "digit")


def test_answers_and_outputs_of_the_past(digits: TestClient) -> None:
    run = create(digits, SMALL)
    asked = {"count": 6}
    seen = []
    for root in (f"/runs/{run['id']}", f"/shared/{run['share_id']}"):
        for k in range(0, 9, 4):
            if run["step"] < k:
                run["step"] = step(digits, run["id"], 4)["step"]
                seen.append([k, digits.get(f"{root}/answers", params=asked).json()])
        for k, newest in seen:
            past = digits.get(f"{root}/answers", params=asked | {"step": k}).json()
            assert past == newest
            predicted = digits.post(f"{root}/predict", json={"digit": 2, "step": k}).json()
            assert predicted["step"] == k
            assert predicted["outputs"][0] == pytest.approx(past["digits"][2]["outputs"], rel=1e-5)
        assert seen[0][1]["digits"] != seen[1][1]["digits"]
        assert digits.get(f"{root}/answers", params={"step": 9}).status_code == 404
        assert digits.post(f"{root}/predict", json={"digit": 2, "step": 9}).status_code == 404


@pytest.mark.parametrize("change", [{"batch_size": 128}, {"batch_size": None}])
def test_a_run_that_diverged_says_what_did_it(digits: TestClient, change: dict[str, object]) -> None:
    run = create(digits, SMALL | change)
    assert run["divergence"] is None
    well = 8 if change["batch_size"] else 4
    step(digits, run["id"], well)
    losses = digits.get(f"/runs/{run['id']}/losses").json()
    pairs = losses["records"] if change["batch_size"] is None else []
    falls = [record["step"] for record in pairs if record["loss_after"] < record["loss_before"]]
    trained = [evaluation["train_loss"] for evaluation in losses["evaluations"]]
    assert falls[-1:] == [4] if pairs else trained == sorted(trained, reverse=True)
    digits.post(f"/runs/{run['id']}/step", json={"count": 200, "learning_rate": 900})
    found = digits.get(f"/runs/{run['id']}").json()
    assert found["diverged"]
    assert found["divergence"] == {"last_fall": well, "learning_rate": 900}
    answers = digits.get(f"/runs/{run['id']}/answers", params={"count": 3}).json()
    for digit in answers["digits"]:
        assert (digit["prediction"] is None) == (None in digit["outputs"])
        assert not (digit["correct"] and digit["prediction"] is None)
    back = digits.post(f"/runs/{run['id']}/rewind", json={"step": well}).json()
    assert back["divergence"] is None

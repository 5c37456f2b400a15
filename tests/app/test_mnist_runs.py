"""MNIST over REST: the lecture's recipe, answers, drawings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Limits, Settings
from core import mnist
from tests.app.test_examples import create
from tests.app.test_runs import step

pytestmark = pytest.mark.mnist


@pytest.fixture(scope="module")
def digits(mnist_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("mnist_runs")
    (folder / "mnist").symlink_to(mnist.directory(mnist_home), target_is_directory=True)
    with TestClient(create_app(Settings(data_dir=folder)), base_url="http://testserver/api/v1") as client:
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
    with TestClient(create_app(settings), base_url="http://testserver/api/v1") as client:
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

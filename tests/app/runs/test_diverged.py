"""A run that diverged: what is read of it, and what is refused."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

READ = [
    ("GET", ""),
    ("GET", "/steps/{step}"),
    ("GET", "/losses"),
    ("GET", "/history.csv"),
    ("GET", "/weights.npz"),
    ("GET", "/backpropagation?step={step}&include=jacobians"),
    ("GET", "/jacobians?step={step}"),
    ("GET", "/why?number=layers[0].weight_gradients[0][0]&step={step}"),
    ("GET", "/notebook?step={step}"),
    ("GET", "/curvature?step={step}"),
    ("GET", "/curvatures?steps={step}"),
    ("POST", "/predict"),
    ("POST", "/why"),
    ("POST", "/branch"),
    ("POST", "/pause"),
]
REFUSED = [
    ("POST", "/step"),
    ("POST", "/play"),
    ("GET", "/gradient-check"),
    ("GET", "/line?learning_rates=0,0.1&step={step}"),
    ("GET", "/hessian?step={step}"),
    ("POST", "/landscape"),
]
BODIES = {
    "/predict": {"inputs": [[1, 2]]},
    "/why": {"number": "layers[0].activations[0][0]", "inputs": [1, 2]},
    "/landscape": {"directions": "random", "resolution": 3},
}


@pytest.fixture(scope="module")
def run(shared_client: TestClient) -> dict[str, Any]:
    body = {"preset": "lab-one-layer", "network": {"layer_sizes": [2, 3], "activations": ["linear"]}}
    created = shared_client.post("/runs", json=body | {"optimizer": {"learning_rate": 1e6}}).json()
    found = dict(shared_client.post(f"/runs/{created['id']}/step", json={"count": 100}).json())
    # the error of a linear layer grows by |1 − η|x|²|, 5·10⁶, with each step: its square leaves float64 by 10³⁰⁸
    assert found["diverged_at"] == found["step"]
    assert 22 <= found["step"] <= 25
    return found


def ask(client: TestClient, run: dict[str, Any], method: str, path: str, step: int) -> int:
    address = f"/runs/{run['id']}{path.format(step=step)}"
    answer = client.request(method, address, json=BODIES.get(path) if method == "POST" else None)
    assert "NaN" not in answer.text
    assert "Infinity" not in answer.text
    return answer.status_code


@pytest.mark.parametrize(("method", "path"), READ)
def test_it_is_read_to_its_end(shared_client: TestClient, run: dict[str, Any], method: str, path: str) -> None:
    assert ask(shared_client, run, method, path, run["step"]) in (200, 201)


@pytest.mark.parametrize(("method", "path"), REFUSED)
def test_nothing_goes_on_from_there(shared_client: TestClient, run: dict[str, Any], method: str, path: str) -> None:
    assert ask(shared_client, run, method, path, run["step"]) == 409
    if "{step}" in path:
        assert ask(shared_client, run, method, path, run["step"] - 1) == 200


def test_the_description_says_which(shared_client: TestClient) -> None:
    described = shared_client.get("/openapi.json").json()
    for method, path in REFUSED:
        name = path.partition("?")[0].removeprefix("/")
        assert f"`{name}`" in described["info"]["description"]
        assert "409" in described["paths"][f"/api/v1/runs/{{run_id}}/{name}"][method.lower()]["description"]

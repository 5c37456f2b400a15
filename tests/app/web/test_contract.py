"""Whatever OpenAPI allows is answered as OpenAPI says."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import positive_data_acceptance, unsupported_method

from app.main import create_app
from app.settings import Limits, Settings

EXAMPLES = 6
# shapes must fit each other, which a schema cannot say; and 503 tells that MNIST is not there
BEYOND_THE_SCHEMA = [positive_data_acceptance, not_a_server_error]


def _app(folder: Path) -> FastAPI:
    return create_app(Settings(data_dir=folder, allowed_hosts=("testserver",), limits=Limits(step_seconds=0.5)))


with tempfile.TemporaryDirectory() as _folder:
    # routes and their descriptions do not depend on where data lies
    DESCRIPTION = _app(Path(_folder)).openapi()

OPERATIONS = [
    (path, method)
    for path, methods in DESCRIPTION["paths"].items()
    for method in methods
    if not path.endswith("/events")
]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    found = _app(tmp_path_factory.mktemp("contract"))
    with TestClient(found):
        yield found


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_contract(app: FastAPI, path: str, method: str) -> None:
    operation = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)[path][method]

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    def holds(case: schemathesis.Case) -> None:
        answer = case.call_and_validate(excluded_checks=[*BEYOND_THE_SCHEMA, unsupported_method])
        assert answer.status_code != 500

    holds()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    # an application of its own: after its calls schemathesis ends the one that it was given
    with TestClient(_app(tmp_path_factory.mktemp("examples"))) as found:
        yield found


BODIES = [
    (path, method, operation["requestBody"]["content"]["application/json"])
    for path, methods in DESCRIPTION["paths"].items()
    for method, operation in methods.items()
    if "requestBody" in operation
]


def examples(body: dict[str, Any]) -> list[Any]:
    """The whole bodies that a call shows: its own, and those of its schema."""
    kinds = body["schema"].get("anyOf", [body["schema"]])
    schemas = [
        DESCRIPTION["components"]["schemas"][kind["$ref"].rpartition("/")[2]] for kind in kinds if "$ref" in kind
    ]
    shown = [example["value"] for example in body.get("examples", {}).values()]
    return [*shown, *(example for schema in schemas for example in schema.get("examples", []))]


@pytest.mark.parametrize(("path", "method", "body"), BODIES, ids=[f"{method} {path}" for path, method, _ in BODIES])
def test_every_example_of_a_body_can_be_sent(client: TestClient, path: str, method: str, body: dict[str, Any]) -> None:
    offered = examples(body)
    assert offered
    create = examples(DESCRIPTION["paths"]["/api/v1/runs"]["post"]["requestBody"]["content"]["application/json"])[0]
    parameters = DESCRIPTION["paths"][path][method].get("parameters", [])
    named = {each["name"]: each["schema"]["examples"][0] for each in parameters if "examples" in each["schema"]}
    for example in offered:
        run = client.post("/api/v1/runs", json=create).json()
        address = path.format(run_id=run["id"], share_id=run["share_id"], **named)
        answer = client.request(method, address, json=example)
        assert answer.is_success, (example, answer.text)

"""Whatever OpenAPI allows is answered as OpenAPI says."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

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

"""Only the hosts that the server was started for are answered, and only its own pages may change something."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.live_server import LiveServer

Start = Callable[..., TestClient]
PROBLEM = "application/problem+json"
EVERYWHERE = ("0.0.0.0", "::")


@pytest.fixture
def start(data_dir: Path) -> Iterator[Start]:
    """Start a server for other hosts."""
    with ExitStack() as stack:

        def begin(host: str = "127.0.0.1", *allowed: str) -> TestClient:
            app = create_app(Settings(data_dir=data_dir, host=host, allowed_hosts=allowed))
            return stack.enter_context(TestClient(app, base_url="http://localhost"))

        yield begin


def status(client: TestClient, host: str) -> int:
    return client.get("http://localhost/api/v1/health", headers={"Host": host}).status_code


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:8000", "localhost.", "127.0.0.1:1", "[::1]:80"])
def test_loopback_is_answered(shared_client: TestClient, host: str) -> None:
    assert status(shared_client, host) == 200


@pytest.mark.parametrize(
    "host", ["rebind.example", "rebind.example:8000", "localhost.rebind.example", "10.1.2.3", "testserver", "", "a@b",
             "127.0.0.1:x", "localhost/", "[::1", "[::2]"]
)  # fmt: skip
@pytest.mark.parametrize("address", ["/api/v1/health", "/api", "/", "/static/none", "/nothing"])
def test_another_host_is_refused(shared_client: TestClient, host: str, address: str) -> None:
    answer = shared_client.get(f"http://localhost{address}", headers={"Host": host})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == PROBLEM
    assert answer.headers["content-security-policy"]
    assert "--allow-host" in answer.json()["detail"]
    assert len(host) < 5 or host not in answer.text


def test_another_host_makes_no_run(shared_client: TestClient) -> None:
    answer = shared_client.post("/runs", json={"preset": "lab-one-layer"}, headers={"Host": "rebind.example"})
    assert answer.status_code == 400


def test_the_host_that_it_listens_on_and_those_of_a_proxy_are_answered(start: Start) -> None:
    client = start("192.168.7.8", "Lab.example.org", "[fd00::1]")
    for host in ("192.168.7.8:8000", "lab.example.org", "lab.example.org:443", "[fd00::1]", "localhost:9"):
        assert status(client, host) == 200, host
    for host in ("192.168.7.9", "example.org", "x.lab.example.org"):
        assert status(client, host) == 400, host


@pytest.mark.parametrize("everywhere", EVERYWHERE)
def test_in_a_classroom_the_machine_is_found_by_address_and_by_name(start: Start, everywhere: str) -> None:
    client = start(everywhere)
    name = socket.gethostname()
    for host in ("192.168.7.8:8000", "[fe80::1]:8000", "localhost", name, f"{name.split('.')[0]}.local:8000"):
        assert status(client, host) == 200, host
    for host in ("rebind.example", "192.168.7.8.rebind.example", "300.1.1.1"):
        assert status(client, host) == 400, host


def test_the_api_page_prints_a_host_that_is_answered(start: Start) -> None:
    client = start("127.0.0.1", "lab.example.org")
    assert "http://lab.example.org:80/api/v1" in client.get("/api", headers={"Host": "lab.example.org:80"}).text


@pytest.mark.parametrize("lines", [[], ["Host: localhost", "Host: localhost"], ["Host: localhost", "Host: a.example"]])
def test_no_host_or_two_are_refused(live_server: LiveServer, lines: list[str]) -> None:
    address = httpx.URL(live_server.url)
    assert address.port
    with socket.create_connection((address.host, address.port), timeout=30) as connection:
        head = "\r\n".join(["GET /api/v1/health HTTP/1.1", *lines, "Connection: close"])
        connection.sendall(f"{head}\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert PROBLEM.encode() in answer


FOREIGN = [
    {"Origin": "https://elsewhere.example"},
    {"Origin": "http://localhost:3000"},
    {"Origin": "http://localhost.elsewhere.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://[::1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "Cross-Site", "Origin": "http://localhost"},
]
OWN = [
    {},
    {"Origin": "http://localhost"},
    {"Origin": "http://localhost:80"},
    {"Origin": "https://localhost"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize(
    ("method", "address"),
    [("POST", "/runs"), ("POST", "/functions/derivative"), ("POST", "/runs/none/pause"), ("DELETE", "/runs/none"),
     ("PUT", "/runs"), ("PATCH", "/runs"), ("POST", "/nothing")],
)  # fmt: skip
def test_a_change_from_elsewhere_is_refused(
    shared_client: TestClient, headers: dict[str, str], method: str, address: str
) -> None:
    answer = shared_client.request(method, address, headers=headers)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == PROBLEM
    assert answer.json()["title"] == "Forbidden"


def test_a_change_from_elsewhere_changes_nothing(shared_client: TestClient) -> None:
    run = shared_client.post("/runs", json={"preset": "lab-one-layer"}).json()["id"]
    for headers in FOREIGN:
        assert shared_client.post(f"/runs/{run}/step", headers=headers).status_code == 403
        assert shared_client.delete(f"/runs/{run}", headers=headers).status_code == 403
    assert shared_client.get(f"/runs/{run}").json()["step"] == 0


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_its_own_pages_and_clients_without_an_origin_may_change(
    shared_client: TestClient, headers: dict[str, str]
) -> None:
    assert shared_client.post("/runs", json={"preset": "lab-one-layer"}, headers=headers).status_code == 201


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_link_from_elsewhere_opens_a_page(shared_client: TestClient, headers: dict[str, str]) -> None:
    assert shared_client.get("http://localhost/api", headers=headers).status_code == 200


def test_a_page_behind_a_proxy_that_names_the_server_by_its_own_address(start: Start) -> None:
    client = start("127.0.0.1", "lab.example.org")
    headers = {"Host": "127.0.0.1:8000", "Origin": "https://lab.example.org"}
    assert (
        client.post("http://localhost/api/v1/runs", json={"preset": "lab-one-layer"}, headers=headers).status_code
        == 201
    )

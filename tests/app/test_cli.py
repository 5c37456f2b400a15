"""The console command, and the commands that the README and the Makefile promise."""

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from app import __version__, cli
from app.fetching import mnist_download
from core.data import mnist
from tests.live_server import ROOT, LiveServer

README = (ROOT / "README.md").read_text()


def test_the_version_is_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"downhill {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "COMMAND"),
        (["fetch", "cifar"], "mnist"),
        (["serve", "--port", "http"], "0 to 65535"),
        (["serve", "--port", "65536"], "0 to 65535"),
        (["serve", "--prot", "1"], "--prot"),
        (["serve", "--allow-host", "https://lab.example.org"], "as lab.example.org"),
        (["serve", "--allow-host", "lab.example.org:80"], "as lab.example.org"),
    ],
)
def test_a_wrong_call_says_what_would_be_right(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(("host", "address"), [("127.0.0.1", "http://127.0.0.1:8000/"), ("::1", "http://[::1]:8000/")])
def test_the_address_is_printed_and_opened(
    host: str, address: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    cli.announce(cli.address_of(host, 8000), open_browser=True)
    assert opened == [address]
    assert address in capsys.readouterr().out


@pytest.mark.mnist
def test_fetching_what_is_there_does_nothing(
    data_dir_with_mnist: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mnist_download, "SOURCES", ())
    assert cli.main(["fetch", "mnist", "--data-dir", str(data_dir_with_mnist)]) == 0
    assert "fetched" not in capsys.readouterr().out
    assert mnist.status(data_dir_with_mnist) == "ready"


def test_a_failed_fetch_says_why_and_how_to_try_again(
    data_dir: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mnist_download.fetch, "__defaults__", (None, [mnist_download.Mirror("http://127.0.0.1:9/")]))
    monkeypatch.setenv("DOWNHILL_DATA_DIR", str(data_dir))
    assert cli.main(["fetch", "mnist"]) == 1
    said = capsys.readouterr().err
    assert "127.0.0.1" in said
    assert f"downhill fetch mnist --data-dir {data_dir}" in said


def test_a_real_server_answers_and_ends(data_dir: Path) -> None:
    with LiveServer(data_dir) as server:
        assert httpx.get(f"{server.url}/api/v1/health").json()["version"] == __version__
    assert server.process.returncode is not None


def test_a_taken_port_is_an_error(live_server: LiveServer, data_dir: Path) -> None:
    port = live_server.url.rsplit(":", 1)[1]
    command = [sys.executable, "-m", "app.cli", "serve", "--port", port, "--data-dir", str(data_dir)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert "address already in use" in ended.stderr
    assert "with other data" in ended.stderr
    assert f"--port {int(port) + 1}" in ended.stderr


@pytest.mark.parametrize("same_port", [True, False])
def test_a_second_server_on_one_data_directory_is_refused(live_server: LiveServer, same_port: bool) -> None:
    runs = f"{live_server.url}/api/v1/runs"
    run = httpx.post(runs, json={"preset": "lab-two-layer"}).json()["id"]
    httpx.post(f"{runs}/{run}/play", json={"rate": 1})
    port = live_server.url.rsplit(":", 1)[1] if same_port else "0"
    command = [sys.executable, "-m", "app.cli", "serve", "--port", port, "--data-dir", str(live_server.data_dir)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert f"at {live_server.url}/" in ended.stderr
    assert "--port" not in ended.stderr
    assert httpx.get(f"{runs}/{run}").json()["status"] == "playing"
    httpx.delete(f"{runs}/{run}")


@pytest.mark.parametrize(
    ("options", "environment", "said"),
    [
        (["--data-dir", "{file}"], {}, "Runs cannot be kept in {file}"),
        (["--data-dir", "{folder}"], {}, "file is not a database"),
        (["--host", "no.such.host.invalid"], {}, "Cannot listen on no.such.host.invalid"),
        ([], {"DOWNHILL_LIMIT_RUNS": "many"}, "DOWNHILL_LIMIT_RUNS must be a whole number"),
        ([], {"DOWNHILL_DATABASE_URL": "sqlite:////no/such/folder/runs"}, "DOWNHILL_DATABASE_URL names"),
    ],
)
def test_a_server_that_cannot_start_says_why_in_a_sentence(
    data_dir: Path, options: list[str], environment: dict[str, str], said: str
) -> None:
    file, folder = data_dir / "file", data_dir / "folder"
    file.touch()
    folder.mkdir()
    (folder / "runs.sqlite3").write_text("something else")
    places = {"file": file, "folder": folder}
    command = [sys.executable, "-m", "app.cli", "serve", "--port", "0", "--data-dir", str(data_dir)]
    command += [option.format(**places) for option in options]
    ended = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False, env={**os.environ, **environment}
    )
    assert ended.returncode == 1
    assert said.format(**places) in ended.stderr
    assert "Traceback" not in ended.stderr


def test_every_console_command_of_the_readme_parses() -> None:
    commands = re.findall(r"^downhill (.+)$", README, re.MULTILINE)
    assert len(commands) >= 3
    for command in commands:
        if command != "--version":
            cli.build_parser().parse_args(command.split())


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"\bmake ([a-z]+)\b", README))
    assert {"run", "install", "test", "check", "bench"} <= targets
    for target in targets:
        planned = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False)
        assert planned.returncode == 0, planned.stderr


def test_make_run_hands_on_host_port_and_data_directory() -> None:
    given = ["HOST=0.0.0.0", "PORT=9000", "DATA_DIR=/some where"]
    planned = subprocess.run(["make", "--dry-run", "run", *given], cwd=ROOT, capture_output=True, text=True, check=True)
    assert 'serve --host "0.0.0.0" --port "9000" --data-dir "/some where"' in planned.stdout
    assert 'fetch mnist --data-dir "/some where"' in planned.stdout


def test_the_readmes_rest_examples_work(live_server: LiveServer, tmp_path: Path) -> None:
    address = "http://127.0.0.1:8000"
    shell = [block for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) if "curl" in block]
    said = [
        subprocess.run(
            ["bash", "-c", block.replace(address, live_server.url)], capture_output=True, text=True, check=True
        ).stdout
        for block in shell
    ]
    for part in (
        '"share_id"',
        '"numpy":"np.outer(delta1, x)[1, 0]"',
        '"largest_eigenvalue":46.780',
        '"learning_rates":[0.0,0.01,0.02,0.05]',
        '"secant":{"delta":0.5,"x":2.0,"y":4.0,"slope":3.5}',
        '"carried_forward"',
    ):
        assert any(part in answer for answer in said), part
    (python,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    script = tmp_path / "example.py"
    script.write_text(python.replace(address, live_server.url))
    printed = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True).stdout.splitlines()
    assert printed[0].startswith("1 3.4776")
    assert printed[19].startswith("20 ")

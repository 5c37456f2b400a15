"""MNIST: verified files, and the lecture's standardization to the bit."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from core.data import mnist
from core.errors import DatasetCorrupt, DatasetMissing


@pytest.fixture
def copied(tmp_path: Path, mnist_home: Path) -> Path:
    """A copy of the data set that a test may damage; links where the bytes stay as they are."""
    folder = mnist.directory(tmp_path)
    folder.mkdir()
    for path in mnist.directory(mnist_home).iterdir():
        os.link(path, folder / path.name) if path.suffix == ".npy" else shutil.copy2(path, folder)
    return tmp_path


def flip_byte(path: Path, at: int) -> None:
    with path.open("r+b") as stream:
        stream.seek(at)
        byte = stream.read(1)[0]
        stream.seek(at)
        stream.write(bytes([byte ^ 1]))


def test_the_header_is_the_published_one() -> None:
    assert mnist.TRAIN_IMAGES.header.hex() == "00000803" + "0000ea60" + "0000001c" * 2
    assert mnist.TEST_LABELS.header.hex() == "00000801" + "00002710"


def test_missing_files_are_said_to_be_missing_with_the_command(tmp_path: Path) -> None:
    assert mnist.status(tmp_path) == "missing"
    for read in (mnist.load, lambda home: mnist.raw_images(home, "test"), mnist.prepare):
        with pytest.raises(DatasetMissing) as caught:
            read(tmp_path)
        assert caught.value.command.startswith("downhill fetch mnist --data-dir ")
        assert str(tmp_path) in caught.value.command


def test_bytes_that_are_not_the_published_ones_are_never_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        mnist.write_file(tmp_path, mnist.TEST_LABELS, b"something else")
    assert not list(tmp_path.rglob("*ubyte*"))


def test_a_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "file"
    target.write_bytes(b"before")
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        mnist._replace(target, lambda stream: stream.write(b"after"))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert target.read_bytes() == b"before"


@pytest.mark.mnist
def test_standardization_is_the_lectures_to_the_bit(mnist_home: Path) -> None:
    digits = mnist.load(mnist_home)
    x = mnist.raw_images(mnist_home, "train").reshape(60_000, 784).astype(np.float32) / 255.0
    mean = x.mean(axis=0, keepdims=True).astype(np.float32)
    std = x.std(axis=0, keepdims=True).astype(np.float32)
    std[std < 1e-6] = 1e-6
    np.testing.assert_array_equal(digits.mean, mean)
    np.testing.assert_array_equal(digits.std, std)
    np.testing.assert_array_equal(digits.train_inputs, (x - mean) / std)
    test = mnist.raw_images(mnist_home, "test").reshape(10_000, 784).astype(np.float32) / 255.0
    np.testing.assert_array_equal(digits.test_inputs, (test - mean) / std)


@pytest.mark.mnist
def test_what_is_loaded(mnist_home: Path) -> None:
    digits = mnist.load(mnist_home)
    assert digits.train_labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert digits.test_labels[:5].tolist() == [7, 2, 1, 0, 4]
    assert (digits.train_inputs.shape, digits.train_inputs.dtype) == ((60_000, 784), np.float32)
    assert int((digits.std <= mnist.STD_FLOOR).sum()) == 67
    assert mnist.load(mnist_home) is digits
    assert not digits.train_inputs.flags.writeable
    assert not digits.train_labels.flags.writeable


@pytest.mark.mnist
@pytest.mark.parametrize("name", [mnist.TEST_IMAGES.name, mnist.TEST_LABELS.name])
def test_one_flipped_bit_is_noticed(copied: Path, name: str) -> None:
    assert mnist.status(copied) == "ready"
    flip_byte(mnist.directory(copied) / name, 5000)
    assert mnist.status(copied) == "corrupt"
    for read in (mnist.load, lambda home: mnist.raw_images(home, "test"), mnist.prepare):
        with pytest.raises(DatasetCorrupt):
            read(copied)


@pytest.mark.mnist
@pytest.mark.parametrize("ledger", [None, "not JSON", "[]"])
def test_without_its_ledger_the_files_are_not_trusted(copied: Path, ledger: str | None) -> None:
    path = mnist.directory(copied) / mnist.LEDGER
    path.unlink() if ledger is None else path.write_text(ledger)
    assert mnist.status(copied) == "corrupt"


@pytest.mark.mnist
def test_a_touched_file_is_hashed_and_found_good(copied: Path) -> None:
    os.utime(mnist.directory(copied) / mnist.TEST_LABELS.name)
    assert mnist.status(copied) == "ready"

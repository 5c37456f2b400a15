"""MNIST: verified files, the lecture's standardization to the bit, and drawings turned into digits."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import mnist
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


@pytest.mark.mnist
def test_drawings_are_standardized_as_the_data_set_is(mnist_home: Path) -> None:
    digits = mnist.load(mnist_home)
    images = mnist.raw_images(mnist_home, "test")[:50].reshape(50, 784).astype(np.float32) / np.float32(255)
    scaled = mnist.standardize(images, digits.mean, digits.std)
    varying = digits.std[0] > mnist.STD_FLOOR
    np.testing.assert_array_equal(scaled[:, varying], digits.test_inputs[:50][:, varying])
    assert not scaled[:, ~varying].any()
    assert mnist.standardize(np.ones((1, 784)), digits.mean, digits.std).max() < 10_000


@pytest.mark.mnist
def test_mnists_own_digits_come_back_nearly_as_they_are(mnist_home: Path) -> None:
    images = mnist.raw_images(mnist_home, "test")[:200] / 255
    for image in images:
        again = mnist.center_digit(image)
        assert np.abs(again - image).max() < 0.35
        assert np.abs(again - image).mean() < 0.01


def test_an_empty_drawing_is_an_empty_image() -> None:
    assert mnist.center_digit(np.zeros((280, 280))).tolist() == np.zeros((28, 28)).tolist()


def test_a_square_is_scaled_by_area_and_centered() -> None:
    drawing = np.zeros((280, 280))
    drawing[10:50, 200:240] = 1
    image = mnist.center_digit(drawing)
    expected = np.zeros((28, 28))
    expected[4:24, 4:24] = 1
    np.testing.assert_allclose(image, expected)


def test_a_stroke_keeps_its_aspect() -> None:
    drawing = np.zeros((100, 100))
    drawing[10:90, 60:68] = 1
    image = mnist.center_digit(drawing)
    assert np.flatnonzero(image.any(axis=1)).tolist() == list(range(4, 24))
    assert np.flatnonzero(image.any(axis=0)).tolist() == [14, 15]


@given(
    side=st.integers(1, 120),
    seed=st.integers(0, 2**32 - 1),
    share=st.floats(0, 1),
)
def test_any_drawing_becomes_an_image_with_its_mass_near_the_center(side: int, seed: int, share: float) -> None:
    generator = np.random.default_rng(seed)
    drawing = generator.random((side, side)) * (generator.random((side, side)) < share)
    image = mnist.center_digit(drawing)
    assert image.shape == (28, 28)
    assert 0 <= image.min() <= image.max() <= 1
    if image.any():
        mass = image.sum()
        # A digit whose mass lies far off the middle of its box stops at the edge of the image instead.
        assert abs(image.sum(axis=1) @ np.arange(28) / mass - mnist.CENTER) <= 6.5
        assert abs(image.sum(axis=0) @ np.arange(28) / mass - mnist.CENTER) <= 6.5

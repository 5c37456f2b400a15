"""MNIST: the four published files, verified, and standardized as in the lecture.

Layout under ``data_dir / "mnist"``: the four files in the published IDX format, the standardized inputs and
the per-pixel mean and std as ``.npy`` (memory-mapped, so that every process shares them), and
``verified.json``, which remembers size, modification time and SHA-256 of each file so that a status costs a
few ``stat`` calls instead of hashing 270 MB.
"""

import hashlib
import json
import os
import shlex
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from core.errors import DatasetCorrupt, DatasetMissing

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Split = Literal["train", "test"]
Status = Literal["ready", "missing", "corrupt"]

SIDE = 28
PIXELS = SIDE * SIDE
STD_FLOOR = 1e-6


@dataclass(frozen=True)
class IdxFile:
    """One published file: its name, the SHA-256 of its uncompressed bytes, and the shape of what it holds."""

    name: str
    sha256: str
    shape: tuple[int, ...]

    @property
    def header(self) -> bytes:
        """The IDX header: unsigned bytes (0x08), the number of axes, and each length, big-endian."""
        return bytes([0, 0, 8, len(self.shape)]) + b"".join(n.to_bytes(4, "big") for n in self.shape)


FILES = (
    IdxFile(
        "train-images-idx3-ubyte",
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        (60_000, SIDE, SIDE),
    ),
    IdxFile(
        "train-labels-idx1-ubyte",
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        (60_000,),
    ),
    IdxFile(
        "t10k-images-idx3-ubyte",
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        (10_000, SIDE, SIDE),
    ),
    IdxFile(
        "t10k-labels-idx1-ubyte",
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        (10_000,),
    ),
)
TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS = FILES
PREPARED = ("train_inputs.npy", "test_inputs.npy", "mean.npy", "std.npy")
LEDGER = "verified.json"


@dataclass(frozen=True)
class Mnist:
    """The data set, ready for training.

    Attributes
    ----------
    train_inputs, test_inputs : ndarray of float32, shapes (60000, 784) and (10000, 784)
        Standardized pixels, memory-mapped and read-only.
    train_labels, test_labels : ndarray of int64, shapes (60000,) and (10000,)
    mean, std : ndarray of float32, shape (1, 784)
        Of the training pixels in [0, 1]; std is floored at 1e-6.
    """

    train_inputs: Floats
    train_labels: NDArray[np.int64]
    test_inputs: Floats
    test_labels: NDArray[np.int64]
    mean: Floats
    std: Floats


def directory(data_dir: Path) -> Path:
    """Return the folder of the data set under the data directory."""
    return data_dir / "mnist"


def fetch_command(data_dir: Path) -> str:
    """Return the command line that fetches the data set into this data directory."""
    return f"downhill fetch mnist --data-dir {shlex.quote(str(data_dir))}"


def status(data_dir: Path) -> Status:
    """Say whether the files are there and are the published ones.

    A file whose size and modification time stand in the ledger is taken as verified; any other is hashed,
    once per process.
    """
    folder = directory(data_dir)
    ledger = _read_ledger(folder)
    known = {file.name: file.sha256 for file in FILES}
    for name in (*known, *PREPARED):
        path = folder / name
        try:
            found = path.stat()
        except OSError:
            return "missing"
        entry = ledger.get(name, {})
        expected = known.get(name, entry.get("sha256"))
        if entry == {"size": found.st_size, "mtime_ns": found.st_mtime_ns, "sha256": expected}:
            continue
        if _digest(path, found.st_size, found.st_mtime_ns) != expected:
            return "corrupt"
    return "ready"


def is_published(path: Path, file: IdxFile) -> bool:
    """Hash a file now and say whether it is, byte for byte, the published one."""
    return path.is_file() and hash_file(path) == file.sha256


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_file(folder: Path, file: IdxFile, content: bytes) -> None:
    """Verify the bytes of one published file and put them in place at once.

    Raises
    ------
    ValueError
        The bytes do not have the published SHA-256; nothing is written.
    """
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise ValueError(f"{file.name} does not have the published SHA-256.")
    _replace(folder / file.name, lambda stream: stream.write(content))


def prepare(data_dir: Path) -> None:
    """Standardize the images of the four published files and write the ledger.

    As in the lecture (slides 57–59), to the bit: pixels / 255 in float32, then per pixel minus the mean and
    divided by the std of the training set, the std floored at 1e-6; the test set with the training set's.

    Raises
    ------
    DatasetMissing, DatasetCorrupt
        A published file is absent, or is not the published one.
    """
    folder = directory(data_dir)
    _require_published(data_dir)
    train = _unit_pixels(data_dir, "train")
    mean = train.mean(axis=0, keepdims=True).astype(np.float32)
    std = train.std(axis=0, keepdims=True).astype(np.float32)
    std[std < STD_FLOOR] = STD_FLOOR
    # In place: a second copy of the training set would cost 188 MB for nothing; the bits are the same.
    train -= mean
    train /= std
    test = (_unit_pixels(data_dir, "test") - mean) / std
    for name, values in zip(PREPARED, (train, test, mean, std), strict=True):
        _replace(folder / name, partial(np.save, arr=values))
    _write_ledger(folder)


def load(data_dir: Path) -> Mnist:
    """Return the data set, memory-mapped; the same object as long as the files stay the same.

    Raises
    ------
    DatasetMissing, DatasetCorrupt
        With the command that fetches it.
    """
    state = status(data_dir)
    if state != "ready":
        raise _trouble(state, data_dir)
    folder = directory(data_dir)
    names = (*PREPARED, TRAIN_LABELS.name, TEST_LABELS.name)
    return _load(folder, tuple((folder / name).stat().st_mtime_ns for name in names))


def raw_images(data_dir: Path, split: Split) -> Bytes:
    """Return the grey values 0–255 as published, shape (n, 28, 28), memory-mapped and read-only.

    Raises
    ------
    DatasetMissing, DatasetCorrupt
        With the command that fetches it.
    """
    state = status(data_dir)
    if state != "ready":
        raise _trouble(state, data_dir)
    return _map_images(data_dir, split)


def _unit_pixels(data_dir: Path, split: Split) -> Floats:
    pixels = _map_images(data_dir, split).reshape(-1, PIXELS).astype(np.float32)
    pixels /= np.float32(255.0)
    return pixels


def _map_images(data_dir: Path, split: Split) -> Bytes:
    file = TRAIN_IMAGES if split == "train" else TEST_IMAGES
    path = directory(data_dir) / file.name
    return np.memmap(path, dtype=np.uint8, mode="r", offset=len(file.header), shape=file.shape)


def _require_published(data_dir: Path) -> None:
    for file in FILES:
        path = directory(data_dir) / file.name
        if not path.is_file():
            raise _trouble("missing", data_dir)
        if not is_published(path, file):
            raise _trouble("corrupt", data_dir)


def _trouble(state: Status, data_dir: Path) -> DatasetMissing:
    kind = DatasetMissing if state == "missing" else DatasetCorrupt
    return kind("mnist", fetch_command(data_dir))


@lru_cache(maxsize=4)
def _load(folder: Path, _modified: tuple[int, ...]) -> Mnist:
    train, test, mean, std = (np.load(folder / name, mmap_mode="r") for name in PREPARED)
    return Mnist(train, _labels(folder, TRAIN_LABELS), test, _labels(folder, TEST_LABELS), mean, std)


def _labels(folder: Path, file: IdxFile) -> NDArray[np.int64]:
    content = (folder / file.name).read_bytes()
    labels = np.frombuffer(content, dtype=np.uint8, offset=len(file.header)).astype(np.int64)
    labels.flags.writeable = False
    return labels


@lru_cache(maxsize=64)
def _digest(path: Path, _size: int, _modified: int) -> str:
    return hash_file(path)


def _read_ledger(folder: Path) -> dict[str, dict[str, Any]]:
    try:
        ledger = json.loads((folder / LEDGER).read_text())
    except (OSError, ValueError):
        return {}
    return ledger if isinstance(ledger, dict) else {}


def _write_ledger(folder: Path) -> None:
    ledger = {}
    for name in (*(file.name for file in FILES), *PREPARED):
        found = (folder / name).stat()
        ledger[name] = {
            "size": found.st_size,
            "mtime_ns": found.st_mtime_ns,
            "sha256": hash_file(folder / name),
        }
    text = json.dumps(ledger, indent=1).encode()
    _replace(folder / LEDGER, lambda stream: stream.write(text))


def _replace(path: Path, write: Callable[[Any], object]) -> None:
    """Write a file beside its place and move it there, so that nobody ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)

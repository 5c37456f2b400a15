"""MNIST's digits as images, and whether they are there."""

from typing import Any, Literal

from app.backend import Backend
from core.data import mnist
from core.errors import InvalidInput, LimitExceeded

Split = Literal["train", "test"]


def images(backend: Backend, split: Split, indices: str) -> dict[str, Any]:
    """Pixels of digits as they are in the files, 0 to 255."""
    wanted = [part.strip() for part in indices.split(",")]
    if not all(part.isascii() and part.isdigit() and len(part) < 8 for part in wanted):
        raise InvalidInput("query.indices", "Give whole numbers with commas between, as 0,1,2.")
    numbers = [int(part) for part in wanted]
    if len(numbers) > backend.limits.images:
        raise LimitExceeded("query.indices", f"At most {backend.limits.images} images in one answer.")
    pixels, digits = mnist.raw_images(backend.settings.data_dir, split), mnist.load(backend.settings.data_dir)
    labels = digits.test_labels if split == "test" else digits.train_labels
    if max(numbers) >= len(labels):
        raise InvalidInput("query.indices", f"There are {len(labels)} images; the last one is {len(labels) - 1}.")
    found = [{"index": i, "label": int(labels[i]), "pixels": pixels[i].reshape(-1)} for i in numbers]
    return {"split": split, "images": found}


def mnist_status(backend: Backend) -> dict[str, Any]:
    """Whether MNIST is there, and the command that fetches it."""
    status = mnist.status(backend.settings.data_dir)
    return {
        "status": status,
        "train": 60_000,
        "test": 10_000,
        "shape": [mnist.SIDE, mnist.SIDE],
        "command": mnist.fetch_command(backend.settings.data_dir),
    }

"""One full-batch MNIST epoch (784-32-10), side by side: Downhill, the lecture's way, PyTorch's CPU build.

The three take turns within one run, so that a slow moment of the machine hits all of them; ratios are medians
of the rounds. PyTorch is optional: ``pip install torch`` (a CPU build) adds its row.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.initializers import initialize
from core.sweep import Data
from core.training import Recipe, advance, begin

SIZES = [784, 32, 10]
LEARNING_RATE = 0.0005


def lecture_epoch(x: np.ndarray, y: np.ndarray) -> Callable[[], None]:
    """The plain two-layer formulas of slides 52-55 in float64 over the whole batch at once."""
    network, _ = initialize("legacy_normal", 0, SIZES, ["relu", "linear"], True)
    (W1, b1), (W2, b2) = ((layer.W, layer.b) for layer in network.layers)
    m = len(x)

    def epoch() -> None:
        nonlocal W1, b1, W2, b2
        z1 = x @ W1.T + b1
        h = np.maximum(0.0, z1)
        y_hat = h @ W2.T + b2
        difference = y_hat - y
        _loss = 0.5 / m * np.sum(difference**2)
        dh = difference @ W2
        delta = dh * (z1 > 0).astype(z1.dtype)
        W2, b2 = W2 - LEARNING_RATE * (difference.T @ h) / m, b2 - LEARNING_RATE * difference.mean(axis=0)
        W1, b1 = W1 - LEARNING_RATE * (delta.T @ x) / m, b1 - LEARNING_RATE * delta.mean(axis=0)

    return epoch


def downhill_epoch(x: np.ndarray, y: np.ndarray, dtype: str) -> Callable[[], None]:
    """Steps in slices of five, and one thread a product, as the server makes them; the time is for one."""
    network, _ = initialize("he", 0, SIZES, ["relu", "linear"], True, dtype)
    recipe, data = Recipe(), Data(x, y.astype(dtype))
    state = begin(network, recipe, LEARNING_RATE, data).state

    def epochs() -> None:
        nonlocal state
        with threadpool_limits(limits=1, user_api="blas"):
            state = advance(state, recipe, data, 5).state

    return epochs


def torch_epoch(x: np.ndarray, y: np.ndarray) -> Callable[[], None] | None:
    """The same network and update in PyTorch, or None where it is not installed."""
    try:
        import torch
    except ImportError:
        return None
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(784, 32), torch.nn.ReLU(), torch.nn.Linear(32, 10))
    optimizer = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)
    inputs, targets = torch.from_numpy(np.array(x)), torch.from_numpy(y.astype(np.float32))

    def epoch() -> None:
        optimizer.zero_grad()
        loss = 0.5 * ((model(inputs) - targets) ** 2).sum() / len(inputs)
        loss.backward()
        optimizer.step()

    return epoch


def seconds(work: Callable[[], None]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    # Time depends on shapes, not on pixels: standardized noise stands in for the digits.
    generator = np.random.default_rng(0)
    x = generator.standard_normal((60_000, 784), dtype=np.float32)
    y = np.eye(10)[generator.integers(0, 10, 60_000)]
    work = {
        "Downhill, float32": (downhill_epoch(x, y, "float32"), 5),
        "Downhill, float64": (downhill_epoch(x, y, "float64"), 5),
        "the lecture's way": (lecture_epoch(x, y), 1),
    }
    if (torch := torch_epoch(x, y)) is not None:
        work["PyTorch (CPU)"] = (torch, 1)
    else:
        print("PyTorch is not installed: its row is left out.")
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds + 1):
        for name, (run, epochs) in work.items():
            times[name].append(seconds(run) / epochs)
    medians = {name: statistics.median(values[1:]) for name, values in times.items()}
    print(f"{'one epoch, 784-32-10, 60 000 samples':40}{'median s':>10}{'ratio to Downhill float32':>28}")
    for name, value in medians.items():
        print(f"{name:40}{value:10.4f}{value / medians['Downhill, float32']:28.2f}")
    share = medians["Downhill, float32"] / medians["the lecture's way"]
    print(f"Downhill float32 takes {share:.2f}x the time of the lecture's way (goal: at most 0.25x).")


if __name__ == "__main__":
    main()

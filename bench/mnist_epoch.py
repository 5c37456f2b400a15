"""One pass over many samples: Downhill, its matrix products alone, the lecture's way, PyTorch, JAX.

Each of them is a process of its own, because threads of one would disturb another, and they take turns within one
run, so that a slow moment of the machine hits all of them; the figure is the least of all rounds. PyTorch and JAX are
optional: they are looked for here, and in another environment with ``--python /path/to/python``.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

LEARNING_RATE = 0.0005
BATCH = 64
CHUNK = 1000
# after a turn some libraries keep their threads spinning for a moment
PAUSE_SECONDS = 0.3
Work = Callable[[], None]


class Task:
    """Sizes and samples of one table."""

    def __init__(self, title: str, sizes: list[int], samples: int, dtype: str, batch: int | None = None) -> None:
        self.title, self.sizes, self.samples, self.dtype, self.batch = title, sizes, samples, dtype, batch

    def data(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Time depends on shapes, not on pixels: noise stands in for the digits."""
        generator = np.random.default_rng(0)
        x = generator.standard_normal((self.samples, self.sizes[0]), np.float32).astype(self.dtype)
        labels = generator.integers(0, self.sizes[-1], self.samples)
        return x, np.eye(self.sizes[-1], dtype=self.dtype)[labels], labels


TASKS = {
    "narrow": Task("784-32-10, 60 000 samples", [784, 32, 10], 60_000, "float32"),
    "wide": Task("784-128-10, 60 000 samples", [784, 128, 10], 60_000, "float32"),
    "batches": Task("784-128-10 in mini-batches of 64", [784, 128, 10], 60_000, "float32", BATCH),
    "quadratic": Task("2-1000-3, 1000 points, float64", [2, 1000, 3], 1000, "float64"),
}
# task -> (who is compared, whom with, at most how many times its time)
GOALS = {
    "narrow": [("pass", "products", 1.12), ("epochs", "lecture", 0.25)],
    "wide": [("pass", "products", 1.12), ("pass", "jax", 1.0)],
    "batches": [("epochs", "torch", 0.75)],
    "quadratic": [("epochs", "products", 1.1)],
}
NAMES = {
    "products": "the five matrix products alone",
    "pass": "Downhill, one pass with gradients",
    "epochs": "Downhill, epochs of a run",
    "lecture": "the lecture's way, float64",
    "torch": "PyTorch",
    "jax": "JAX, jit",
}


def start_network(task: Task) -> Any:
    """The same start for all."""
    from core.network.initializers import initialize

    return initialize("he", 0, task.sizes, ["relu", "linear"], True, task.dtype)[0]


def products(task: Task) -> tuple[Work, int]:
    """Chunks of 1000 rows, one thread each half, into buffers that are there."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")
    x, _, _ = task.data()
    W1, W2 = (layer.W for layer in start_network(task).layers)
    rows = min(CHUNK, len(x) // 2)
    shapes = [(rows, len(W1)), (rows, len(W2)), W2.shape, (rows, len(W1)), W1.shape]
    buffers = [[np.empty(shape, task.dtype) for shape in shapes] for _ in range(2)]
    threads = ThreadPoolExecutor(2)

    def half(k: int) -> None:
        z1, z2, dW2, dh, dW1 = buffers[k]
        right1, right2 = np.ascontiguousarray(W1.T), np.ascontiguousarray(W2.T)
        for start in range(k * len(x) // 2, (k + 1) * len(x) // 2, rows):
            chunk = x[start : start + rows]
            np.matmul(chunk, right1, out=z1)
            np.matmul(z1, right2, out=z2)
            np.matmul(z2.T, z1, out=dW2)
            np.matmul(z2, W2, out=dh)
            np.matmul(dh.T, chunk, out=dW1)

    return lambda: list(threads.map(half, range(2))) and None, 1


def one_pass(task: Task) -> tuple[Work, int]:
    """Loss, right answers, living units and gradients, as every epoch of a run needs them."""
    from threadpoolctl import threadpool_limits

    from core.data.samples import Data
    from core.training.sweep import prepare, sweep

    threadpool_limits(limits=1, user_api="blas")
    x, y, labels = task.data()
    network, data = prepare(start_network(task), len(x)), Data(x, y, labels)
    return lambda: sweep(network, "squared_error", data, True) and None, 1


def epochs(task: Task) -> tuple[Work, int]:
    """Steps in slices, as the server makes them: one pass more than epochs in each slice."""
    from threadpoolctl import threadpool_limits

    from core.data.samples import Data
    from core.training.advance import advance, begin
    from core.training.state import Recipe

    threadpool_limits(limits=1, user_api="blas")
    x, y, labels = task.data()
    recipe, data = Recipe(batch_size=task.batch), Data(x, y, labels)
    state = begin(start_network(task), recipe, LEARNING_RATE, data).state
    made = 1 if task.batch else 5 if len(x) > CHUNK else 100
    steps = made if task.batch is None else -(-len(x) // task.batch)

    def work() -> None:
        nonlocal state
        state = advance(state, recipe, data, steps).state

    return work, made


def lecture(task: Task) -> tuple[Work, int]:
    """The plain two-layer formulas of slides 52-55 in float64 over the whole batch at once."""
    x, y, _ = task.data()
    (W1, b1), (W2, b2) = ((layer.W.astype(float), layer.b.astype(float)) for layer in start_network(task).layers)
    x, y, m = x.astype(float), y.astype(float), len(x)

    def work() -> None:
        nonlocal W1, b1, W2, b2
        z1 = x @ W1.T + b1
        h = np.maximum(0.0, z1)
        difference = h @ W2.T + b2 - y
        _loss = 0.5 / m * np.sum(difference**2)
        delta = (difference @ W2) * (z1 > 0).astype(z1.dtype)
        W2, b2 = W2 - LEARNING_RATE * (difference.T @ h) / m, b2 - LEARNING_RATE * difference.mean(axis=0)
        W1, b1 = W1 - LEARNING_RATE * (delta.T @ x) / m, b1 - LEARNING_RATE * delta.mean(axis=0)

    return work, 1


def torch_epoch(task: Task) -> tuple[Work, int]:
    """The same network and update in PyTorch."""
    import torch

    torch.manual_seed(0)
    n_in, hidden, n_out = task.sizes
    model = torch.nn.Sequential(torch.nn.Linear(n_in, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, n_out))
    optimizer = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)
    inputs, targets = (torch.from_numpy(array) for array in task.data()[:2])

    def update(x: Any, y: Any) -> None:
        optimizer.zero_grad()
        loss = 0.5 * ((model(x) - y) ** 2).sum() / len(x)
        loss.backward()
        optimizer.step()

    def work() -> None:
        if task.batch is None:
            update(inputs, targets)
            return
        for rows in torch.randperm(len(inputs)).split(task.batch):
            update(inputs[rows], targets[rows])

    return work, 1


def jax_epoch(task: Task) -> tuple[Work, int]:
    """The same network and update in JAX, compiled as a whole."""
    import jax
    import jax.numpy as jnp

    generator = np.random.default_rng(0)
    sizes = zip(task.sizes, task.sizes[1:], strict=False)
    thetas = [(generator.standard_normal((o, i), np.float32) / i**0.5, np.zeros(o, np.float32)) for i, o in sizes]
    inputs, targets = (jnp.asarray(array) for array in task.data()[:2])

    def loss(thetas: Any, x: Any, y: Any) -> Any:
        (W1, b1), (W2, b2) = thetas
        return 0.5 * jnp.sum((jnp.maximum(x @ W1.T + b1, 0) @ W2.T + b2 - y) ** 2) / len(x)

    @jax.jit
    def update(thetas: Any, x: Any, y: Any) -> Any:
        return jax.tree.map(lambda theta, g: theta - LEARNING_RATE * g, thetas, jax.grad(loss)(thetas, x, y))

    def work() -> None:
        nonlocal thetas
        thetas = jax.block_until_ready(update(thetas, inputs, targets))

    return work, 1


MAKERS = {
    "products": products,
    "pass": one_pass,
    "epochs": epochs,
    "lecture": lecture,
    "torch": torch_epoch,
    "jax": jax_epoch,
}
WHO = {
    "narrow": ["products", "pass", "epochs", "lecture", "torch", "jax"],
    "wide": ["products", "pass", "epochs", "torch", "jax"],
    "batches": ["epochs", "torch"],
    "quadratic": ["products", "pass", "epochs"],
}


def take_turns(who: str, task: str) -> None:
    """In a process of its own: one measurement for every line that comes in."""
    work, made = MAKERS[who](TASKS[task])
    work()
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        work()
        print((time.perf_counter() - start) / made, flush=True)


def start_process(who: str, task: str, pythons: list[str]) -> "subprocess.Popen[str] | None":
    """Start one competitor with the first Python that has what it needs."""
    for python in pythons:
        command = [python, __file__, "--turns", who, task]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert process.stdout
        if process.stdout.readline().strip() == "ready":
            return process
        process.wait()
    return None


def measure(task: str, rounds: int, pythons: list[str]) -> None:
    """Print one table: the least time of each, and what the goals say."""
    started = {who: start_process(who, task, pythons) for who in WHO[task]}
    running = {who: process for who, process in started.items() if process}
    least = dict.fromkeys(running, float("inf"))
    for _ in range(rounds):
        for who, process in running.items():
            assert process.stdin
            assert process.stdout
            process.stdin.write("go\n")
            process.stdin.flush()
            least[who] = min(least[who], float(process.stdout.readline()))
            time.sleep(PAUSE_SECONDS)
    for process in running.values():
        process.communicate()
    print(f"\n{TASKS[task].title:44}{'least s':>10}")
    for who, seconds in least.items():
        print(f"{NAMES[who]:44}{seconds:10.5f}")
    if missing := started.keys() - running.keys():
        print(f"Not installed, left out: {', '.join(NAMES[who] for who in sorted(missing))}.")
    for mine, other, most in GOALS[task]:
        if other in least:
            ratio = least[mine] / least[other]
            print(f"{NAMES[mine]} takes {ratio:.2f}x the time of {NAMES[other]} (goal: at most {most:g}x).")


def main() -> None:
    """Measure every table, or the chosen ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--only", choices=TASKS, nargs="+", default=list(TASKS))
    parser.add_argument("--python", help="another environment's Python, to look for PyTorch and JAX in")
    parser.add_argument("--turns", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.turns:
        take_turns(*given.turns)
        return
    for task in given.only:
        measure(task, given.rounds, [sys.executable, *([given.python] if given.python else [])])


if __name__ == "__main__":
    main()

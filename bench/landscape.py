"""Landscape: the grid against one forward pass a point, a Hessian-vector product against a gradient, λ along a run.

Everything is measured in turns within one run on one thread; what counts are the ratios. Where PyTorch and the package
loss-landscapes are installed (pip install torch loss-landscapes), the grid is also held against that package.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.computing.threads import one_thread_a_product
from core.data.samples import Data
from core.landscape.curvature import lanczos
from core.landscape.directions import random_directions
from core.landscape.hessian import Hessian
from core.landscape.planes import Plane, grid_losses
from core.landscape.vectors import gradient_vector, vector_of, with_parameters
from core.network.activations import Array
from core.network.initializers import initialize
from core.network.layers import Network, backward, forward, mean_loss
from core.training.advance import advance, begin
from core.training.state import Recipe

LOSS = "squared_error"
SAMPLES, SIDE = 5000, 51
GOAL_GRID, GOAL_PACKAGE, GOAL_PRODUCT, GOAL_SECONDS = 15, 10, 2.5, 2.0
ETA, STEPS, EVERY = 0.2, 5000, 10


def seconds(call: Callable[[], object]) -> float:
    """The core time that a call takes, which other work on the machine changes less than the clock's."""
    start = time.process_time()
    call()
    return time.process_time() - start


def grid(rounds: int, every: int) -> None:
    """784-32-10, 5000 samples, 51 × 51 points in float32; point by point for every so many rows and columns."""
    generator = np.random.default_rng(0)
    network, _ = initialize("he", 0, [784, 32, 10], ["relu", "linear"], True, "float32")
    x, y = (generator.standard_normal((SAMPLES, width)).astype(np.float32) for width in (784, 10))
    data, theta = Data(x, y), vector_of(network)
    u, v = (direction.vector for direction in random_directions(network, 0))
    sides = np.linspace(-1, 1, SIDE)
    plane = Plane(network, u, v, sides, sides)
    some = range(0, SIDE, every)

    def directly(row: int, column: int) -> float:
        there = with_parameters(network, theta + sides[column] * u + sides[row] * v)
        return mean_loss(LOSS, forward(there, x).h[-1], y)

    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(seconds(lambda: grid_losses(plane, LOSS, data)))
        theirs.append(seconds(lambda: [directly(row, column) for row in some for column in some]))
    found = grid_losses(plane, LOSS, data)
    worst = max(abs(found[row, column] / directly(row, column) - 1) for row in some for column in some)
    whole = min(theirs) * (SIDE / len(some)) ** 2
    print(f"{'grid of 51 × 51':44}{min(ours):10.2f} s")
    print(f"{f'point by point (measured at {len(some) ** 2} points)':44}{whole:10.2f} s")
    print(f"{'ratio':44}{whole / min(ours):10.1f}    goal: at least {GOAL_GRID}")
    print(f"{'largest relative difference':44}{worst:10.1e}    goal: at most 1e-05")


def package() -> None:
    """The same grid by the package loss-landscapes, on the same network, data and directions."""
    try:
        import torch
        from loss_landscapes import planar_interpolation
        from loss_landscapes.metrics import Loss
    except ImportError:
        print("loss-landscapes: left out, it is not installed (pip install torch loss-landscapes)")
        return
    torch.set_num_threads(1)
    generator = np.random.default_rng(0)
    network, _ = initialize("he", 0, [784, 32, 10], ["relu", "linear"], True, "float32")
    x, y = (generator.standard_normal((SAMPLES, width)).astype(np.float32) for width in (784, 10))
    theta = vector_of(network)
    u, v = (direction.vector for direction in random_directions(network, 0))

    def model(at: Network) -> object:
        layers = [torch.nn.Linear(*reversed(layer.W.shape)) for layer in at.layers]
        for ours, theirs in zip(at.layers, layers, strict=True):
            theirs.weight.data, theirs.bias.data = (torch.from_numpy(np.array(a)) for a in (ours.W, ours.b))
        return torch.nn.Sequential(layers[0], torch.nn.ReLU(), layers[1])

    ends = [model(with_parameters(network, theta + way)) for way in (u, v)]
    metric = Loss(lambda h, y: 0.5 * ((h - y) ** 2).sum(1).mean(), torch.from_numpy(x), torch.from_numpy(y))
    # the package goes from the corner, and along each row it begins with a step, to and fro
    sides = np.arange(SIDE + 1) / SIDE
    plane = Plane(network, u, v, sides[:-1], sides)
    found: list[Array] = []
    theirs = seconds(lambda: found.append(planar_interpolation(model(network), *ends, metric, SIDE)))
    ours = seconds(lambda: found.append(grid_losses(plane, LOSS, Data(x, y)).T))
    package, grid = found
    same = [grid[row, 1:] if row % 2 == 0 else grid[row, :-1] for row in range(SIDE)]
    worst = float(np.abs(package / np.array(same) - 1).max())
    print(f"{'grid by loss-landscapes':44}{theirs:10.2f} s")
    print(f"{'ratio':44}{theirs / ours:10.1f}    goal: at least {GOAL_PACKAGE}")
    print(f"{'largest relative difference':44}{worst:10.1e}    goal: at most 1e-05")


def product(rounds: int, sizes: list[int], activations: list[str], m: int) -> None:
    """An exact Hessian-vector product against a gradient on the same data."""
    network, _ = initialize("xavier", 0, sizes, activations, True)
    generator = np.random.default_rng(0)
    data = Data(generator.standard_normal((m, sizes[0])), generator.standard_normal((m, sizes[-1])))
    hessian, direction = Hessian(network, LOSS, data), generator.standard_normal(network.parameter_count)

    def gradient() -> object:
        return gradient_vector(backward(network, LOSS, forward(network, data.inputs), data.targets))

    products, gradients = [], []
    for _ in range(rounds * 100):
        gradients.append(seconds(gradient))
        products.append(seconds(lambda: hessian.product(direction)))
    ratio = float(np.median(products) / np.median(gradients))
    name = f"{'-'.join(map(str, sizes))}, {m} samples: product / gradient"
    print(f"{name:44}{ratio:10.2f}    goal: at most {GOAL_PRODUCT}")


def along_a_run() -> None:
    """The 701-weight run of the edge of stability, with λ every 10 steps."""
    network, _ = initialize("xavier", 0, [1, 30, 20, 1], ["tanh", "tanh", "linear"], True)
    x = np.linspace(-1, 1, 20)[:, None]
    data = Data(x, np.sin(2 * np.pi * x) + 0.5 * np.cos(3 * x))

    def follow() -> None:
        state, start = begin(network, Recipe(), ETA, data).state, None
        for _ in range(STEPS // EVERY):
            hessian = Hessian(state.network, LOSS, data)
            start = lanczos(hessian.product, hessian.size, 1e-3, start, both_ends=False).eigenvector
            state = advance(state, Recipe(), data, EVERY).state

    print(f"{f'{STEPS} steps with λ every {EVERY}':44}{seconds(follow):10.2f} s    goal: at most {GOAL_SECONDS}")


def main() -> None:
    """Measure all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--every", type=int, default=10, help="point by point at every so many rows and columns")
    asked = parser.parse_args()
    one_thread_a_product()
    grid(asked.rounds, asked.every)
    package()
    product(asked.rounds, [1, 30, 20, 1], ["tanh", "tanh", "linear"], 20)
    product(asked.rounds, [20, 64, 10], ["relu", "linear"], 500)
    along_a_run()


if __name__ == "__main__":
    main()

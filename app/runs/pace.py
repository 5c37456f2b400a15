"""How much work a step is, from its numbers alone: where it is done, and how often its states are kept."""

from core.training.setup import Setup

# measured: the calls that a layer takes for one step, and one sample times one parameter in all products of a step
LAYER_SECONDS = 50e-6
PRODUCT_SECONDS = 1.5e-9
# a pass over so many rows, and so many products, goes through the samples with every core
SHARED_ROWS = 500
SHARED_PRODUCTS = 2_000_000

FIRST_SLICE_SECONDS = 0.05
SLICE_SECONDS = 0.2
LARGEST_SLICE = 2000
# a state is kept after so much work, so that any step of the past is computed again in less
KEEP_SECONDS = 0.02
KEPT_SLICE_BYTES = 8 * 1024 * 1024


def seconds_of(setup: Setup, count: int = 1) -> float:
    """About how long so many steps take one core."""
    layers = len(setup.layer_sizes) - 1
    return count * (layers * LAYER_SECONDS + setup.parameters * setup.rows * PRODUCT_SECONDS)


def is_quick(setup: Setup, count: int, most_products: int) -> bool:
    """Whether so many steps are done sooner than they would be sent to another process."""
    return setup.dataset != "mnist" and seconds_of(setup, count) <= most_products * PRODUCT_SECONDS


def cores_of(setup: Setup, cores: int) -> int:
    """How many cores a step keeps busy."""
    shared = setup.rows > SHARED_ROWS and setup.rows * setup.parameters >= SHARED_PRODUCTS
    return cores if shared else 1


def first_slice(setup: Setup) -> int:
    """How many steps to begin with, before it is measured how long they take."""
    return max(1, min(LARGEST_SLICE, int(FIRST_SLICE_SECONDS / seconds_of(setup))))


def next_slice(size: int, seconds: float) -> int:
    """A size that takes about the time of a slice, at most four times the last one."""
    fitting = int(size * SLICE_SECONDS / max(seconds, 1e-6))
    return max(1, min(fitting, 4 * size, LARGEST_SLICE))


def spacing_of(grid: int, steps: int, step_seconds: float, state_bytes: int) -> int:
    """How many steps apart states are kept: a multiple of the grid.

    As far apart as the work that is done again in KEEP_SECONDS; one slice keeps a bounded number of bytes.
    """
    most = max(1, KEPT_SLICE_BYTES // state_bytes)
    while 2 * grid * step_seconds <= KEEP_SECONDS or steps > most * grid:
        grid *= 2
    return grid

"""Update rules against autograd's, and against PyTorch's documentation worked out in plain numbers."""

import math

import numpy as np
import pytest
from autograd.misc import optimizers as autograd_optimizers

from core.errors import InvalidInput
from core.training.optimizers import OPTIMIZERS, OptimizerSettings

STEPS = 20
START = np.array([1.5, -2.0, 0.3])
SCALES = np.array([1.0, 0.3, 2.0])


def slope(theta):
    """The gradient of a function that is no parabola."""
    return SCALES * np.sinh(theta)


def go(settings, eta, steps=STEPS, start=START):
    theta, memory = start, settings.start(start)
    for k in range(1, steps + 1):
        theta, memory = settings.update(theta, slope(theta), memory, k, eta)
    return theta


def by_hand(rule, eta):
    """Each coordinate alone, in Python's own numbers; `rule` returns the update from (g, memory, k)."""
    reached = []
    for theta, scale in zip(START.tolist(), SCALES.tolist(), strict=True):
        memory = [0.0, 0.0]
        for k in range(1, STEPS + 1):
            theta -= eta * rule(scale * math.sinh(theta), memory, k)
        reached.append(theta)
    return reached


def sgd(g, memory, k):
    return g


def momentum(g, memory, k):
    memory[0] = 0.9 * memory[0] + g
    return memory[0]


def nesterov(g, memory, k):
    memory[0] = 0.9 * memory[0] + g
    return g + 0.9 * memory[0]


def adagrad(g, memory, k):
    memory[0] += g**2
    return g / (math.sqrt(memory[0]) + 1e-10)


def rmsprop(g, memory, k):
    memory[0] = 0.99 * memory[0] + (1 - 0.99) * g**2
    return g / (math.sqrt(memory[0]) + 1e-8)


def adam(g, memory, k):
    memory[0] = 0.9 * memory[0] + (1 - 0.9) * g
    memory[1] = 0.999 * memory[1] + (1 - 0.999) * g**2
    return (memory[0] / (1 - 0.9**k)) / (math.sqrt(memory[1] / (1 - 0.999**k)) + 1e-8)


# docs.pytorch.org/docs/stable/generated/torch.optim.SGD, .Adagrad, .RMSprop, .Adam, with the defaults given there
DOCUMENTED = {
    "gradient_descent": sgd,
    "momentum": momentum,
    "nesterov": nesterov,
    "adagrad": adagrad,
    "rmsprop": rmsprop,
    "adam": adam,
}


@pytest.mark.parametrize("method", OPTIMIZERS)
@pytest.mark.parametrize("eta", [0.01, 0.1])
def test_twenty_steps_as_documented(method, eta):
    np.testing.assert_allclose(go(OptimizerSettings(method), eta), by_hand(DOCUMENTED[method], eta), rtol=1e-12)


def test_twenty_steps_as_autograd_makes_them():
    adam_there = autograd_optimizers.adam(lambda x, _: slope(x), START, num_iters=STEPS, step_size=0.05)
    np.testing.assert_allclose(go(OptimizerSettings("adam"), 0.05), adam_there, rtol=1e-12)
    # autograd's velocity is (1 − β) times ours
    there = autograd_optimizers.sgd(lambda x, _: slope(x), START, num_iters=STEPS, step_size=0.05, mass=0.5)
    np.testing.assert_allclose(go(OptimizerSettings("momentum", {"momentum": 0.5}), 0.025), there, rtol=1e-12)


def test_hyperparameters_change_the_path():
    for name, optimizer in OPTIMIZERS.items():
        for each in optimizer.hyperparameters:
            assert not np.allclose(go(OptimizerSettings(name), 0.1), go(OptimizerSettings(name, {each.name: 0.5}), 0.1))
            assert each.symbol in optimizer.formula
            each.check("here", each.default)


@pytest.mark.parametrize("method", OPTIMIZERS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_nothing_is_changed_in_place_and_the_precision_stays(method, dtype):
    settings, theta = OptimizerSettings(method), START.astype(dtype)
    gradient, memory = slope(theta).astype(dtype), settings.start(theta)
    kept = [array.copy() for array in (theta, gradient, *memory.values())]
    moved, remembered = settings.update(theta, gradient, memory, 1, 0.1)
    assert {array.dtype for array in (moved, *remembered.values())} == {np.dtype(dtype)}
    assert list(remembered) == [slot.name for slot in OPTIMIZERS[method].slots]
    for before, now in zip(kept, (theta, gradient, *memory.values()), strict=True):
        np.testing.assert_array_equal(before, now)


def test_a_hyperparameter_out_of_range_is_refused_in_words():
    (momentum_of,) = OPTIMIZERS["momentum"].hyperparameters
    with pytest.raises(InvalidInput, match="Give a number from 0 to below 1"):
        momentum_of.check("optimizer.momentum", 1.0)
    with pytest.raises(InvalidInput, match="Give a number above 0 to 1"):
        OPTIMIZERS["adam"].hyperparameters[2].check("optimizer.eps", 0.0)

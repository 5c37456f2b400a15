"""The fast pass against the formulas of `layers`, which it must not differ from but by rounding."""

import numpy as np
import pytest

from core.data.samples import Data
from core.network.activations import ACTIVATIONS
from core.network.initializers import initialize
from core.network.layers import backward, forward, mean_loss, parameters
from core.training import sweep as module
from core.training.advance import advance, begin
from core.training.fast_pass import FEW_INPUTS, chunk_rows
from core.training.state import Recipe
from core.training.sweep import prepare, sweep
from tests.core.network.pairs import grid

PRECISION = {"float64": 1e-12, "float32": 2e-4}
SHAPES = {"narrow": [3, 5, 4, 3], "wide": [FEW_INPUTS + 1, 2500, 3], "one layer": [2, 3], "deep": [2, 7, 1, 6, 3]}


@pytest.fixture(autouse=True)
def always_fast(monkeypatch):
    monkeypatch.setattr(module, "FAST_OPERATIONS", 0)


def draw(sizes, activations, n, dtype="float64", bias=True, seed=4):
    network, _ = initialize("xavier", seed, sizes, activations, bias, dtype)
    generator = np.random.default_rng(seed)
    if bias:
        for layer in network.layers:
            layer.b[:] = generator.normal(size=layer.b.shape)
    labels = generator.integers(0, sizes[-1], n)
    x = generator.normal(size=(n, sizes[0])).astype(dtype)
    return network, Data(x, generator.dirichlet(np.ones(sizes[-1]), n).astype(dtype), labels)


def assert_as_written(network, loss, data, tolerance=1e-12):
    found = sweep(prepare(network, len(data.inputs)), loss, data, True)
    passed = forward(network, data.inputs)
    gradients = backward(network, loss, passed, data.targets)
    assert found.loss == pytest.approx(mean_loss(loss, passed.h[-1], data.targets), rel=tolerance)
    assert found.correct == (passed.h[-1].argmax(axis=1) == data.labels).sum()
    for layer, alive, z in zip(network.layers, found.alive, passed.z, strict=True):
        if ACTIVATIONS[layer.activation].can_die:
            np.testing.assert_array_equal(alive, (z > 0).any(axis=0))
        else:
            assert alive is None
    ours, expected = ((*g.dW, *g.db) for g in (found.gradients, gradients))
    for a, b in zip(ours, expected, strict=True):
        if b is None:
            assert a is None
            continue
        assert (a.dtype, a.shape) == (b.dtype, b.shape)
        np.testing.assert_allclose(a, b, rtol=tolerance, atol=tolerance * max(np.abs(b).max(), 1e-3))


@pytest.mark.parametrize(("activation", "loss", "dtype", "bias"), grid(PRECISION, [True, False]))
def test_every_activation_and_loss(activation, loss, dtype, bias):
    for n in (1, 13):
        network, data = draw([3, 5, 4, 3], [activation] * 3, n, dtype, bias)
        assert_as_written(network, loss, data, PRECISION[dtype])


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", PRECISION)
def test_odd_sizes_and_chunks(shape, dtype):
    sizes = SHAPES[shape]
    activations = ["relu"] * (len(sizes) - 2) + ["linear"]
    rows = chunk_rows(draw(sizes, activations, 1)[0])
    for n in (1, rows - 1, rows, rows + 1, 5 * rows + 17):
        network, data = draw(sizes, activations, n, dtype)
        assert_as_written(network, "squared_error", data, PRECISION[dtype])


def test_activations_may_differ_from_layer_to_layer():
    network, data = draw([4, 6, 5, 4, 3], ["tanh", "relu", "softplus", "linear"], 2100)
    assert_as_written(network, "softmax_cross_entropy", data)


def test_a_dead_unit_is_seen_and_nothing_is_kept_from_the_pass_before():
    network, data = draw([3, 4, 3], ["relu", "linear"], 40)
    assert sweep(network, "squared_error", data, True).alive[0].all()
    network.layers[0].W[2], network.layers[0].b[2] = 0, -1
    first = sweep(network, "squared_error", data, True)
    assert first.alive[0].tolist() == [True, True, False, True]
    kept = [g.copy() for g in first.gradients.dW]
    assert_as_written(network, "squared_error", draw([3, 4, 3], ["relu", "linear"], 40, seed=9)[1])
    for before, now in zip(kept, first.gradients.dW, strict=True):
        np.testing.assert_array_equal(before, now)


def test_the_order_in_memory_changes_no_more_than_rounding():
    network, data = draw([20, 30, 3], ["relu", "linear"], 300)
    ordered = prepare(network, 300)
    assert not ordered.layers[0].W.flags.c_contiguous
    np.testing.assert_array_equal(ordered.layers[0].W, network.layers[0].W)
    one, other = (sweep(each, "squared_error", data, True) for each in (network, ordered))
    assert one.loss == pytest.approx(other.loss, rel=1e-13)


@pytest.mark.parametrize("n", [1, 1000, 1001, 7003])
def test_threads_change_no_number(n, monkeypatch):
    network, data = draw([2, 3, 3], ["relu", "linear"], n)
    alone = sweep(network, "squared_error", data, True)
    monkeypatch.setattr(module, "PARALLEL_OPERATIONS", 0)
    together = sweep(network, "squared_error", data, True)
    assert (alone.loss, alone.correct) == (together.loss, together.correct)
    for a, b in zip(
        (*alone.gradients.dW, *alone.alive[:1]), (*together.gradients.dW, *together.alive[:1]), strict=True
    ):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("batch_size", [None, 64])
def test_a_run_reads_the_same_at_once_step_by_step_and_from_arrays_laid_out_anew(batch_size):
    network, data = draw([20, 30, 3], ["relu", "linear"], 300)
    recipe = Recipe(batch_size=batch_size)
    start = begin(network, recipe, 0.01, data).state
    whole = advance(start, recipe, data, 6).state
    state = start
    for _ in range(6):
        state = advance(_copied(state), recipe, data, 1).state
    assert (whole.loss, whole.step) == (state.loss, 6)
    for a, b in zip(parameters(whole.network), parameters(state.network), strict=True):
        np.testing.assert_array_equal(a, b)


def _copied(state):
    """As it comes back from the database: every array row by row."""
    from app.store.state_bytes import from_bytes, to_bytes

    return from_bytes(to_bytes(state))


def test_small_passes_are_the_formulas_themselves(monkeypatch):
    monkeypatch.setattr(module, "FAST_OPERATIONS", 10**6)
    network, data = draw([3, 5, 4, 3], ["tanh"] * 3, 9)
    found, expected = sweep(network, "squared_error", data, True), forward(network, data.inputs)
    assert found.loss == mean_loss("squared_error", expected.h[-1], data.targets)
    np.testing.assert_array_equal(
        found.gradients.dW[0], backward(network, "squared_error", expected, data.targets).dW[0]
    )


def test_a_sum_of_squares_beyond_float32_is_still_told():
    network, data = draw([2, 3], ["linear"], 900, "float32")
    huge = Data(data.inputs, np.full((900, 3), 5e17, np.float32), data.labels)
    assert np.isfinite(sweep(network, "squared_error", huge, False).loss)

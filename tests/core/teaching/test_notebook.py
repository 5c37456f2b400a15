"""The notebook, executed cell by cell: each of its numbers is the core's."""

import json

import nbformat
import numpy as np
import pytest

from core.network.initializers import initialize
from core.teaching.backpropagation import compute_update
from core.teaching.notebook import notebook
from core.teaching.numbers import namespace
from core.training.optimizers import OptimizerSettings
from tests.core.teaching.test_backpropagation import one_layer
from tests.core.teaching.test_why import NETWORKS, draw
from tests.core.training.lab_networks import two_layers


def executed(book):
    """What the code cells define."""
    defined = {}
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            exec(cell["source"], defined)
    return defined


def assert_same(book, u, rtol=1e-12, left_out=frozenset()):
    found, expected = executed(book), namespace(u)
    assert left_out.isdisjoint(found)
    given = {name for name in expected if name == "k" and not u.optimizer.hyperparameters and name not in found}
    # dz/dW and dz/db hold nothing but inputs, ones and zeros: the notebook writes them as factors of its chain
    given |= {name for name in expected if name.startswith("dz")}
    for name in expected.keys() - {"np"} - given - left_out:
        np.testing.assert_allclose(found[name], expected[name], rtol=rtol, atol=1e-14, err_msg=name)


@pytest.mark.parametrize(("activations", "loss", "m", "bias", "method"), NETWORKS)
def test_every_number_is_computed_again(activations, loss, m, bias, method, capsys):
    u = draw(activations, loss, m, bias, method)
    assert_same(notebook(u, sample=m - 1, step=3), u)
    checks = capsys.readouterr().out.splitlines()
    numeric = [float(line.split(": ")[1]) for line in checks]
    np.testing.assert_allclose(numeric, [dW[0, 0] for dW in u.gradients.dW], atol=2e-8)


@pytest.mark.parametrize("network", [None, two_layers()])
def test_it_is_a_valid_notebook(network):
    book = notebook(one_layer() if network is None else one_layer(network))
    nbformat.validate(nbformat.from_dict(json.loads(json.dumps(book))))


def test_single_precision_stays_so():
    network, _ = initialize("he", 0, [5, 4, 3], ["relu", "linear"], True, "float32")
    generator = np.random.default_rng(0)
    u = compute_update(
        network, "squared_error", OptimizerSettings(), 0.1, generator.normal(size=(2, 5)), generator.normal(size=(2, 3))
    )
    book = notebook(u)
    assert_same(book, u, rtol=1e-5)
    assert executed(book)["W1"].dtype == np.float32


def test_large_matrices_are_not_built():
    network, _ = initialize("he", 0, [50, 40, 2], ["relu", "linear"], True)
    u = compute_update(network, "squared_error", OptimizerSettings(), 0.1, np.ones((1, 50)), np.ones((1, 2)))
    book = notebook(u)
    assert_same(book, u)
    assert any("would hold 80000 numbers" in cell["source"] for cell in book["cells"])


@pytest.mark.parametrize("activation", ["relu", "softmax"])
def test_many_rows_of_a_wide_layer_take_no_cubes(activation):
    network, _ = initialize("he", 0, [2, 100, 3], [activation, activation], True)
    generator = np.random.default_rng(0)
    x, y = generator.normal(size=(700, 2)), generator.normal(size=(700, 3))
    u = compute_update(network, "squared_error", OptimizerSettings(), 0.1, x, y)
    assert_same(notebook(u), u, left_out={"J1", "dW2_rows", "dW2_sums"})

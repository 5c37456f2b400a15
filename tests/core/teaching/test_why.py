"""Every number asked why, down to what is given: each is computed again from its operands alone."""

import math

import numpy as np
import pytest

from core.errors import InvalidInput
from core.network.activations import ACTIVATIONS
from core.network.initializers import initialize
from core.network.layers import Layer, Network
from core.network.losses import LOSSES
from core.teaching.backpropagation import compute_update
from core.teaching.numbers import KINDS, all_numbers, namespace, read
from core.teaching.pointwise import POINTWISE
from core.teaching.update_why import WRITTEN
from core.teaching.why import why
from core.training.optimizers import OPTIMIZERS, OptimizerSettings, initial_slots
from tests.core.teaching.test_backpropagation import one_layer, softmax_with_cross_entropy
from tests.core.training.lab_networks import two_layers

# activations, loss, batch size, bias, rule
NETWORKS = [
    (["relu"], "squared_error", 1, False, "gradient_descent"),
    (["softmax"], "squared_error", 2, True, "momentum"),
    (["relu", "linear"], "squared_error", 1, True, "gradient_descent"),
    (["tanh", "softmax"], "squared_error", 1, True, "adam"),
    (["sigmoid", "linear"], "softmax_cross_entropy", 3, True, "nesterov"),
    (["leaky_relu", "sigmoid"], "squared_error", 2, False, "adagrad"),
    (["softplus", "relu", "tanh"], "softmax_cross_entropy", 1, True, "rmsprop"),
    (["softmax", "tanh", "linear"], "squared_error", 3, True, "adam"),
    (["relu", "leaky_relu", "softmax"], "softmax_cross_entropy", 2, False, "gradient_descent"),
    (["softmax"], "cross_entropy", 1, True, "gradient_descent"),
    (["relu", "softmax"], "cross_entropy", 2, True, "adam"),
    (["tanh", "sigmoid", "softplus", "linear"], "squared_error", 2, True, "momentum"),
]


def draw(activations, loss, m, bias, method, seed=0):
    """A random update: random widths, and memory of the rule as after some updates."""
    generator = np.random.default_rng([seed, len(activations), m])
    sizes = generator.integers(2, 4, len(activations) + 1).tolist()
    network, _ = initialize("xavier", seed, sizes, activations, bias)
    layers = [Layer(each.W, None if each.b is None else generator.normal(size=each.b.shape), each.activation)
              for each in network.layers]  # fmt: skip
    network = Network(tuple(layers))
    x, y = generator.normal(size=(m, sizes[0])), generator.dirichlet(np.ones(sizes[-1]), size=m)
    settings = OptimizerSettings(method)
    slots = {
        name: tuple(np.abs(generator.normal(size=array.shape)) for array in arrays)
        for name, arrays in initial_slots(settings, network).items()
    }
    return compute_update(network, loss, settings, 0.1, x, y, slots, k=3)


def namespace_of(u, operands):
    """The arrays with the operands in their places, and nothing else: every other number is NaN."""
    empty = {
        name: value if name == "np" else np.full(np.shape(value), math.nan) for name, value in namespace(u).items()
    }
    for path in operands:
        number = read(u, path)
        name = number.variable(u)
        if number.at:
            empty[name][number.at] = number.value(u)
        else:
            empty[name] = number.value(u)
    return empty


def evaluated(line, names):
    """A line of NumPy with these names and no others."""
    with np.errstate(invalid="ignore"):
        return float(eval(line, {"__builtins__": {}}, names))  # noqa: S307


def value_of_terms(told):
    """What the written-out sum adds up to."""
    return sum(term["value"] for term in told["terms"]) / told["terms_divided_by"]


@pytest.mark.parametrize(("activations", "loss", "m", "bias", "method"), NETWORKS)
def test_every_number_follows_from_its_operands(activations, loss, m, bias, method):
    u = draw(activations, loss, m, bias, method)
    asked, open_numbers = set(), [number.path for number in all_numbers(u)]
    kinds = set()
    while open_numbers:
        path = open_numbers.pop()
        if path in asked:
            continue
        asked.add(path)
        told = why(u, path)
        assert told["number"] == path
        kinds.add(read(u, path).kind)
        if told["given"]:
            assert not told["operands"]
            assert evaluated(told["numpy"], namespace(u)) == told["value"]
            continue
        operands = [operand["number"] for operand in told["operands"]]
        # no number is said to be made of itself
        if len(operands) == 1:
            assert why(u, operands[0])["name"] != told["name"], path
        open_numbers += operands
        found = evaluated(told["numpy"], namespace_of(u, operands))
        assert found == pytest.approx(told["value"], rel=1e-12, abs=1e-14), (path, told["numpy"])
        if told["terms"]:
            assert value_of_terms(told) == pytest.approx(told["value"], rel=1e-10, abs=1e-13), path
        for term in told["terms"] or []:
            if "operation" not in term:
                assert math.prod(factor["value"] for factor in term["factors"]) == pytest.approx(term["value"])
        if told["numerical"]:
            assert told["numerical"]["difference"] < 1e-8, (path, told["numerical"])
        else:
            assert told["numerical_reason"]
    assert {
        "W",
        "z",
        "h",
        "L",
        "dloss",
        "J",
        "zW",
        "dh",
        "delta",
        "dW",
        "dW_rows",
        "W_new",
        "z_new",
        "h_new",
        "L_new",
    } <= kinds
    assert bias == ("db" in kinds)
    unasked = {name for name in kinds if KINDS[name].given and not KINDS[name].path.startswith(("slots", "optimizer"))}
    assert unasked <= {"x", "y", "eta", "m", "W", "b"}


def test_all_of_the_registries_is_asked():
    used = {name for activations, *_ in NETWORKS for name in activations}
    assert used == ACTIVATIONS.keys()
    assert used - {"softmax"} == POINTWISE.keys()
    assert {row[1] for row in NETWORKS} == LOSSES.keys()
    assert {row[4] for row in NETWORKS} == OPTIMIZERS.keys() == WRITTEN.keys()


DERIVATIVES = {"dloss", "df", "J", "zW", "zb", "dh", "delta", "dW", "db", "dW_rows", "db_rows", "dW_sums", "db_sums"}


@pytest.mark.parametrize(("activations", "loss", "m", "bias", "method"), NETWORKS)
def test_every_derivative_has_its_central_difference(activations, loss, m, bias, method):
    u = draw(activations, loss, m, bias, method, seed=1)
    for number in all_numbers(u):
        told = why(u, number.path)
        assert (told["numerical"] is not None) == (number.kind in DERIVATIVES), number.path


def test_why_the_error_of_softmax_with_cross_entropy_is_a_difference():
    u = softmax_with_cross_entropy()
    told = why(u, "layers[0].deltas[0][1]")
    # ln(1), ln(2), ln(5): ŷ = (1, 2, 5) / 8
    assert told["value"] == pytest.approx(2 / 8 - 1)
    assert told["latex"].endswith(r"= \hat{y}_{2} - y_{2}")
    assert told["filled"].endswith(r"= 0.25 - 1 = -0.75")
    assert [term["value"] for term in told["terms"]] == pytest.approx([0, -0.75, 0])
    assert "so δ₂ = ŷ₂ − y₂" in told["note"]
    slope = why(u, "loss_gradient[0][1]")
    assert (slope["value"], slope["latex"]) == (
        -4,
        r"\frac{\partial L}{\partial \hat{y}_{2}} = -\frac{y_{2}}{\hat{y}_{2}}",
    )
    assert slope["numerical"]["difference"] < 1e-8
    idle = why(u, "loss_gradient[0][0]")
    assert (idle["value"], idle["numpy"]) == (0, "0.0")
    assert "not in the loss" in idle["note"]
    loss = why(u, "loss_before")
    assert loss["value"] == pytest.approx(math.log(4))
    assert [term["value"] for term in loss["terms"]] == pytest.approx([0, math.log(4), 0])


def test_an_error_that_has_no_value_is_not_said_to_be_a_difference():
    """e⁻⁸⁰⁰ is no float: ŷ₁ is 0, and −y₁/ŷ₁ is infinite."""
    network = Network((Layer(np.zeros((3, 2)), np.array([0.0, 0.0, 800.0]), "softmax"),))
    u = compute_update(
        network, "cross_entropy", OptimizerSettings(), 0.1, np.zeros((1, 2)), np.array([[1.0, 0.0, 0.0]])
    )
    told = why(u, "layers[0].deltas[0][0]")
    assert math.isnan(told["value"])
    assert told["latex"].count("=") == told["filled"].count("=") == 1
    assert told["filled"].endswith(r"= \text{undefined}")
    assert told["note"].endswith("ŷ₁ − y₁ needs no division: it is −1.")


def test_the_lecture_by_hand():
    u = one_layer()
    told = why(u, "layers[0].weight_gradients[1][0]")
    assert (told["value"], told["name"], told["slide"]) == (2, "∂L/∂w₂₁", 29)
    assert told["latex"] == r"\frac{\partial L}{\partial w_{21}} = \delta_{2} \, x_{1}"
    assert told["filled"] == r"2 \cdot 1 = 2"
    assert told["numpy"] == "np.outer(delta1, x)[1, 0]"
    assert [(each["number"], each["value"], each["role"]) for each in told["operands"]] == [
        ("layers[0].deltas[0][1]", 2, "delta"),
        ("inputs[0][0]", 1, "input"),
    ]
    assert why(u, "layers[0].pre_activations[0][0]")["filled"] == r"1 \cdot 3 + 2 \cdot 2 = 7"
    assert why(u, "loss_before")["filled"] == r"\tfrac{1}{2} \left[ (7 - 1)^2 + (6 - 4)^2 + (9 - 4)^2 \right] = 32.5"
    assert why(u, "updated[0].weights[0][1]")["filled"].startswith(r"2 - 0.1 \cdot 12 ")
    assert why(u, "loss_after")["slide"] == 42


MEANS = {
    "layers[1].weight_gradients[1][0]": r"\frac{1}{m} \sum_{i=1}^{m} \delta^{(2)}_{i2} \, h^{(1)}_{i1}",
    "layers[0].weight_gradients[1][0]": r"\frac{1}{m} \sum_{i=1}^{m} \delta^{(1)}_{i2} \, x_{i1}",
    "layers[1].bias_gradients[1]": r"\frac{1}{m} \sum_{i=1}^{m} \delta^{(2)}_{i2}",
    "loss_before": r"\frac{1}{m} \sum_{i=1}^{m} L_{i}",
}


@pytest.mark.parametrize("number", MEANS)
def test_a_mean_is_written_as_on_slide_53_and_filled_term_by_term(number):
    u = draw(["relu", "linear"], "squared_error", 4, bias=True, method="gradient_descent", seed=1)
    told = why(u, number)
    assert told["latex"] == f"{told['symbol']} = {MEANS[number]}"
    assert told["filled"].startswith(r"\frac{1}{4} \left( ")
    assert told["terms_divided_by"] == len(told["terms"]) == 4
    assert sum(term["value"] for term in told["terms"]) / 4 == pytest.approx(told["value"], rel=1e-12)


def test_rounded_values_are_not_called_equal():
    found = one_layer(two_layers())
    assert why(found, "layers[0].weights[0][0]")["filled"] == r"\approx 1.764"
    # so is a value that is one operand's
    assert why(found, "layers[1].bias_gradients[0]")["filled"] == r"\approx 0.6099"
    assert why(found, "layers[0].weights[0][0]", digits=17)["filled"].startswith("= 1.7640523")


@pytest.mark.parametrize("activation", [name for name, each in ACTIVATIONS.items() if each.has_kink])
@pytest.mark.parametrize(
    "number",
    ["layers[0].activation_derivatives[0][1]", "layers[0].deltas[0][1]", "layers[0].weight_gradients[1][0]",
     "layers[0].activation_jacobian[0][1][1]"],
)  # fmt: skip
def test_at_a_kink_there_is_no_difference_and_it_says_so(activation, number):
    W = np.array([[3.0, 2.0], [2.0, -1.0], [5.0, 2.0]])
    u = one_layer(Network((Layer(W, None, activation),)))
    told = why(u, number)
    assert told["numerical"] is None
    assert "carries z₂ over the kink" in told["numerical_reason"]
    assert why(u, number.replace("[1]", "[2]"))["numerical"] is not None


def test_overflow_has_no_difference():
    u = one_layer(Network((Layer(np.full((3, 2), 1e200), None, "linear"),)))
    told = why(u, "loss_before")
    assert told["value"] == math.inf
    assert told["filled"].endswith(r"= \infty")
    assert "not finite" in why(u, "layers[0].weight_gradients[0][0]")["numerical_reason"]


def test_a_long_sum_is_not_written_out():
    network, _ = initialize("he", 0, [3000, 2], ["relu"], True)
    u = compute_update(network, "squared_error", OptimizerSettings(), 0.1, np.ones((1, 3000)), np.ones((1, 2)))
    told = why(u, "layers[0].pre_activations[0][1]")
    assert told["terms"] is None
    assert len(told["operands"]) + told["operands_left_out"] == 6001
    assert r"\cdots" in told["filled"]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "layers",
        "layers[0]",
        "layers[0].weights",
        "layers[0].weights[3][0]",
        "layers[1].weights[0][0]",
        "layers[0].biases[0]",
        "layers[0].weights[-1][0]",
        "layers[0].weights[0][0][0]",
        "layers[99999].weights[0][0]",
        "layers[٠].weights[0][0]",
        "loss_before[0]",
        "inputs[0][0]\n",
        "slots[0].velocity.weights[0][0]",
        "optimizer.momentum",
        "__import__('os')",
        "x" * 500,
    ],
)
def test_what_is_no_number_is_refused(name):
    with pytest.raises(InvalidInput) as refused:
        why(one_layer(), name)
    assert refused.value.location == "number"


def test_the_jacobian_of_the_weights_says_why_its_zeros_are_zero():
    u = one_layer()
    told = why(u, "layers[0].weight_jacobian[0][1][3]")
    assert (told["name"], told["value"], told["numpy"]) == ("∂z₂/∂w₂₂", 2, "np.kron(np.eye(3), x[0])[1, 3]")
    assert [each["name"] for each in told["operands"]] == ["x₂"]
    zero = why(u, "layers[0].weight_jacobian[0][1][0]")
    assert (zero["name"], zero["value"], zero["numerical"]["value"]) == ("∂z₂/∂w₁₁", 0, 0)
    assert zero["note"] == "w₁₁ belongs to unit 1, not to unit 2: 0, whatever the numbers are."
    with pytest.raises(InvalidInput):
        why(u, "layers[0].bias_jacobian[0][0][0]")
    with pytest.raises(InvalidInput):
        why(u, "layers[0].weight_jacobian[0][0][6]")

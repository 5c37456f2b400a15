"""Directions against their definitions: filter normalization, eigenvectors of the covariance, least squares."""

import numpy as np
import pytest

from core.errors import InvalidInput
from core.landscape.directions import (
    Direction,
    along_parameter,
    angle_between,
    first_parameters,
    index_of,
    name_of,
    principal_directions,
    project,
    random_directions,
    sharpest_directions,
    steepest_parameters,
)
from core.landscape.hessian import Hessian
from core.landscape.vectors import vector_of, with_parameters
from core.network.initializers import initialize
from core.network.layers import Layer, Network
from tests.core.training.lab_networks import ONE_LAYER, ONE_SAMPLE, two_layers


def test_parameters_by_name():
    network = with_parameters(two_layers(), np.arange(21.0))
    for name, value in {
        "1.weights[0][1]": network.layers[0].W[0, 1],
        "layers[0].weights[2][0]": network.layers[0].W[2, 0],
        "1.biases[2]": network.layers[0].b[2],
        "2.weights[0][2]": network.layers[1].W[0, 2],
        "layers[1].biases[1]": network.layers[1].b[1],
    }.items():
        direction, found = along_parameter(network, name, "parameters.0")
        assert found == value == vector_of(network)[index_of(network, name, "")]
        assert direction.vector.sum() == direction.norm == 1
        assert direction.name == name


@pytest.mark.parametrize(
    "name", ["", "weights[0][0]", "0.weights[0][0]", "3.weights[0][0]", "1.weights[0]", "1.biases[0][0]", "1.biases[3]"]
)
def test_no_such_parameter(name):
    with pytest.raises(InvalidInput) as error:
        index_of(two_layers(), name, "parameters.0")
    assert error.value.location == "parameters.0"


def test_the_first_parameters_have_names_that_are_found():
    names = first_parameters(two_layers(), 99)
    assert [index_of(two_layers(), name, "") for name in names] == list(range(21))
    assert first_parameters(two_layers(), 2) == ["1.weights[0][0]", "1.weights[0][1]"]
    assert first_parameters(ONE_LAYER, 99)[-1] == "1.weights[2][1]"


def test_a_network_without_biases_has_none_to_name():
    with pytest.raises(InvalidInput, match="2 → 3"):
        index_of(ONE_LAYER, "1.biases[0]", "parameters.0")


def test_random_directions_are_normalized_row_by_row():
    network, _ = initialize("he", 0, [3, 4, 2], ["relu", "linear"], True)
    theta = np.random.default_rng(0).normal(size=network.parameter_count)
    network = with_parameters(network, theta)
    first, second = random_directions(network, 7)
    for direction in (first, second):
        assert direction.zero_rows == ()
        for layer, along in zip(network.layers, with_parameters(network, direction.vector).layers, strict=True):
            for row, part in zip(layer.W, along.W, strict=True):
                assert np.linalg.norm(part) == pytest.approx(np.linalg.norm(row))
            assert np.linalg.norm(along.b) == pytest.approx(np.linalg.norm(layer.b))
    assert angle_between([first, second]) != pytest.approx(0)
    again = random_directions(network, 7)
    np.testing.assert_array_equal(first.vector, again[0].vector)
    assert not np.array_equal(first.vector, random_directions(network, 8)[0].vector)
    [without_biases] = random_directions(ONE_LAYER, 7, count=1)
    assert len(without_biases.vector) == 6


def test_a_row_of_zeros_has_no_direction_and_says_so():
    network = Network((Layer(np.array([[1.0, 2.0], [0.0, 0.0]]), np.zeros(2), "relu"),))
    [direction] = random_directions(network, 0, count=1)
    assert direction.zero_rows == ("1.weights[1]", "1.biases")
    assert direction.vector[2:].tolist() == [0, 0, 0, 0]
    assert direction.norm == pytest.approx(np.sqrt(5))


def test_principal_directions_are_eigenvectors_of_the_second_moments():
    offsets = np.random.default_rng(3).normal(size=(9, 6)) * [5, 3, 1, 1, 1, 1]
    found, shares = principal_directions(offsets)
    values, vectors = np.linalg.eigh(offsets.T @ offsets)
    assert shares == pytest.approx(values[:-3:-1] / values.sum())
    for k, direction in enumerate(found):
        assert abs(direction.vector @ vectors[:, -1 - k]) == pytest.approx(1)
        assert direction.vector[np.abs(direction.vector).argmax()] > 0
    assert angle_between(found) == pytest.approx(90)


def test_a_straight_trajectory_has_one_direction():
    found, shares = principal_directions(np.outer([0.0, 1.0, 2.0], [0.0, 3.0, 4.0]))
    assert found[0].vector == pytest.approx([0, 0.6, 0.8])
    assert (found[1].norm, shares.tolist()) == (0, [1, 0])
    assert angle_between(found) is None
    lonely, shares = principal_directions(np.zeros((1, 3)))
    assert [each.norm for each in lonely] == shares.tolist() == [0, 0]


def test_gradient_and_sharpest_direction_against_the_dense_hessian():
    hessian = Hessian(two_layers(), "squared_error", ONE_SAMPLE)
    (uphill, sharpest), largest = sharpest_directions(hessian.product, hessian.gradient)
    values, vectors = np.linalg.eigh(hessian.dense())
    assert largest == pytest.approx(values[-1]) == pytest.approx(46.7803, abs=1e-4)
    assert abs(sharpest.vector @ vectors[:, -1]) == pytest.approx(1)
    assert uphill.vector @ sharpest.vector >= 0
    assert uphill.vector == pytest.approx(hessian.gradient / np.linalg.norm(hessian.gradient))
    (flat, _), _ = sharpest_directions(hessian.product, np.zeros(21))
    assert flat.norm == 0


def test_coordinates_by_least_squares_and_the_angle():
    u, v = Direction("u", np.array([1.0, 0, 0])), Direction("v", np.array([1.0, 1.0, 0]))
    assert angle_between([u, v]) == pytest.approx(45)
    assert angle_between([u]) is None
    coordinates, distance = project([u, v], np.array([5.0, 2.0, 7.0]))
    assert coordinates == pytest.approx([3, 2])
    assert distance == pytest.approx(7)
    nothing = Direction("0", np.zeros(3))
    assert project([u, nothing], np.array([5.0, 3.0, 4.0]))[0] == pytest.approx([5, 0])


def test_the_steepest_parameters_have_names_that_are_found():
    network = two_layers()
    gradient = np.zeros(network.parameter_count)
    gradient[[7, 20, 9]] = [-3.0, 2.0, 2.0]
    assert steepest_parameters(network, gradient, 3) == ["1.biases[1]", "2.weights[0][0]", "2.biases[2]"]
    for index in range(network.parameter_count):
        assert index_of(network, name_of(network, index), "name") == index
    assert steepest_parameters(network, np.zeros_like(gradient), 2) == first_parameters(network, 2)

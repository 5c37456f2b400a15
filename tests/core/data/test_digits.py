"""Drawings become digits as MNIST's were made: centered by their mass, standardized by the training set."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import digits, mnist


@pytest.mark.mnist
def test_drawings_are_standardized_as_the_data_set_is(mnist_home: Path) -> None:
    known = mnist.load(mnist_home)
    images = mnist.raw_images(mnist_home, "test")[:50].reshape(50, 784).astype(np.float32) / np.float32(255)
    scaled = digits.standardize(images, known.mean, known.std)
    varying = known.std[0] > mnist.STD_FLOOR
    np.testing.assert_array_equal(scaled[:, varying], known.test_inputs[:50][:, varying])
    assert not scaled[:, ~varying].any()
    assert digits.standardize(np.ones((1, 784)), known.mean, known.std).max() < 10_000


@pytest.mark.mnist
def test_mnists_own_digits_come_back_nearly_as_they_are(mnist_home: Path) -> None:
    images = mnist.raw_images(mnist_home, "test")[:200] / 255
    for image in images:
        again = digits.center_digit(image)
        assert np.abs(again - image).max() < 0.35
        assert np.abs(again - image).mean() < 0.01


def test_an_empty_drawing_is_an_empty_image() -> None:
    assert digits.center_digit(np.zeros((280, 280))).tolist() == np.zeros((28, 28)).tolist()


def test_a_square_is_scaled_by_area_and_centered() -> None:
    drawing = np.zeros((280, 280))
    drawing[10:50, 200:240] = 1
    image = digits.center_digit(drawing)
    expected = np.zeros((28, 28))
    expected[4:24, 4:24] = 1
    np.testing.assert_allclose(image, expected)


def test_a_stroke_keeps_its_aspect() -> None:
    drawing = np.zeros((100, 100))
    drawing[10:90, 60:68] = 1
    image = digits.center_digit(drawing)
    assert np.flatnonzero(image.any(axis=1)).tolist() == list(range(4, 24))
    assert np.flatnonzero(image.any(axis=0)).tolist() == [14, 15]


@given(
    side=st.integers(1, 120),
    seed=st.integers(0, 2**32 - 1),
    share=st.floats(0, 1),
)
def test_any_drawing_becomes_an_image_with_its_mass_near_the_center(side: int, seed: int, share: float) -> None:
    generator = np.random.default_rng(seed)
    drawing = generator.random((side, side)) * (generator.random((side, side)) < share)
    image = digits.center_digit(drawing)
    assert image.shape == (28, 28)
    assert 0 <= image.min() <= image.max() <= 1
    if image.any():
        mass = image.sum()
        # A digit whose mass lies far off the middle of its box stops at the edge of the image instead.
        assert abs(image.sum(axis=1) @ np.arange(28) / mass - digits.CENTER) <= 6.5
        assert abs(image.sum(axis=0) @ np.arange(28) / mass - digits.CENTER) <= 6.5

"""A trajectory on a plane: which steps, true losses, distances."""

import numpy as np
import pytest

from core.landscape.directions import Direction
from core.landscape.trajectories import chosen_steps, offsets_from, seen_on, share_held
from core.landscape.vectors import vector_of
from core.training.advance import advance, begin
from core.training.state import Recipe
from tests.core.training.lab_networks import ONE_SAMPLE, two_layers


@pytest.mark.parametrize(("newest", "parameters", "grid"), [(0, 21, 1), (1, 21, 1), (61, 21, 1), (1000, 21, 64)])
def test_steps_are_spread_and_end_at_the_newest(newest, parameters, grid):
    steps = chosen_steps(newest, parameters, grid)
    assert steps[0] == 0
    assert steps[-1] == newest
    assert len(steps) <= 61
    assert all(step % grid == 0 for step in steps[:-1])
    assert steps == sorted(set(steps))


def test_large_networks_have_fewer():
    assert chosen_steps(1000, 4_000_000, 1) == [0, 500, 1000]


def test_points_have_their_own_loss_and_their_distance():
    states, state = [], begin(two_layers(), Recipe(), 0.05, ONE_SAMPLE).state
    losses = [state.loss]
    states.append((0, vector_of(state.network)))
    for step in (1, 2):
        state = advance(state, Recipe(), ONE_SAMPLE, 1).state
        losses.append(state.loss)
        states.append((step, vector_of(state.network)))
    u, v = np.eye(21)[4], np.eye(21)[7]
    center = (10.0, 20.0)
    points = seen_on([Direction("u", u), Direction("v", v)], center, state.network, "squared_error", ONE_SAMPLE, states)
    assert [point.loss for point in points] == pytest.approx(losses)
    theta = vector_of(state.network)
    for point, (_, vector) in zip(points, states, strict=True):
        offset = vector - theta
        assert (point.x, point.y) == pytest.approx((10 + offset[4], 20 + offset[7]))
        assert point.distance == pytest.approx(np.linalg.norm(np.delete(offset, [4, 7])))
    offsets = offsets_from(theta, [vector for _, vector in states])
    assert share_held(offsets, points) == pytest.approx((offsets[:, [4, 7]] ** 2).sum() / (offsets**2).sum())
    assert share_held(offsets[-1:], points[-1:]) is None
    [line] = seen_on([Direction("u", u)], (0.0, 0.0), state.network, "squared_error", ONE_SAMPLE, states[:1])
    assert line.y == 0

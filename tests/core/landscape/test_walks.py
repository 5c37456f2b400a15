"""The same start, many learning rates: the lecture's labs, and what a run of the same updates leads to."""

import numpy as np
import pytest

from core.landscape.curvature import curvature
from core.landscape.walks import first_above, walk
from core.training.advance import advance, begin
from core.training.state import Recipe
from tests.core.training.lab_networks import ONE_LAYER, ONE_SAMPLE, two_layers

LOSS = "squared_error"


def twenty(network, eta):
    return walk(network, LOSS, ONE_SAMPLE, [eta] * 20)


@pytest.mark.parametrize("eta", [0.02, 0.06, 0.1])
def test_a_walk_is_what_a_run_does(eta):
    found = twenty(two_layers(), eta)
    after = advance(begin(two_layers(), Recipe(), eta, ONE_SAMPLE).state, Recipe(), ONE_SAMPLE, 20)
    assert found.losses[1:].tolist() == pytest.approx([record.loss_after for record in after.records], rel=1e-12)


def test_the_lecture_s_two_layers():
    lecture = twenty(two_layers(), 0.1)
    np.testing.assert_allclose(lecture.losses[:4], [3.4776494, 38.8598192, 20.0820436, 16.2664553], rtol=1e-7)
    # slide 51: unit 3 gives nothing from the start, units 1 and 2 from update 2 on
    assert lecture.living[:3].tolist() == [2, 2, 0]
    assert (lecture.living[-1], lecture.outcome) == (0, "rises_first")
    assert twenty(two_layers(), 0.02).outcome == "falls"
    assert (twenty(two_layers(), 0.06).outcome, twenty(two_layers(), 0.06).living[-1]) == ("rises_first", 2)
    assert walk(two_layers(), LOSS, ONE_SAMPLE, [0.1]).outcome == "ends_above"
    assert (twenty(two_layers(), 40).outcome, twenty(two_layers(), 1e20).outcome) == ("ends_above", "diverges")
    assert curvature(lecture.network, LOSS, ONE_SAMPLE).spectrum.largest == pytest.approx(1, abs=1e-9)


def test_the_lecture_s_one_layer():
    # L(η) = 32.5 (1 − 5η)² up to the first kink, at 7/30
    np.testing.assert_allclose(twenty(ONE_LAYER, 0.1).losses, [32.5 * 0.25**k for k in range(21)], rtol=1e-9)
    stuck = twenty(ONE_LAYER, 0.3)
    assert (stuck.living[0], stuck.living[-1]) == (3, 2)
    assert stuck.losses[-1] == pytest.approx(0.5)
    assert twenty(ONE_LAYER, 0.45).living[-1] == 0


def test_no_update_leaves_the_network():
    found = walk(ONE_LAYER, LOSS, ONE_SAMPLE, [])
    assert (found.losses.tolist(), found.living.tolist(), found.outcome) == ([32.5], [3], "stays")


def test_where_a_loss_is_first_above_its_start():
    assert first_above(lambda eta: (1 - 2 * eta) ** 2, 1, np.linspace(0.1, 3, 30)) == pytest.approx(1, rel=1e-12)
    assert first_above(lambda eta: 0, 1, [1, 2]) is None


def test_three_limits_differ():
    grid, start = np.linspace(0.002, 0.12, 60), walk(two_layers(), LOSS, ONE_SAMPLE, []).losses[0]
    limit = curvature(two_layers(), LOSS, ONE_SAMPLE).speed_limit
    one = first_above(lambda eta: walk(two_layers(), LOSS, ONE_SAMPLE, [eta]).losses[-1], start, grid)
    twenty_steps = first_above(lambda eta: twenty(two_layers(), eta).losses.max(), start, grid)
    assert (limit, twenty_steps, one) == pytest.approx((0.04275, 0.0453, 0.0482), abs=1e-4)
    assert one is not None
    for share, side in ((1 - 1e-9, np.less_equal), (1 + 1e-9, np.greater)):
        assert side(walk(two_layers(), LOSS, ONE_SAMPLE, [one * share]).losses[-1], start)

"""Whatever is sent to /backpropagation is answered with numbers or with what would be right, and never with a 5xx."""

import json
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.app.runs.test_examples import ONE_LAYER

NUMBERS = st.one_of(
    st.integers(-5, 5),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([1e308, -1e308, 5e-324, 1e200]),
)
JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=8,
)
NAMES = st.one_of(
    st.text(max_size=130),
    st.from_regex(
        r"(layers|updated|row_gradients|slots)\[[0-9]\]\.(weights|biases|activations|activation_jacobian|deltas|"
        r"weight_gradients|velocity\.weights)(\[[0-3]\]){0,3}",
        fullmatch=True,
    ),
    st.sampled_from(["loss_before", "loss_after", "losses[0]", "loss_gradient[0][1]", "inputs[0][0]", "optimizer.k"]),
)
ACTIVATIONS = st.sampled_from(["linear", "relu", "leaky_relu", "sigmoid", "tanh", "softplus", "softmax"])


def matrix(rows, columns):
    row = st.lists(NUMBERS, min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows)


@st.composite
def bodies(draw):
    """Well-formed bodies with wild numbers, and one field in some of them replaced by junk."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    depth, m = len(sizes) - 1, draw(st.integers(1, 3))
    weights = [draw(matrix(out, into)) for into, out in pairwise(sizes)]
    method = draw(st.sampled_from(["gradient_descent", "momentum", "adagrad", "adam"]))
    rate = draw(st.sampled_from([0.1, 1e-300, 1e6]))
    body = {
        "network": {
            "layer_sizes": sizes,
            "activations": draw(st.lists(ACTIVATIONS, min_size=depth, max_size=depth)),
            "bias": draw(st.booleans()),
            "initialization": {"weights": weights},
        },
        "loss": draw(st.sampled_from(["squared_error", "softmax_cross_entropy", "cross_entropy"])),
        "data": {"inputs": draw(matrix(m, sizes[0])), "targets": draw(matrix(m, sizes[-1]))},
        "optimizer": {"method": method, "learning_rate": rate},
        "precision": draw(st.sampled_from(["float32", "float64"])),
        "sample": draw(st.integers(0, 3)),
        "include": draw(st.lists(st.sampled_from(["jacobians", "row_gradients"]), max_size=2)),
        "why": draw(st.one_of(st.none(), NAMES)),
        "digits": draw(st.integers(1, 17)),
    }
    if draw(st.integers(0, 3)) == 0:
        body[draw(st.sampled_from(sorted(body)))] = draw(JUNK)
    return body


def post(client, address, body):
    return client.post(address, content=json.dumps(body), headers={"Content-Type": "application/json"})


@pytest.mark.parametrize("address", ["/backpropagation", "/backpropagation/notebook"])
def test_never_a_fault_of_the_server(shared_client, address):
    statuses = []

    @given(body=bodies())
    @settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def holds(body):
        answer = post(shared_client, address, body)
        assert answer.status_code in (200, 413, 422), answer.text
        statuses.append(answer.status_code)
        if answer.status_code == 200:
            json.loads(answer.text, parse_constant=lambda name: pytest.fail(f"{name} in an answer"))

    holds()
    # enough are answered for the test to say something
    assert statuses.count(200) > 10


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "-1e999"])
def test_numbers_that_json_does_not_have(shared_client, number):
    content = json.dumps(ONE_LAYER).replace("0.1", number)
    answer = shared_client.post("/backpropagation", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422

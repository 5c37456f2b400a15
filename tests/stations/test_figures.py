"""Figures and sentences are pure: what goes in decides what comes out."""

from typing import Any

import pytest
from playwright.sync_api import Page


@pytest.fixture
def call(calm_page: Page, live_server: Any) -> Any:
    """Call an exported function of one of the pages' modules."""
    calm_page.goto("/")
    sheet = calm_page.locator("link[href*='tokens.css']").get_attribute("href") or ""
    root = sheet.split("/css/")[0]

    def ask(module: str, name: str, *arguments: Any) -> Any:
        body = "async ([path, name, given]) => (await import(path))[name](...given)"
        return calm_page.evaluate(body, [f"{root}/js/{module}.js", name, list(arguments)])

    return ask


@pytest.mark.parametrize(
    ("losses", "labels"),
    [
        ([0.3, 2.5], ["0.3", "0.5", "0.7", "1", "1.5", "2"]),
        ([0.4, 9.1], ["0.5", "1", "2", "5", "10"]),
        ([0.4, 0.5], ["0.4", "0.45", "0.5"]),
        ([75012, 3.5e8], ["10<sup>5</sup>", "10<sup>6</sup>", "10<sup>7</sup>", "10<sup>8</sup>"]),
        ([2.4, 1e30], ["1", *(f"10<sup>{power}</sup>" for power in range(6, 31, 6))]),
    ],
)
def test_ticks_of_a_logarithmic_axis_are_whole_numbers(call: Any, losses: list[float], labels: list[str]) -> None:
    axis = call("drawing/log_ticks", "logTicks", losses)
    assert axis["ticktext"] == labels
    assert all(10 ** axis["range"][0] <= tick <= 10 ** axis["range"][1] for tick in axis["tickvals"])


def test_an_axis_turns_logarithmic_where_a_linear_one_shows_nothing(call: Any) -> None:
    calm = [{"train_loss": 9.1, "test_loss": 9.4}, {"train_loss": 0.2, "test_loss": None}]
    wild = [{"train_loss": 75012, "test_loss": 3.5e8}]
    assert call("runs/loss_curve", "spansDecades", calm) is False
    assert call("runs/loss_curve", "spansDecades", wild) is True
    assert call("runs/loss_curve", "spansDecades", []) is False


RUN = {"step": 40, "network": {"activations": ["relu", "linear"]}, "diagnostics": [], "diverged": False}


def facts(call: Any, **run: Any) -> list[str]:
    state = {"run": RUN | run, "evaluations": [], "rate": None}
    return [fact["text"] for fact in call("stations/mnist/facts", "runFacts", state)]


def test_dead_units_come_first_and_only_the_newest_count(call: Any) -> None:
    dead = [
        {"kind": "dead_units", "layer": 1, "step": step, "message": f"{count} of 32 hidden units are dead"}
        for step, count in ((20, 9), (40, 21))
    ]
    overshot = {"kind": "overshot", "step": 1, "message": "the loss rose from 12.5 to 2.06·10¹²"}
    assert facts(call, diagnostics=[overshot, *dead]) == [
        "21 of 32 hidden units are dead",
        "the loss rose from 12.5 to 2.06·10¹²",
    ]
    assert facts(call) == ["No hidden unit is dead."]
    assert facts(call, network={"activations": ["tanh", "linear"]}) == []


def test_what_steps_did_in_a_sentence(call: Any) -> None:
    record = {"batch_size": 60, "loss_before": 9.1, "loss_after": 8.8}
    run, answer = {"samples": 60}, {"records": [record], "step": 1, "epoch": 1, "evaluations": [], "diverged": False}

    def sentence(**more: Any) -> str:
        return str(call("stations/mnist/sentences", "stepSentence", run, answer | more, 0))

    assert sentence() == "Step 1: the loss on all digits went from 9.100 to 8.800."
    part = record | {"batch_size": 6, "loss_after": None}
    assert sentence(records=[part]) == "Step 1: the loss on this batch was 9.100 before it."
    evaluation = {"step": 3, "train_loss": 0.5, "test_accuracy": 0.801}
    assert sentence(step=3, evaluations=[evaluation]) == (
        "3 steps done, epoch 1: train loss 0.5000, 80.1\u202f% of the test digits right."
    )
    assert sentence(diverged=True, diverged_at=1) == "Step 1: the numbers left the finite range."


def test_code_repeats_every_learning_rate(call: Any) -> None:
    run, schedule = {"configuration": {"preset": "mnist"}}, [{"until": 3, "rate": 0.05}, {"until": 9, "rate": 0.2}]
    shell = call("base/reproduce", "asCurl", run, schedule, "http://here")
    assert "step_to 3 0.05\nstep_to 9 0.2\n" in shell
    python = call("base/reproduce", "asPython", run, schedule, "http://here")
    assert "for goal, rate in [[3,0.05],[9,0.2]]:" in python
    compile(python, "reproduced", "exec")

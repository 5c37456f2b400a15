"""Errors cross a process border and say the same on the other side."""

import pickle

import pytest

from core.errors import (
    DatasetCorrupt,
    DatasetMissing,
    Diverged,
    DownhillError,
    FormulaError,
    InvalidInput,
    LimitExceeded,
)

ERRORS = [
    InvalidInput("loss", "Unknown name."),
    LimitExceeded("count", "At most 5."),
    FormulaError("expression", "Unknown function.", 0, 3, "sin(x)"),
    DatasetMissing("mnist", "downhill fetch mnist"),
    DatasetCorrupt("mnist", "downhill fetch mnist"),
    Diverged(3),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_is_the_same_after_a_journey(error):
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error) != ""
    assert vars(again) == vars(error)


def test_every_error_is_tried():
    def below(kind):
        return {kind} | {each for child in kind.__subclasses__() for each in below(child)}

    ours = {kind for kind in below(DownhillError) if kind.__module__ == "core.errors"} - {DownhillError}
    assert ours == {type(error) for error in ERRORS}

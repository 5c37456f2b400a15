"""Nothing that is written down opens a run."""

import logging
import secrets

import pytest

from app.logs import WithoutIds


@pytest.mark.parametrize("_", range(50))
def test_an_id_is_marked_wherever_it_stands(_: int) -> None:
    run = secrets.token_urlsafe(16)
    try:
        raise KeyError(run)
    except KeyError as error:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "at /runs/%s/step", (run,), (KeyError, error, None))
    said = WithoutIds().format(record)
    assert run not in said
    assert "at /runs/[id]/step" in said
    assert "KeyError" in said


def test_words_stay() -> None:
    for text in ("test_some_long_name_here", "a_name_of_letters_only", "2026-11-26T06:03:55.909+00:00"):
        assert WithoutIds().format(logging.LogRecord("x", logging.ERROR, "", 0, text, (), None)) == text

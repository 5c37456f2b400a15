"""The progress bar says what is read, and how much of it there is."""

import pytest

from app.fetching.progress import ProgressBar


def test_one_bar_for_each_thing_read(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressBar() as show:
        for done in (0, 512, 1024):
            show("images", done, 1024)
        show("checking", 0, None)
    said = capsys.readouterr().err
    assert "images: 100%" in said
    assert "1.02k/1.02k" in said
    assert said.rstrip().endswith("checking …")

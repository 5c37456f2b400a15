"""Settings from the environment: used, or refused with what would be right."""

from pathlib import Path

import pytest

from app.settings import Limits, Settings, SettingsError, from_environment


def test_the_environment_comes_over_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOWNHILL_DATA_DIR", "/some/where")
    monkeypatch.setenv("DOWNHILL_DATABASE_URL", "sqlite:///elsewhere.sqlite3")
    monkeypatch.setenv("DOWNHILL_LIMIT_RUNS", "7")
    monkeypatch.setenv("DOWNHILL_LIMIT_STEP_SECONDS", "1.5")
    monkeypatch.setenv("DOWNHILL_ALLOWED_HOSTS", "lab.example.org, other.example.org,")
    found = from_environment()
    assert found.allowed_hosts == ("lab.example.org", "other.example.org")
    assert (found.data_dir, found.database) == (Path("/some/where"), "sqlite:///elsewhere.sqlite3")
    assert found.limits == Limits(runs=7, step_seconds=1.5)


def test_the_database_is_a_file_of_the_data_directory() -> None:
    assert Settings(data_dir=Path("/data")).database == "sqlite:////data/runs.sqlite3"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("RUNS", "many", "must be a whole number, as 10000"),
        ("RUNS", "1.5", "must be a whole number"),
        ("RUNS", "-1", "must be a whole number"),
        ("STEP_SECONDS", "nan", "must be a number, as 20.0"),
        ("STEP_SECONDS", "inf", "must be a number"),
        ("RUNZ", "1", "Known: DOWNHILL_LIMIT_BODY_BYTES"),
    ],
)
def test_a_limit_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, text: str, said: str) -> None:
    monkeypatch.setenv(f"DOWNHILL_LIMIT_{name}", text)
    with pytest.raises(SettingsError, match=said) as caught:
        from_environment()
    assert f"DOWNHILL_LIMIT_{name}" in str(caught.value)

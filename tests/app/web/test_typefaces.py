"""The letters of the pages: small, whole, and kept."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from fontTools.ttLib import TTFont

from app.web import assets, typefaces


@pytest.fixture
def fonts(shared_client: TestClient) -> dict[str, bytes]:
    urls = shared_client.app.state.assets.urls  # type: ignore[attr-defined]
    site = TestClient(shared_client.app, base_url="http://localhost")
    answers = {name: site.get(urls[name]) for name in ("math_font", "text_font")}
    assert all(answer.headers["content-type"] == "font/woff2" for answer in answers.values())
    assert all("immutable" in answer.headers["cache-control"] for answer in answers.values())
    return {name: answer.content for name, answer in answers.items()}


def test_what_is_sent_is_small_and_has_what_pages_write(fonts: dict[str, bytes]) -> None:
    assert sum(map(len, fonts.values())) < 90_000
    math, text = (TTFont(io.BytesIO(fonts[name])) for name in ("math_font", "text_font"))
    assert "MATH" in math
    assert {ord(letter) for letter in "∂∇Δδηλ𝑥𝜂𝐖ŷ∞≈⊙ᵀℝ₀⁽√" if letter not in "ŷᵀ"} <= set(math.getBestCmap())
    characters = text.getBestCmap()
    assert {ord(letter) for letter in "Aa0−×≈→·’…"} <= set(characters)
    assert ord("η") not in characters
    assert len({text["hmtx"][characters[ord(digit)]][0] for digit in "0123456789"}) == 1
    line, size = text["hhea"], text["head"].unitsPerEm
    assert (line.ascent - line.descent) / size == pytest.approx(1.17)
    assert [axis.axisTag for axis in text["fvar"].axes] == ["wght"]


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(typefaces, "user_cache_path", lambda _: tmp_path / "kept")
    typefaces.woff2.cache_clear()
    yield tmp_path / "kept"
    typefaces.woff2.cache_clear()


def test_a_subset_is_made_once_on_a_machine_and_again_where_nothing_can_be_kept(
    cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    monkeypatch.setattr(typefaces, "_make", lambda source, _: made.append(source) or b"letters")  # type: ignore[func-returns-value]
    source = Path(assets.__file__)
    assert typefaces.woff2(source, typefaces.TEXT) == b"letters"
    typefaces.woff2.cache_clear()
    assert typefaces.woff2(source, typefaces.TEXT) == b"letters"
    assert len(made) == 1
    assert [path.suffix for path in cache_folder.iterdir()] == [".woff2"]
    monkeypatch.setattr(typefaces, "user_cache_path", lambda _: source / "no-folder")
    typefaces.woff2.cache_clear()
    assert typefaces.woff2(source, typefaces.TEXT) == b"letters"
    assert len(made) == 2

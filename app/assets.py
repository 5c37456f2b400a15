"""Files for the pages: ours, and those that installed packages carry."""

import gzip
import hashlib
from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles

HERE = Path(__file__).parent
IMMUTABLE = "public, max-age=31536000, immutable"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".ttf": "font/ttf"}


def folder(name: str) -> Path:
    """`static` or `templates`: inside the installed package, or beside it in a checkout."""
    inside = HERE / name
    return inside if inside.is_dir() else HERE.parent / name


def _package(name: str) -> Path:
    """The folder of an installed package, without importing it."""
    found = find_spec(name)
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


def _vendored() -> dict[str, Path]:
    swagger = _package("fastapi_offline") / "static"
    return {
        "plotly": _package("plotly") / "package_data" / "plotly.min.js",
        "math_font": _package("ziamath") / "fonts" / "STIXTwoMath-Regular.ttf",
        "swagger_js": swagger / "swagger-ui-bundle.js",
        "swagger_css": swagger / "swagger-ui.css",
    }


def _fingerprint(root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class Assets:
    """Addresses that change with the content, so that browsers may keep it for good."""

    def __init__(self) -> None:
        self.static = folder("static")
        self.root = f"/static/{_fingerprint(self.static)}"
        self.urls = {"static": self.root}
        self._files: dict[str, tuple[bytes, bytes, str]] = {}
        for name, path in _vendored().items():
            content = path.read_bytes()
            key = f"{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"
            self.urls[name] = f"/static/vendor/{key}"
            self._files[key] = content, gzip.compress(content, 6), _TYPES[path.suffix]

    def mount(self, app: FastAPI) -> None:
        """Serve everything."""
        app.add_api_route("/static/vendor/{name}", self._vendor, include_in_schema=False)
        app.mount(self.root, StaticFiles(directory=self.static), name="static")

    async def _vendor(self, request: Request, name: str) -> Response:
        found = self._files.get(name)
        if found is None:
            return Response(status_code=404)
        content, compressed, media_type = found
        headers = {"Cache-Control": IMMUTABLE, "Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(compressed, headers=headers | {"Content-Encoding": "gzip"}, media_type=media_type)
        return Response(content, headers=headers, media_type=media_type)

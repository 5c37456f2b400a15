"""Files for the pages: ours, and those that installed packages carry."""

import gzip
import hashlib
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from app.web.typefaces import MATH, TEXT, woff2

HERE = Path(__file__).parent.parent
IMMUTABLE = "public, max-age=31536000, immutable"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_IMPORT = re.compile(r"""^(?:import|export)\b[^"';]*"(\.[^"]+)";""", re.MULTILINE)


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
        "swagger_js": swagger / "swagger-ui-bundle.js",
        "swagger_css": swagger / "swagger-ui.css",
    }


STIX = _package("ziamath") / "fonts" / "STIXTwoMath-Regular.ttf"
MANROPE = _package("font_manrope") / "files" / "Manrope-VariableFont_wght.ttf"


def _typefaces() -> dict[str, bytes]:
    return {"math_font": woff2(STIX, MATH), "text_font": woff2(MANROPE, TEXT)}


@cache
def _packed(path: Path) -> tuple[str, bytes, bytes]:
    """A file: its name by content, its bytes, and these compressed, which is done once in a process."""
    content = path.read_bytes()
    return f"{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}", content, gzip.compress(content, 6)


def _files_below(root: Path) -> dict[str, Path]:
    return {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*")) if path.suffix in _TYPES}


def _fingerprint(files: dict[str, Path]) -> str:
    digest = hashlib.sha256()
    for path in files.values():
        digest.update(_packed(path)[1])
    return digest.hexdigest()[:12]


class Assets:
    """Addresses that change with the content, so that browsers may keep it for good; all is read at the start."""

    def __init__(self) -> None:
        self._scripts = folder("static") / "js"
        own = _files_below(folder("static"))
        self.root = f"/static/{_fingerprint(own)}"
        self.urls = {"static": self.root}
        self._files = {f"{self.root}/{name}": path for name, path in own.items()}
        for name, path in _vendored().items():
            self.urls[name] = f"/static/vendor/{_packed(path)[0]}"
            self._files[self.urls[name]] = path
        self._fonts: dict[str, bytes] = {}
        for name, content in _typefaces().items():
            self.urls[name] = f"/static/vendor/{hashlib.sha256(content).hexdigest()[:12]}.woff2"
            self._fonts[self.urls[name]] = content
        self.scripts = cache(self._reached_from)

    def mount(self, app: FastAPI) -> None:
        """Serve everything."""
        app.add_api_route("/static/{name:path}", self._answer, include_in_schema=False)

    def _reached_from(self, script: str) -> tuple[str, ...]:
        """A script, first, and all that it imports, by names below `static/js`: a page asks for them at once."""
        reached = {script: None}
        waiting = [script]
        while waiting:
            path = self._scripts / waiting.pop()
            for found in _IMPORT.findall(path.read_text()):
                name = (path.parent / found).resolve().relative_to(self._scripts.resolve()).as_posix()
                if name not in reached:
                    reached[name] = None
                    waiting.append(name)
        return tuple(reached)

    async def _answer(self, request: Request) -> Response:
        if font := self._fonts.get(request.url.path):
            return Response(font, headers={"Cache-Control": IMMUTABLE}, media_type="font/woff2")
        path = self._files.get(request.url.path)
        if path is None:
            raise HTTPException(404)
        _, content, compressed = _packed(path)
        headers = {"Cache-Control": IMMUTABLE, "Vary": "Accept-Encoding"}
        media_type = _TYPES[path.suffix]
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(compressed, headers=headers | {"Content-Encoding": "gzip"}, media_type=media_type)
        return Response(content, headers=headers, media_type=media_type)

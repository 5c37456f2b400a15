"""One room, one rule: what each folder may import, and who alone may import a library or touch the outside."""

import re
from pathlib import Path

import pytest

from tests.architecture.test_architecture import PYTHON, ROOT, SCRIPTS, assert_no_circle, imported, relative

# room -> the rooms (or single files) that it may import from, beside itself; a file belongs to its innermost room
ROOMS = {
    "core": (),
    "core/network": ("core",),
    "core/data": ("core", "core/network"),
    "core/training": ("core", "core/network", "core/data/samples.py", "core/data/datasets.py"),
    "core/teaching/exercises": ("core", "core/network", "core/lecture"),
    "core/teaching": ("core", "core/network", "core/training", "core/data/datasets.py"),
    "core/landscape": ("core", "core/network", "core/training", "core/data/samples.py"),
    "core/formulas": ("core", "core/network/activations.py"),
    "core/calculus/derivation": ("core", "core/formulas", "core/calculus"),
    "core/calculus": (
        "core",
        "core/network/activations.py",
        "core/formulas",
        "core/training/optimizers.py",
        "core/training/schedules.py",
    ),
    "core/lecture": (),
    "app": ("core", "app"),
    "app/web": (
        "core",
        "app",
        "app/schemas",
        "app/runs",
        "app/functions",
        "app/teaching",
        "app/landscape",
        "app/events",
    ),
    "app/schemas": ("core", "app"),
    "app/runs": ("core", "app", "app/schemas", "app/store", "app/computing", "app/events"),
    "app/functions": ("core", "app", "app/schemas", "app/computing"),
    "app/teaching": ("core", "app", "app/schemas", "app/runs", "app/landscape", "app/functions"),
    "app/landscape": ("core", "app", "app/schemas", "app/runs", "app/computing"),
    "app/store": ("core", "app"),
    "app/computing": ("app",),
    "app/events": ("app",),
    "app/fetching": ("core", "app"),
}
# these put the server together, and may import from every room of app
DOORS = {"app/main.py", "app/cli.py", "app/backend.py"}
# what is imported -> the rooms and files that alone may import it
ONLY_IMPORTERS = {
    "sympy": ("core/calculus/",),
    "mpmath": ("core/calculus/",),
    "core.calculus": ("core/calculus/", "app/functions/"),
    "fastapi": ("app/web/", "app/main.py"),
    "starlette": ("app/web/", "app/main.py"),
    "pydantic": ("app/schemas/",),
    "sqlalchemy": ("app/store/",),
    "threading": ("app/computing/", "core/training/sweep.py"),
    "multiprocessing": ("app/computing/",),
    "concurrent.futures": ("app/computing/", "core/training/sweep.py"),
    "pebble": ("app/computing/",),
    "uvicorn": ("app/cli.py",),
    "app.web": ("app/web/", "app/main.py"),
}

# what breaks a rule today; empty when the move into the rooms is over
NOT_YET: set[str] = set()

JAVASCRIPT = ROOT / "static" / "js"
# room of static/js -> the rooms that it may import from, beside itself; a station imports no other station
SCRIPT_ROOMS = {
    "base": (),
    "drawing": ("base",),
    "typesetting": ("base",),
    "controls": ("base", "typesetting"),
    "station": ("base", "drawing", "typesetting", "controls"),
    "runs": ("base", "drawing", "typesetting", "controls"),
    "descent": ("base", "drawing", "typesetting", "controls"),
    "stations": ("base", "drawing", "typesetting", "controls", "station", "runs", "descent"),
    "pages": ("base", "drawing", "typesetting", "controls", "station", "runs", "descent", "stations"),
}
# what a script calls -> the rooms and files that alone may
ONLY_CALLERS = {
    r"\bfetch\(": ("base/api.js",),
    r"\bPlotly\.": ("drawing/plot.js",),
    r"\bnew EventSource\(": ("base/",),
}


def room_of(path: Path) -> str:
    """The innermost room that a file of ours belongs to."""
    return max((room for room in ROOMS if relative(path).startswith(f"{room}/")), key=len)


def files_imported(path: Path) -> set[Path]:
    """The files of ours that a file imports."""
    found = set()
    for name in imported(path):
        parts = name.split(".")
        while parts and parts[0] in ("core", "app"):
            target = ROOT.joinpath(*parts)
            if target.with_suffix(".py").is_file() or (target / "__init__.py").is_file():
                found.add(target.with_suffix(".py") if target.with_suffix(".py").is_file() else target / "__init__.py")
                break
            parts.pop()
    return found


@pytest.mark.parametrize("path", PYTHON, ids=relative)
def test_a_file_imports_what_its_room_may(path: Path) -> None:
    if relative(path) in DOORS:
        return
    room = room_of(path)
    allowed = {room, *ROOMS[room]}
    wide = {"core"} if room.startswith("app") else set()
    wrong = [
        relative(target)
        for target in files_imported(path)
        if room_of(target) not in allowed
        and relative(target) not in allowed
        and room_of(target).split("/")[0] not in wide
    ]
    assert not {f"{relative(path)} → {target}" for target in wrong} - NOT_YET, f"{relative(path)} stands in {room}"


@pytest.mark.parametrize("library", ONLY_IMPORTERS)
def test_a_library_has_its_room(library: str) -> None:
    importing = {
        relative(path) for path in PYTHON if any(f"{name}.".startswith(f"{library}.") for name in imported(path))
    }
    assert importing, f"nobody imports {library}: the rule is no longer needed"
    wrong = [path for path in sorted(importing) if not path.startswith(ONLY_IMPORTERS[library])]
    assert not {f"{path} → {library}" for path in wrong} - NOT_YET


def test_every_room_has_its_sentence() -> None:
    rooms = {path.parent for path in PYTHON}
    assert {relative(room) for room in rooms} - {"app/web/routes"} == set(ROOMS)
    for room in rooms:
        assert (room / "__init__.py").read_text().startswith('"""'), relative(room)


def scripts_named_in(path: Path) -> set[Path]:
    """The scripts that a script imports, also for their types alone."""
    named = re.findall(r"""(?:\bfrom\s+|\bimport\s*\(?\s*)"(\.[^"]+)\"""", path.read_text())
    return {(path.parent / name).resolve() for name in named}


def script_room(path: Path) -> str:
    """The room of a script; each station is one of its own."""
    parts = path.relative_to(JAVASCRIPT).parts
    return "/".join(parts[:2]) if parts[0] == "stations" else parts[0]


def test_scripts_import_what_their_room_may_and_make_no_circle() -> None:
    edges = {path: scripts_named_in(path) for path in JAVASCRIPT.rglob("*.js")}
    assert sum(map(len, edges.values())) > len(edges)
    wrong = []
    for path, named in edges.items():
        room = script_room(path)
        for below in named:
            allowed = SCRIPT_ROOMS[room.split("/")[0]]
            if script_room(below) != room and script_room(below).split("/")[0] not in allowed:
                wrong.append(f"{relative(path)} → {relative(below)}")
    assert not set(wrong) - NOT_YET
    assert_no_circle({relative(path): [relative(below) for below in named] for path, named in edges.items()})


@pytest.mark.parametrize("pattern", ONLY_CALLERS)
def test_who_asks_and_who_draws(pattern: str) -> None:
    using = [path for path in SCRIPTS if path.suffix == ".js" and re.search(pattern, path.read_text())]
    assert using
    allowed = ONLY_CALLERS[pattern]
    assert not [relative(path) for path in using if not path.relative_to(JAVASCRIPT).as_posix().startswith(allowed)]

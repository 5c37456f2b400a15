"""The rules of the house that a program can check: imports go down, files and functions stay small."""

import ast
import re
import subprocess
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WEB = {"app", "fastapi", "starlette", "pydantic", "sqlalchemy", "httpx", "uvicorn", "jinja2", "json5"}
SYMBOLIC = re.compile(r"core/(expressions|calculus)\w*\.py")
BANNED_NAMES = re.compile(r"(^|_)(utils?|helpers?|managers?|services?|common)(_|\.|$)")
TOP_LEVEL = {
    ".ci",
    ".dockerignore",
    ".gitignore",
    "CHANGELOG.md",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "README.md",
    "app",
    "bench",
    "core",
    "pyproject.toml",
    "static",
    "templates",
    "tests",
}
FILE_LINES = 400
FUNCTION_LINES = 40
# path or path::function -> why it may be longer
LONGER: dict[str, str] = {}

PYTHON = sorted(path for room in ("core", "app") for path in (ROOT / room).rglob("*.py"))
ALL_PYTHON = PYTHON + sorted(path for room in ("tests", "bench") for path in (ROOT / room).rglob("*.py"))
SCRIPTS = sorted(path for path in (ROOT / "static").rglob("*") if path.suffix in {".js", ".css"})

JAVASCRIPT = ROOT / "static" / "js"
# the rooms of the pages from the ground up; a script beside them that is no ground stands with api and store
GROUND = {"format.js", "program.js", "scales.js", "theme.js"}
FLOORS = ("ground", "figures", "api, store and the like", "views", "effects", "pages")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    return listing.stdout.splitlines()


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{relative(path)}: imports are written in full"
            assert node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, FUNCTION):
            yield node.name, own_lines(node)


def own_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines without the docstring, and without inner functions, which are measured on their own."""
    inner = sum(span(child) for child in node.body if isinstance(child, FUNCTION))
    return span(node) - docstring_lines(node) - inner


def span(node: ast.stmt) -> int:
    assert node.end_lineno
    first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])
    return node.end_lineno - first + 1


def docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    # A numpydoc text with shapes and sources is no length of code.
    if ast.get_docstring(node) is None:
        return 0
    return span(node.body[0])


@pytest.mark.parametrize("path", sorted((ROOT / "core").rglob("*.py")), ids=relative)
def test_the_core_knows_no_web(path: Path) -> None:
    roots = {name.split(".")[0] for name in imported(path)}
    assert not roots & WEB
    if not SYMBOLIC.fullmatch(relative(path)):
        assert not roots & {"sympy", "mpmath"}


@pytest.mark.parametrize("path", sorted((ROOT / "app").rglob("*.py")), ids=relative)
def test_below_the_routes_nothing_knows_the_routes(path: Path) -> None:
    if relative(path).startswith("app/routes/") or path.name in {"main.py", "cli.py"}:
        return
    assert not [name for name in imported(path) if name.startswith(("app.routes", "app.main", "app.cli"))]


def test_imports_make_no_circle() -> None:
    names = {relative(path)[:-3].replace("/", ".").removesuffix(".__init__"): path for path in PYTHON}
    modules = {name: [module_of(target, names) for target in imported(path)] for name, path in names.items()}
    assert_no_circle({name: {below for below in found if below and below != name} for name, found in modules.items()})


def assert_no_circle(edges: Mapping[str, Collection[str]]) -> None:
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail, name))
        if name not in done:
            for below in edges[name]:
                visit(below, (*trail, name))
            done.add(name)

    for name in edges:
        visit(name, ())


def module_of(target: str, names: Collection[str]) -> str | None:
    """The module of ours that an imported name lives in."""
    while target and target not in names:
        target = target.rpartition(".")[0]
    return target or None


@pytest.mark.parametrize("path", ALL_PYTHON + SCRIPTS, ids=relative)
def test_files_stay_small(path: Path) -> None:
    lines = len(path.read_text().splitlines())
    assert lines <= FILE_LINES or relative(path) in LONGER, f"{lines} lines"


@pytest.mark.parametrize("path", PYTHON, ids=relative)
def test_functions_stay_small(path: Path) -> None:
    long = {name: length for name, length in functions(path) if length > FUNCTION_LINES}
    assert not {name for name in long if f"{relative(path)}::{name}" not in LONGER}, long


def test_what_may_be_longer_exists_and_says_why() -> None:
    for entry, why in LONGER.items():
        assert (ROOT / entry.split("::")[0]).exists()
        assert why


def test_names_say_something() -> None:
    assert not [path for path in tracked() if any(BANNED_NAMES.search(part) for part in Path(path).parts)]


def test_the_top_level_holds_what_it_should() -> None:
    assert {Path(path).parts[0] for path in tracked()} <= TOP_LEVEL


def test_templates_hold_no_script_and_nothing_from_elsewhere() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        for opening in re.findall(r"<script\b[^>]*>", text):
            assert "src=" in opening or "application/json" in opening or "importmap" in opening, relative(path)
        assert not re.search(r"""\son\w+\s*=\s*["']""", text), relative(path)
        assert not re.search(r"""<(script|link|img)\b[^>]*(src|href)\s*=\s*["']https?:""", text), relative(path)


def test_pages_neither_evaluate_nor_write_markup() -> None:
    for path in SCRIPTS:
        text = path.read_text()
        if path.suffix == ".js":
            assert not re.search(r"\beval\(|new Function\(|\.innerHTML\b|\.outerHTML\b|document\.write\(", text), (
                relative(path)
            )
        assert not re.search(r"""(import|from|url\()\s*["']?https?:""", text), relative(path)


def floor_of(path: Path) -> int:
    """How high above the ground a script of the pages stands."""
    room = path.relative_to(JAVASCRIPT).parts[0]
    return 0 if room in GROUND else FLOORS.index(room) if room in FLOORS else 2


def scripts_named_in(path: Path) -> set[Path]:
    """The scripts that a script imports, also for their types alone."""
    named = re.findall(r"""(?:\bfrom\s+|\bimport\s*\(?\s*)"(\.[^"]+)\"""", path.read_text())
    return {(path.parent / name).resolve() for name in named}


def test_imports_of_scripts_go_down_and_make_no_circle() -> None:
    edges = {path: scripts_named_in(path) for path in JAVASCRIPT.rglob("*.js")}
    assert sum(map(len, edges.values())) > len(edges)
    assert not [
        f"{relative(path)} → {relative(below)}"
        for path, named in edges.items()
        for below in named
        if floor_of(below) > floor_of(path)
    ]
    assert_no_circle({relative(path): [relative(below) for below in named] for path, named in edges.items()})


@pytest.mark.parametrize(
    ("pattern", "rooms"),
    [
        (r"\bfetch\(", ("api.js",)),
        (r"\bPlotly\.", ("views/plot.js",)),
        (r"\b(document|window|globalThis)\.", ("effects/", "views/", "pages/", "theme.js", "first_paint.js")),
    ],
)
def test_who_asks_draws_and_touches_the_page(pattern: str, rooms: tuple[str, ...]) -> None:
    using = [path for path in JAVASCRIPT.rglob("*.js") if re.search(pattern, path.read_text())]
    assert using
    assert not [relative(path) for path in using if not path.relative_to(JAVASCRIPT).as_posix().startswith(rooms)]


def test_core_draws_no_hidden_random_numbers_and_reads_no_clock() -> None:
    for path in (ROOT / "core").rglob("*.py"):
        names = set(imported(path))
        assert not {name for name in names if name.split(".")[0] in {"time", "datetime", "random"}}, relative(path)
        assert not re.search(r"np\.random\.(seed|rand|randn|normal|uniform|shuffle)\(", strip(path)), relative(path)


def strip(path: Path) -> str:
    """The code without docstrings and comments, which may name what the code must not call."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value = ast.Constant("")
    return ast.unparse(tree)

"""The rules of the house that a program can check: imports go down, files and functions stay small."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pytest

from tests.architecture.script_functions import script_functions

ROOT = Path(__file__).resolve().parents[2]
WEB = {"app", "fastapi", "starlette", "pydantic", "sqlalchemy", "httpx", "uvicorn", "jinja2", "json5"}
BANNED_NAMES = re.compile(r"(^|_)(utils?|helpers?|managers?|services?|common)(_|\.|$)")
TOP_LEVEL = {
    ".ci",
    ".dockerignore",
    ".gitattributes",
    ".gitignore",
    ".prettierrc.json",
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
WHOLE_LINES = 100  # of a function with the functions in it, which are measured on their own too
BRANCHES = 10
LINE_WIDTH = 120
# path or path::function -> why it may be longer
LONGER: dict[str, str] = {}

PYTHON = sorted(path for room in ("core", "app") for path in (ROOT / room).rglob("*.py"))
ALL_PYTHON = PYTHON + sorted(path for room in ("tests", "bench") for path in (ROOT / room).rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted(path for path in (ROOT / "static").rglob("*") if path.suffix in {".js", ".css"})


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


def functions(path: Path) -> Iterator[tuple[str, int, int]]:
    """The name of each function, inner ones too, its own lines, and its lines with what is in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, FUNCTION):
            yield node.name, own_lines(node), span(node) - docstring_lines(node)


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
    # ruff's C90 holds their branches
    long = {name: own for name, own, whole in functions(path) if own > FUNCTION_LINES or whole > WHOLE_LINES}
    assert not {name for name in long if f"{relative(path)}::{name}" not in LONGER}, long


@pytest.mark.parametrize("path", [path for path in SCRIPTS if path.suffix == ".js"], ids=relative)
def test_functions_of_scripts_stay_small(path: Path) -> None:
    found = script_functions(path.read_text())
    large = {
        f"{relative(path)}::{each.name}"
        for each in found
        if each.lines > FUNCTION_LINES or each.whole > WHOLE_LINES or each.branches > BRANCHES
    }
    assert not large - LONGER.keys()


SCRIPT = """
/** The longest { of all */
export async function outer({ a, b = () => ({}) } = {}) {
  const inner = (x) => (x ? "}" : `${x ?? `{${x && 1}`}`);
  /**
   * A note.
   */
  const arrow = async ([x]) => {
    if (/[/}]/.test(x)) return 1; // }
    for (const each of x) while (each) break;
    return x === 1 || x === 2 ? 3 : 4;
  };
  return {
    method(y) {
      switch (y) {
        case 1:
          return y?.z;
      }
    },
    given: y => arrow(y),
  };
}
"""


def test_functions_of_a_script_are_found_and_measured() -> None:
    measured = {each.name: (each.whole, each.lines, each.branches) for each in script_functions(SCRIPT)}
    # name: all lines, lines of its own, branches
    assert measured == {"outer": (20, 5, 0), "inner": (1, 1, 1), "arrow": (5, 5, 4), "method": (6, 6, 1)}


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


@pytest.mark.parametrize("path", SCRIPTS, ids=relative)
def test_lines_fit(path: Path) -> None:
    assert not [number for number, line in enumerate(path.read_text().splitlines(), 1) if len(line) > LINE_WIDTH]


def test_the_package_names_what_it_ships() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = project["tool"]["setuptools"]["packages"]
    for room in ("core", "app"):
        folders = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / room).rglob("*.py")}
        assert {folder.replace("/", ".") for folder in folders} <= set(packages)
    shipped = {Path(pattern).suffix for pattern in project["tool"]["setuptools"]["package-data"]["app.static"]}
    assert {path.suffix for path in (ROOT / "static").rglob("*") if path.is_file()} - {".ts"} <= shipped


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_a_line_of_a_template_fits(path: Path) -> None:
    assert not [number for number, line in enumerate(path.read_text().splitlines(), 1) if len(line) > LINE_WIDTH]

"""The shape of the code: who imports whom, who prints, who reads the environment, how long a function gets."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "summarizer"
MODULES = sorted(PACKAGE.rglob("*.py"))
# A module imports from lower levels, or from its own package; within a level the order of the tuple counts.
LEVELS = (
    ("errors",),
    ("records",),
    ("resources", "concurrency"),
    ("settings", "languages", "tokens", "prompts"),
    ("content", "identify", "inflection", "quotations", "stopping"),
    ("glossary", "names"),
    ("figures",),
    ("typography",),
    ("checks",),
    ("verdicts",),
    ("sentence_rules",),
    ("sentences",),
    ("articles", "chunks"),
    ("fetch",),
    ("engines",),
    ("offline",),
    ("llm",),
    ("shortening",),
    ("repair",),
    ("engine_choice", "sources"),
    ("pipeline", "submitted"),
    ("forecast",),
    ("publish",),
    ("job", "testing"),
    ("cli",),
)
RANK = {name: rank for rank, names in enumerate(LEVELS) for name in names}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
LAZY = {
    "openai",
    "httpx2",
    "tenacity",
    "tiktoken",
    "trafilatura",
    "py3langid",
    "rich",
    "lxml",
    "markdown_it",
    "numpy",
    "jinja2",
    "feedparser",
    "protego",
}
# Modules that extend a slow library, and are imported with it, as late.
EXTENSIONS = {"summarizer.llm.connections": "httpx2"}


def unit(path: Path) -> str:
    """The module or package directly below `summarizer` that a file belongs to."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(tree: ast.AST) -> Iterator[tuple[str, ast.stmt]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node
            if node.module == "summarizer":
                yield from ((f"summarizer.{alias.name}", node) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)


def type_checking_lines(tree: ast.AST) -> set[int]:
    """Lines inside `if TYPE_CHECKING:`, which never run."""
    guards = [n for n in ast.walk(tree) if isinstance(n, ast.If) and getattr(n.test, "id", "") == "TYPE_CHECKING"]
    return {line for guard in guards for line in range(guard.lineno, (guard.end_lineno or guard.lineno) + 1)}


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p.parent != PACKAGE or p.stem not in {"__init__", "__main__"}], ids=str
)
def test_imports_go_one_way(path: Path) -> None:
    """A module imports only from levels below its own, or from its own package."""
    tree, home = parsed(path), unit(path)
    hidden = type_checking_lines(tree)
    for name, node in imports(tree):
        parts = name.split(".")
        if parts[0] != "summarizer" or len(parts) < 2 or parts[1] == "__version__" or node.lineno in hidden:
            continue
        if parts[1] in RANK and parts[1] != home:
            assert RANK[parts[1]] < RANK[home], f"{home} imports {parts[1]} at line {node.lineno}"


def test_every_module_has_a_level() -> None:
    """A new module is given its place in the table."""
    assert {unit(path) for path in MODULES} - {"__init__", "__main__"} <= set(RANK)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_functions_are_short(path: Path) -> None:
    """No function is longer than 60 lines, takes more than six parameters or, if public, any keyword."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, FUNCTIONS):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name
            names = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
            assert len([name for name in names if name not in {"self", "cls"}]) <= 6, node.name
            if not node.name.startswith("_") and node.name != "settings_customise_sources":
                assert node.args.kwarg is None, node.name


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_side_effects_stay_in_their_place(path: Path) -> None:
    """Only the command line prints, only settings read the environment, only one named place catches everything."""
    text = path.relative_to(PACKAGE).as_posix()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            assert text.startswith("cli/"), f"print at line {node.lineno}"
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}:
            assert text == "settings.py", f"environment at line {node.lineno}"
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "everything"
            if caught in {"everything", "Exception"}:
                assert text in {"pipeline.py", "verdicts.py"}, f"except {caught} at line {node.lineno}"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_heavy_libraries_are_imported_late(path: Path) -> None:
    """No module imports a slow library when it is itself imported."""
    tree = parsed(path)
    hidden = type_checking_lines(tree)
    late = {id(inner) for node in ast.walk(tree) if isinstance(node, FUNCTIONS) for inner in ast.walk(node)}
    own = EXTENSIONS.get(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    for name, statement in imports(tree):
        if id(statement) not in late and statement.lineno not in hidden:
            assert name.split(".")[0] not in LAZY - {own}, name
            assert name not in EXTENSIONS, name

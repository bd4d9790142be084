"""The house holds: who may import whom, which room alone knows a library, who touches the disk."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "generator"
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}

# room -> the other rooms that it may import
TABLE = {
    "__init__": set(),
    "errors": set(),
    "values": set(),
    "model": {"values"},
    "evaluation": {"values", "model"},
    "read": {"errors", "values", "model", "evaluation"},
    "shape": {"model", "values", "evaluation"},
    "render": {"errors", "model", "shape"},
    "write": set(),
    "plain": set(),
    "leaks": {"plain"},
    "feuilles": {"errors", "model", "render", "shape"},
    "dossiers": {"errors", "read", "render", "shape", "write"},
    "publish": {"errors", "values", "feuilles", "read", "render"},
    "verify": {"errors", "model", "read"},
    "french": set(),
    "host": set(),
    "hook": {"errors", "publish"},
    "outcome": {"errors", "french", "host", "leaks", "write"},
    "commands": {
        *("errors", "values", "model", "read", "publish", "write", "french", "host", "outcome"),
        "verify",
        *("dossiers", "feuilles", "leaks", "shape"),
    },
    "cli": {"commands", "french", "outcome"},
    "__main__": {"cli"},
}
COMMANDS = {name.removeprefix("generator.") for name in MODULES if ".commands." in name}
# library -> the only modules that may know it
LIBRARIES = {
    "click": {"cli", "french", "outcome", *COMMANDS},
    "mkdocs": {"hook"},
    "yaml": {"read.source", "read.builder"},
    "pydantic": {"values", "model", "evaluation", "read.schema"},
    "pydantic_core": {"values", "model"},
    "jinja2": {"render.environment", "render.pages", "render.dossier"},
    "markupsafe": {"render.environment", "render.pages", "render.dossier"},
    "filelock": {"write"},
    "pypdf": {"plain"},
    "typst": {"render.pdf"},
    "pikepdf": {"render.reliure"},
    "segno": {"render.qr"},
}
# What the public build must not reach: these open, or show, an evaluation.
PRIVATE = {"generator.evaluation", "generator.read.promotion", "generator.render.dossier"}
DISK = {"open", "write_text", "write_bytes", "mkdir", "rename", "replace_file", "unlink", "rmtree"}


def imports(module: str) -> set[str]:
    """Every module that this one names, ours as their whole dotted name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import"
            name = node.module or ""
            inside = {f"{name}.{alias.name}" for alias in node.names} & set(MODULES)
            found |= inside or {name}
    return found


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def reached(module: str) -> set[str]:
    """Everything of ours that importing this module imports."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        if (name := waiting.pop()) not in seen and name in MODULES:
            seen.add(name)
            waiting += imports(name)
    return seen


def test_every_module_is_seen() -> None:
    assert len(MODULES) >= 25
    assert {"generator.hook", "generator.read.source", "generator.shape.grille"} <= set(MODULES)
    assert {room(module) for module in MODULES} == set(TABLE)


@pytest.mark.parametrize("module", MODULES)
def test_imports_follow_the_table(module: str) -> None:
    ours = {room(name) for name in imports(module) if name in MODULES} - {room(module)}
    assert ours <= TABLE[room(module)]


@pytest.mark.parametrize("module", MODULES)
def test_a_library_has_one_room(module: str) -> None:
    name = module.removeprefix("generator.")
    roots = {found.split(".")[0] for found in imports(module)}
    foreign = roots - {"generator", "__future__"} - sys.stdlib_module_names
    assert foreign <= set(LIBRARIES)
    assert {library for library in foreign if name not in LIBRARIES[library]} == set()


@pytest.mark.parametrize("module", MODULES)
def test_only_read_opens_and_only_write_writes(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {c.attr for c in calls if isinstance(c, ast.Attribute)}
    names |= {c.id for c in calls if isinstance(c, ast.Name)}
    allowed = {
        "generator.read.files": {"open"},
        "generator.leaks": {"open"},
        "generator.render.reliure": {"open"},  # pikepdf's, of bytes
        "generator.write": DISK,
    }.get(module, set())
    assert names & DISK <= allowed


def test_the_public_build_cannot_reach_an_evaluation() -> None:
    public = reached("generator.hook")
    assert {"generator.publish", "generator.read.source", "generator.render.pages"} <= public
    assert not public & PRIVATE


def test_no_module_is_named_like_the_standard_library() -> None:
    names = {module.rsplit(".", 1)[-1] for module in MODULES} - {"__main__"}
    assert not names & sys.stdlib_module_names

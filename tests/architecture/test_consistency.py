"""What review would forget: tests about the code base itself."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "yangguang"
MODULES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)
TEMPLATES = sorted(SOURCE.rglob("*.jinja"))
COMMITTED = [
    ROOT / line
    for line in subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    if (ROOT / line).is_file()
]

# Functions longer than forty lines that have a reason to be; the list only shrinks.
LONG_FUNCTIONS: set[str] = set()


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of the body, its docstring left out."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_no_source_file_is_longer_than_four_hundred_lines() -> None:
    long = {name(p): n for p in MODULES if (n := len(p.read_text().splitlines())) > 400}
    assert long == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    long = {
        f"{name(path)}::{node.name}"
        for path in MODULES
        for node in functions(path)
        if length(node) > 40
    }
    assert long == LONG_FUNCTIONS


def test_every_module_opens_with_one_sentence() -> None:
    without = [
        name(path)
        for path in MODULES
        if not (doc := ast.get_docstring(ast.parse(path.read_text()))) or "." not in doc
    ]
    assert without == []


def test_every_public_function_of_a_room_says_its_purpose() -> None:
    without = [
        f"{name(path)}::{node.name}"
        for path in MODULES
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert without == []


def test_every_action_names_who_and_when() -> None:
    silent = []
    for path in MODULES:
        if path.stem != "actions" and path.parent.name != "actions":
            continue
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            given = {argument.arg for argument in node.args.kwonlyargs}
            is_verb = any("atomic" in ast.unparse(d) for d in node.decorator_list)
            if is_verb and not {"at"} <= given:
                silent.append(f"{name(path)}::{node.name}")
    assert silent == []


def test_no_exception_is_swallowed_in_silence() -> None:
    silent = [
        f"{name(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or all(isinstance(line, ast.Pass) for line in node.body))
    ]
    assert silent == []


def test_every_template_is_used() -> None:
    text = "\n".join(p.read_text() for p in [*MODULES, *TEMPLATES, *ROOT.glob("tools/**/*.py")])
    unused = [
        name(path)
        for path in TEMPLATES
        if str(path.relative_to(path.parents[1])) not in text
        and str(path.relative_to(path.parents[2])) not in text
    ]
    assert unused == []


def test_no_committed_file_names_a_registry_or_a_path_of_a_machine() -> None:
    hosts = ["npm" + "js.org", "py" + "pi.org", "python" + "hosted", "deb." + "debian"]
    paths = ["../" + "shared", "/work" + "/main", "/work" + "/shared"]
    named = {
        (name(path), word)
        for path in COMMITTED
        for word in hosts + paths
        if word in path.read_text(errors="ignore")
    }
    assert named == set()


def test_migrations_of_an_app_are_one_line() -> None:
    forked = {}
    for folder in SOURCE.rglob("migrations"):
        numbers = [p.name[:4] for p in folder.glob("0*.py")]
        if sorted(numbers) != [f"{n:04}" for n in range(1, len(numbers) + 1)]:
            forked[name(folder)] = sorted(numbers)
    assert forked == {}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_no_template_needs_an_unsafe_content_policy(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert "javascript:" not in text

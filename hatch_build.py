"""Puts the front-end assets and the compiled words into a wheel, without Node on the machine."""

import runpy
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent


class CustomBuildHook(BuildHookInterface):
    """Runs before hatchling gathers the files; an editable install leaves it to `make setup`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what the wheel needs and git does not hold."""
        if version == "editable":
            return
        sys.path[:0] = [str(ROOT), str(ROOT / "src")]
        for script, arguments in (("tools/assets/build.py", []), ("tools/words.py", ["compile"])):
            sys.argv = [script, *arguments]
            try:
                runpy.run_path(str(ROOT / script), run_name="__main__")
            except SystemExit as ended:
                if ended.code:
                    raise
